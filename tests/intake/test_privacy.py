"""What a file says is in clear nowhere, opens only what it brings, and is told to everybody it names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake.book import CLAIMS, ERIKA, OTTO, PEOPLE, Claim, by_sponsor, enrolment, filing, remittance, written
from tests.intake.house import House, bring, wellkept

pytestmark = pytest.mark.database
CANARIES = (
    "QUITZOW", "ZEHNTER", "ERIKA", "KARL", "KIEFERNWEG", "5550107788", "quitzow@example", "S-100", "S-200", "QC-1",
    "QC-5",     "PAY-QC", "987654321", "1980-05-15", "19800515",
)  # fmt: skip
# Reads and stages, and stops before anything is applied.
STAGED = """
from wellkept.cli import main
from wellkept.cli.imports import interchanges
interchanges.applied = lambda quiet: None
main(prog_name="wellkept")
"""


def tables(house: House) -> Iterator[tuple[str, str]]:
    """Every row of every table of the records, as text in which bytes are bytes again."""
    names = house.rows(
        "select c.oid::regclass::text from pg_class c where c.relkind = 'r'"
        " and c.relnamespace not in"
        " (select oid from pg_namespace where left(nspname, 3) = 'pg_' or nspname = 'information_schema')"
    )
    for (name,) in names:
        for (row,) in house.rows(f"select t::text from {name} t"):
            yield name, row


def in_clear(text: str) -> list[str]:
    """The canaries in a text, written plainly or as hexadecimal bytes."""
    return [one for one in CANARIES if one in text or one.encode().hex() in text]


def everything(folder: Path) -> list[Path]:
    broken = filing(CLAIMS[:1]).replace("19800515", "QUITZOW1").replace("CLM*QC-1*240", "CLM*QC-1*KIEFERNWEG")
    stray = enrolment([ERIKA]) + "\nQUITZOW*ERIKA"
    return [
        by_sponsor(folder), written(folder, "c.837", filing(), broken), written(folder, "p.835", remittance()),
        written(folder, "s.834", stray),
    ]  # fmt: skip


def test_no_table_log_file_or_word_at_the_terminal_holds_a_value_in_clear(house: House, tmp_path: Path) -> None:
    waiting = wellkept(house, "import", "x12", *everything(tmp_path), script=STAGED)
    assert waiting.returncode == 1
    assert house.count("intake_staged") == 17
    assert [(name, found) for name, row in tables(house) if (found := in_clear(row))] == []
    done = wellkept(house, "import", "x12", *everything(tmp_path))
    assert done.returncode == 1
    assert house.count("benefits_claim") == len(CLAIMS)
    assert [(name, found) for name, row in tables(house) if (found := in_clear(row))] == []
    printed = waiting.stdout + waiting.stderr + done.stdout + done.stderr
    assert "Put aside" in printed
    assert in_clear(printed) == []


def test_no_file_of_the_server_holds_a_value_in_clear(house: House, tmp_path: Path) -> None:
    bring(house, *everything(tmp_path), expect=1)
    house.do("checkpoint")
    raw = [one.encode() for one in CANARIES if len(one) > 6]
    found = [
        (path.name, canary)
        for path in house.state.rglob("*")
        if path.is_file()
        for content in [path.read_bytes()]
        for canary in raw
        if canary in content
    ]
    assert found == []


def entries(house: House) -> list[tuple[str, set[str], list[str], str, str]]:
    """Name of the file, people, categories, purpose and label of each opening by a file that is here, in order."""
    found = house.rows(
        "select f.name, e.subjects, e.categories, e.purpose, o.label from ledger_entry e"
        " join intake_file f on f.id = e.occasion"
        " join ledger_occasion o on o.id = e.occasion"
        " where e.kind = 'opened' and e.role = 'intake' and o.kind = 'file' order by e.id"
    )
    return [
        (name, {str(one) for one in people}, categories, purpose, label)
        for name, people, categories, purpose, label in found
    ]


def test_each_step_is_one_entry_that_names_its_people_its_file_and_what_it_brought(
    house: House, tmp_path: Path
) -> None:
    bring(house, written(tmp_path, "e.834", enrolment(PEOPLE[:4])))
    people = {str(row[0]) for row in house.rows("select id from people_person")}
    assert entries(house) == [("e.834", people, ["identity", "contact", "coverage"], "MEMADMIN", "EXAMPLE WORKS")]
    bring(house, written(tmp_path, "p.835", remittance(CLAIMS[:2])))
    owners = {str(row[0]) for row in house.rows("select person_id from benefits_claim")}
    assert entries(house)[1:] == [("p.835", owners, ["claims"], "HPAYMT", "EXAMPLE PLAN")]


def test_sensitive_claims_are_opened_apart_and_named_only_to_whom_they_were_brought(
    house: House, tmp_path: Path
) -> None:
    bring(house, written(tmp_path, "e.834", enrolment(PEOPLE[:4])))
    bring(house, written(tmp_path, "c.837", filing(CLAIMS[:4])))
    anna = str(house.rows("select person_id from benefits_claim where category = 'sensitive_claims'")[0][0])
    others = {str(row[0]) for row in house.rows("select id from people_person")} - {anna}
    assert [(people, categories) for _, people, categories, _, _ in entries(house)[1:]] == [
        (others, ["claims"]), ({anna}, ["claims", "sensitive_claims"]),
    ]  # fmt: skip
    # The payment of a claim known to be sensitive says nothing sensitive itself.
    bring(house, written(tmp_path, "p.835", remittance(CLAIMS[:4])))
    assert [(people, categories) for _, people, categories, _, _ in entries(house)[3:]] == [
        (others, ["claims"]), ({anna}, ["claims", "sensitive_claims"]),
    ]  # fmt: skip


def test_a_filing_that_comes_after_its_payment_makes_the_whole_claim_sensitive(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path), written(tmp_path, "p.835", remittance(CLAIMS[2:3])))
    assert house.rows("select category from benefits_decision") == [("claims",)]
    bring(house, written(tmp_path, "c.837", filing(CLAIMS[2:3])))
    for table in ("claim", "filing", "decision"):
        assert house.rows(f"select category from benefits_{table}") == [("sensitive_claims",)]


def test_a_claim_stays_sensitive_when_a_later_filing_says_nothing_sensitive(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path), written(tmp_path, "c.837", filing([Claim(OTTO, "QC-60", procedure="90837")])))
    bring(house, written(tmp_path, "d.837", filing([Claim(OTTO, "QC-60", frequency="7")], day="20260401")))
    assert house.rows("select category, count(*) from benefits_filing group by 1") == [("sensitive_claims", 2)]
    assert house.rows("select category from benefits_claim") == [("sensitive_claims",)]


def test_a_file_of_several_senders_names_none(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    assert {label for *_, label in entries(house)} == {None}


def test_a_door_that_is_closed_stops_an_import_and_loses_nothing(house: House, tmp_path: Path) -> None:
    house.do("update access_door set closed_at = now(), reason = 'a try'")
    try:
        said = bring(house, by_sponsor(tmp_path), expect=2)
        assert "Nothing is lost" in said
        assert house.count("people_person") == 0
        assert house.count("intake_staged") == len(PEOPLE)
    finally:
        house.do("update access_door set closed_at = null, reason = null")
    bring(house, written(tmp_path, "p.835", remittance()))
    assert house.count("benefits_decision") == len(CLAIMS)
