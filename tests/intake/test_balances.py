"""Plan terms and balances from CSV: whose they are, which telling stands, and what is put aside."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.intake.book import ANNA, ELSA, ERIKA, KARL, OTTO, PEOPLE, Member, by_sponsor, enrolment, written
from tests.intake.house import House, bring, wellkept

pytestmark = pytest.mark.database

PLAN = {
    "sponsor": "Example Works",
    "group_number": "G-7",
    "plan": "Gold",
    "network": "in",
    "plan_year_begins": "2026-01-01",
    "as_of": "2026-01-01",
}


def plan(**said: str) -> dict[str, str]:
    return PLAN | said


def balance(who: Member, amount: str, **said: str) -> dict[str, str]:
    born = f"{who.born[:4]}-{who.born[4:6]}-{who.born[6:]}"
    return {
        "member_number": who.number,
        "group_number": who.group,
        "birth_date": born,
        "first_name": who.first.title(),
        "plan_year_begins": "2026-01-01",
        "kind": "deductible",
        "scope": "person",
        "network": "in",
        "amount": amount,
        "as_of": "2026-10-31",
    } | said


def table(folder: Path, name: str, rows: Sequence[Mapping[str, str]]) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def say(house: House, what: str, path: Path, *more: str | Path, expect: int = 0) -> str:
    done = wellkept(house, "import", what, *more, path)
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def terms(house: House) -> list[tuple[object, ...]]:
    return house.rows("select network, service, copay::text, as_of::text from organisations_terms order by 1, 2")


def told(house: House) -> dict[tuple[str, str, str], str]:
    """Amounts by the relationship of whose row it is, kind and scope."""
    rows = house.rows(
        "select p.relationship, b.kind, b.scope, b.amount::text from benefits_balance b"
        " join people_person p on p.person_id = b.person_id"
    )
    return {(str(one), str(kind), str(scope)): str(amount) for one, kind, scope, amount in rows}


def test_the_same_plans_twice_and_two_days_in_either_order_come_to_the_same(house: House, tmp_path: Path) -> None:
    older = table(tmp_path, "older.csv", [plan(copay="25"), plan(service="lab", copay="10")])
    newer = table(tmp_path, "newer.csv", [plan(service="LAB", copay="15", as_of="2026-07-01")])
    for files in ((older, newer), (newer, older), (older, newer, older, newer)):
        house.empty()
        for path in files:
            say(house, "plans", path)
        assert terms(house) == [("in", "", "25.00", "2026-01-01"), ("in", "lab", "15.00", "2026-07-01")]


def test_two_tellings_of_one_day_come_to_the_same_in_either_order(house: House, tmp_path: Path) -> None:
    one, other = (table(tmp_path, f"{copay}.csv", [plan(copay=copay)]) for copay in ("25", "35"))
    ends = set()
    for files in ((one, other), (other, one)):
        house.empty()
        for path in files:
            say(house, "plans", path)
        ends.add(str(terms(house)))
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"service": "lab", "deductible_person": "5"}, "a row of their own"),
        ({"service": "lab"}, "says nothing of it"),
        ({}, "neither a sum of the plan nor a kind of care"),
        ({"service": "lab", "covered": "no", "copay": "5"}, "does not pay for it"),
        ({"covered": "yes", "copay": "5"}, "names none"),
        ({"deductible_person": "500", "deductible_family": "400"}, "less than deductible_person"),
        ({"copay": "5", "as_of": "2207-01-01"}, "lies ahead"),
        ({"copay": "-5"}, "copay is less than zero"),
        ({"copay": "5", "network": "both"}, "network is none of"),
        ({"service": "acupuncture", "copay": "5"}, "service is none of"),
    ],
)
def test_a_row_that_cannot_be_meant_is_put_aside_with_its_line_and_the_others_are_taken(
    house: House, tmp_path: Path, said: dict[str, str], sentence: str
) -> None:
    path = table(tmp_path, "p.csv", [plan(copay="25", note=""), plan(**said)])
    printed = say(house, "plans", path, "--rejects", tmp_path / "aside.csv", expect=1)
    assert "1 rows taken, 1 put aside" in printed
    assert f"line 3: {sentence}" in printed or sentence in printed
    assert sentence in (tmp_path / "aside.csv").read_text()
    assert len(terms(house)) == 1


def test_a_preview_writes_nothing_and_says_every_mistake(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    before = {name: house.count(name) for name in ("intake_file", "organisations_terms", "benefits_balance")}
    said = say(house, "plans", table(tmp_path, "p.csv", [plan(copay="25"), plan()]), "--preview", expect=1)
    assert "1 rows would be taken, 1 put aside" in said
    rows = [balance(ERIKA, "10"), balance(ERIKA, "10", member_number="NOBODY")]
    said = say(house, "balances", table(tmp_path, "b.csv", rows), "--preview", expect=1)
    assert "1 rows would be taken, 1 put aside" in said
    assert "line 3: Nobody on an enrolment file is meant" in said
    assert "Erika" not in said
    assert before == {name: house.count(name) for name in before}


def test_a_plan_nobody_is_enrolled_in_is_noted_with_its_line(house: House, tmp_path: Path) -> None:
    path = table(tmp_path, "p.csv", [plan(copay="1"), plan(sponsor="Exampel Works", copay="1")])
    assert "line 3: no enrolment file has named" in say(house, "plans", path)
    bring(house, by_sponsor(tmp_path))
    printed = say(house, "plans", path)
    assert "line 2:" not in printed
    assert "line 3: no enrolment file has named" in printed


def test_a_balance_finds_its_person_as_a_claim_does_or_is_put_aside(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    rows = [
        balance(ERIKA, "1"),
        balance(OTTO, "2", first_name=""),
        balance(ANNA, "3", birth_date="", last_name=ANNA.last),
        balance(ANNA, "4", first_name=""),
        balance(KARL, "5", group_number="G-7"),
        balance(KARL, "6", birth_date="1966-06-07"),
        balance(KARL, "7", birth_date="", first_name="Karl"),
    ]
    said = say(house, "balances", table(tmp_path, "b.csv", rows), "--rejects", tmp_path / "aside.csv", expect=1)
    assert "3 rows taken, 4 put aside" in said
    for sentence in (
        "line 5: More than one person is meant",
        "line 6: The person with this number is in another group.",
        "line 7: Nobody on an enrolment file is meant",
        "line 8: The row names no person",
    ):
        assert sentence in said
    assert told(house) == {
        ("18", "deductible", "person"): "1.00",
        ("01", "deductible", "person"): "2.00",
        ("19", "deductible", "person"): "3.00",
    }
    assert (tmp_path / "aside.csv").stat().st_mode & 0o077 == 0
    assert house.count("intake_setaside") == 4


def test_the_later_day_stands_whichever_file_comes_first(house: House, tmp_path: Path) -> None:
    older = table(tmp_path, "older.csv", [balance(ERIKA, "900", as_of="2026-09-30")])
    newer = table(tmp_path, "newer.csv", [balance(ERIKA, "100")])
    for files in ((older, newer), (newer, older), (newer, newer, older)):
        house.empty()
        bring(house, by_sponsor(tmp_path))
        for path in files:
            say(house, "balances", path)
        assert told(house) == {("18", "deductible", "person"): "100.00"}


def test_a_family_s_figure_is_kept_with_each_who_is_covered_that_day(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    bring(house, written(tmp_path, "left.834", enrolment([OTTO], day="20261102", ends="20260630")))
    say(house, "balances", table(tmp_path, "b.csv", [balance(ERIKA, "845.10", scope="family")]))
    rows = house.rows(
        "select p.relationship, count(*)::int from benefits_balance b join people_person p using (person_id)"
        " where b.amount = 845.10 group by 1 order by 1"
    )
    assert rows == [("18", 1), ("19", 2)]
    subjects = house.rows(
        "select distinct unnest(subjects) from ledger_entry e join ledger_occasion o on o.id = e.occasion"
        " where o.kind = 'file' and e.kind = 'opened' and e.categories = '{coverage,claims}'"
    )
    assert len(subjects) == 4, "whoever's row may be written was opened first"


def test_nobody_of_another_household_is_told_a_family_s_figure(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    say(house, "balances", table(tmp_path, "b.csv", [balance(KARL, "1", scope="family"), balance(ELSA, "2")]))
    rows = house.rows(
        "select distinct b.plan_id = p.plan_id from benefits_balance b join people_person p using (person_id)"
    )
    assert rows == [(True,)]
    assert house.count("benefits_balance") == 2
    assert len(PEOPLE) == house.count("people_person")


def test_somebody_whose_record_was_removed_is_told_nothing(house: House, tmp_path: Path) -> None:
    bring(house, by_sponsor(tmp_path))
    (person,) = house.rows(
        "select person_id from people_person where relationship = '18' and plan_id in"
        " (select id from organisations_plan where group_number = 'G-8')"
    )[0]
    with house.cluster.administer("wellkept_umr_keys") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute("update vault_key set wrapped = '', destroyed_at = now() where subject = %s", [person])
    said = say(house, "balances", table(tmp_path, "b.csv", [balance(KARL, "5")]), expect=1)
    assert "Somebody whose record was removed" in said
    assert house.count("benefits_balance") == 0
