"""Claims from a claims core go the road that X12 files go, and end where those end."""

import itertools
import json
from pathlib import Path

import pytest

from tests.exchange.tables.sheet import control, row, rows, table
from tests.intake.book import CLAIMS, ERIKA, OTTO, Claim, by_sponsor, filing, remittance, written
from tests.intake.house import House, wellkept

pytestmark = pytest.mark.database
SECOND_LINE = 50


def bring(house: House, file: Path, *more: str | Path, expect: int = 0) -> str:
    """Import a claims table and return what was printed, on both channels."""
    done = wellkept(house, "import", "claims", "--mapping", "core", *more, file)
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def people(house: House, tmp_path: Path) -> House:
    """Everybody is on an 834."""
    assert wellkept(house, "import", "x12", by_sponsor(tmp_path)).returncode == 0
    return house


def test_a_table_brings_claims_that_are_decided(people: House, tmp_path: Path) -> None:
    said = bring(people, table(tmp_path / "core.csv", rows()))
    assert "core.csv: 7 rows, 6 claims taken, 0 put aside; 6 claims filed, 6 claims decided." in said
    assert "12 statements applied; 0 kept apart" in said
    money = people.rows("select sum(billed)::text, sum(paid)::text, sum(owed)::text, count(*) from benefits_claim")
    assert money == [("2147.50", "1278.80", "868.70", len(CLAIMS))]
    told = people.rows("select status, count(*) from benefits_claim group by 1 order by 1")
    assert told == [("denied", 1), ("paid", 5)]
    assert people.rows("select category, count(*) from benefits_claim group by 1 order by 1") == [
        ("claims", 5), ("sensitive_claims", 1),
    ]  # fmt: skip
    assert {line["number"] for line in map(json.loads, people.table("benefits_claim"))} == {
        claim.number for claim in CLAIMS
    }
    assert people.count("intake_staged") == 0


def test_the_same_table_twice_changes_nothing(people: House, tmp_path: Path) -> None:
    file = table(tmp_path / "core.csv", rows())
    bring(people, file)
    once = people.written()
    bring(people, file)
    bring(people, table(tmp_path / "other.csv", rows(), encoding="utf-16", separator=";", end="\r\n"))
    assert people.written() == once


@pytest.mark.parametrize("order", list(itertools.permutations(("834", "one", "other"))), ids="-".join)
def test_overlapping_tables_and_enrolments_end_the_same_in_any_order(
    house: House, tmp_path: Path, order: tuple[str, ...], ends: dict[str, dict[str, list[str]]]
) -> None:
    again = [row(Claim(OTTO, "QC-2", charge="100", paid="90"), day="2026-03-25"), *rows()[4:]]
    files = {"834": by_sponsor(tmp_path), "one": table(tmp_path / "one.csv", rows()),
             "other": table(tmp_path / "two.csv", again)}  # fmt: skip
    for name in order:
        kind = ["x12"] if name == "834" else ["claims", "--mapping", "core"]
        assert wellkept(house, "import", *kind, files[name]).returncode == 0
    found = house.written()
    assert ends.setdefault("end", found) == found
    assert house.count("benefits_claim") == len(CLAIMS)
    assert house.count("intake_staged") == 0
    assert house.rows("select * from intake_differences()") == []


@pytest.fixture(scope="module")
def ends() -> dict[str, dict[str, list[str]]]:
    return {}


def test_the_order_of_claims_in_a_table_is_of_no_account(people: House, tmp_path: Path) -> None:
    bring(people, table(tmp_path / "core.csv", rows()))
    once = people.written()
    people.empty()
    assert wellkept(people, "import", "x12", by_sponsor(tmp_path)).returncode == 0
    bring(people, table(tmp_path / "core.csv", [*rows()[2:], *rows()[:2]]))
    assert people.written() == once


def test_a_reversal_and_a_correction_leave_the_corrected_amounts(people: House, tmp_path: Path) -> None:
    wrong, right = Claim(OTTO, "QC-2", charge="100", paid="80"), Claim(OTTO, "QC-2", charge="100", paid="90")
    back = row(Claim(OTTO, "QC-2", charge="-100", paid="-80", status="22"), day="2026-04-20", copay_amount="-20",
               member_responsibility="-20")  # fmt: skip
    bring(people, table(tmp_path / "core.csv", [row(wrong), back, row(right, day="2026-04-20")]))
    assert people.rows("select paid::text, owed::text, status from benefits_claim") == [("90.00", "10.00", "paid")]


def test_what_x12_files_tell_of_the_same_claim_is_one_claim_with_it(people: House, tmp_path: Path) -> None:
    claims = [Claim(ERIKA, "QC-10001")]
    assert wellkept(people, "import", "x12", written(tmp_path, "a.837", filing(claims)),
                    written(tmp_path, "a.835", remittance(claims))).returncode == 0  # fmt: skip
    bring(
        people, table(tmp_path / "core.csv", [row(claims[0], patient_account="QC-10001", claim_number="PAY-QC-10001")])
    )
    assert people.count("benefits_claim", "paid = 49.6") == 1


def test_people_on_no_enrolment_are_kept_apart_until_one_brings_them(house: House, tmp_path: Path) -> None:
    said = bring(house, table(tmp_path / "core.csv", rows()))
    assert "0 statements applied; 12 kept apart" in said
    assert "Totals come out" in said
    assert wellkept(house, "import", "x12", by_sponsor(tmp_path)).returncode == 0
    assert house.count("benefits_claim") == len(CLAIMS)
    assert house.rows("select * from intake_differences()") == []


def test_claims_with_mistakes_are_put_aside_mended_and_brought_again(people: House, tmp_path: Path) -> None:
    bad = rows()
    bad[3]["rendering_npi"], bad[4]["patient_birth_date"] = "1234567890", "15.05.1980"
    rejects = tmp_path / "rejects.csv"
    said = bring(people, table(tmp_path / "core.csv", bad), "--rejects", rejects, expect=1)
    assert "7 rows, 4 claims taken, 2 put aside" in said
    assert rejects.stat().st_mode & 0o777 == 0o600
    lines = rejects.read_text(encoding="utf-8").splitlines()
    assert "put_aside_because" in lines[0]
    mended = rejects.read_text(encoding="utf-8").replace("1234567890", "1234567893").replace("15.05.1980", "2015-06-07")
    file = tmp_path / "mended.csv"
    file.write_text(mended, encoding="utf-8")
    bring(people, file, expect=0)
    assert people.count("benefits_claim") == len(CLAIMS)
    wrong = people.rows("select segment, element, reason from intake_setaside order by segment")
    assert "rendering_npi" in {element for _, element, _ in wrong}
    assert all("1234567890" not in reason and "15.05" not in reason for _, _, reason in wrong)


def test_lines_of_one_claim_in_two_places_are_put_aside_with_all_of_them(people: House, tmp_path: Path) -> None:
    lines = rows()
    said = bring(people, table(tmp_path / "core.csv", [lines[0], *lines[2:], lines[1]]), expect=1)
    assert "sort it by claim number" in said
    assert people.count("benefits_claim") == len(CLAIMS) - 1
    assert people.rows("select * from intake_differences()") == []
    totals = people.rows("select accepted::float, applied::float from intake_total where kind = 'decision'")
    assert all(accepted == applied for accepted, applied in totals)


def test_a_preview_says_everything_and_writes_nothing(people: House, tmp_path: Path) -> None:
    bad = rows()
    bad[6]["member_id"] = "1.23457E+11"
    file = table(tmp_path / "core.csv", bad)
    before = people.count("intake_file"), sorted(path.name for path in tmp_path.iterdir())
    said = bring(people, file, "--preview", expect=1)
    assert "Put aside: line 8, member_id: member_id was shortened by a spreadsheet" in said
    assert "claims: 6 read, 5 accepted." in said
    assert "claims billed: $2,147.50 read" in said
    assert "Nothing was written." in said
    assert not [name for name in ("ERIKA", "QUITZOW", "S-100", "1980") if name in said]
    assert "ERIKA" in bring(people, file, "--preview", "--show-values", expect=1)
    assert (people.count("intake_file"), sorted(path.name for path in tmp_path.iterdir())) == before


def test_control_totals_that_come_out_are_counted(people: House, tmp_path: Path) -> None:
    totals = control(tmp_path / "totals.csv", "claims,6,2147.50,1278.80", "rows,7,,")
    said = bring(people, table(tmp_path / "core.csv", rows()), "--control", totals)
    assert "Totals come out: 4 control totals." in said
    assert people.rows("select * from intake_differences()") == []


@pytest.mark.parametrize("line", ["claims,7,2147.50,1278.80", "claims,6,2147.51,1278.80", "claims,6,2147.50,1278.79"])
def test_a_control_total_that_was_altered_stands_as_a_difference(people: House, tmp_path: Path, line: str) -> None:
    said = bring(people, table(tmp_path / "core.csv", rows()), "--control", control(tmp_path / "t.csv", line), expect=1)
    assert "Totals do not come out:\n  control file: claims" in said
    ((kind, source),) = people.rows("select kind, source from intake_differences()")
    assert (kind, source) == ("claims", "control file")
    assert people.count("benefits_claim") == len(CLAIMS)


def test_what_is_lost_between_accepting_and_applying_stands_as_a_difference(house: House, tmp_path: Path) -> None:
    bring(house, table(tmp_path / "core.csv", rows()))
    assert house.rows("select * from intake_differences()") == []
    house.do("delete from intake_staged where id in (select min(id) from intake_staged)")
    found = house.rows("select kind, measure, stated::int, found::int from intake_differences()")
    assert found == [("filing", "records", 6, 5)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "is empty"), ("a,b\n1,2\n", "does not name: "), ("claim_number,claim_number\n", "twice"),
     ("\0\0\0", "save it as CSV")],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_whole(house: House, tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "no.csv"
    file.write_text(text, encoding="utf-8")
    assert sentence in bring(house, file, expect=2)
    assert house.count("intake_file") == 0
