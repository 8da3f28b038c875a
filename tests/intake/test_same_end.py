"""However files come, the same content ends in the same state."""

import itertools
import json
from pathlib import Path

import pytest

from tests.intake.book import (
    CLAIMS,
    ERIKA,
    OTTO,
    PEOPLE,
    Claim,
    by_sponsor,
    enrolment,
    filing,
    remittance,
    reversed_,
    written,
)
from tests.intake.house import House, bring

pytestmark = pytest.mark.database


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {
        "834": by_sponsor(tmp_path), "837": written(tmp_path, "claims.837", filing()),
        "835": written(tmp_path, "paid.835", remittance()),
    }  # fmt: skip


def test_files_bring_people_households_coverage_claims_and_payments(house: House, files: dict[str, Path]) -> None:
    said = bring(house, *files.values())
    assert "17 statements applied; 0 kept apart" in said
    assert "all.834: 60 segments, 2 sets taken, 0 put aside, 0 refused; 5 enrolments" in said
    assert (
        house.count("people_person") == house.count("people_contact") == house.count("benefits_coverage") == len(PEOPLE)
    )
    assert house.rows("select count(distinct household_id) from people_person") == [(2,)]
    assert house.rows("select sponsor, group_number from organisations_plan order by 1") == [
        ("EXAMPLE WORKS", "G-7"), ("OTHER WORKS", "G-8"),
    ]  # fmt: skip
    assert house.rows("select npi, name from organisations_provider") == [("1234567893", "LINDEN CLINIC")]
    money = house.rows("select sum(billed)::text, sum(paid)::text, sum(owed)::text, count(*) from benefits_claim")
    assert money == [("2097.50", "1228.80", "868.70", len(CLAIMS))]
    assert house.rows("select status, count(*) from benefits_claim group by 1 order by 1") == [
        ("denied", 1),
        ("paid", 5),
    ]
    names = [row["name"] for row in map(json.loads, house.table("people_person"))]
    assert min(names) == '["ANNA", "", "QUITZOW", ""]'
    assert {row["number"] for row in map(json.loads, house.table("benefits_claim"))} == {
        f"PAY-{claim.number}" for claim in CLAIMS
    }
    assert house.count("intake_staged") == 0
    assert house.count("intake_set", "accepted") == 4


def test_the_same_file_twice_changes_nothing(house: House, files: dict[str, Path]) -> None:
    bring(house, *files.values())
    once = house.written()
    bring(house, *files.values())
    assert house.written() == once


def test_the_same_content_under_another_control_number_changes_nothing(
    house: House, files: dict[str, Path], tmp_path: Path
) -> None:
    bring(house, *files.values())
    once = house.written()
    again = tmp_path / "again"
    again.mkdir()
    bring(
        house,
        written(again, "other.837", filing(), number="000000099"),
        written(again, "o.835", remittance(), number="000000098"),
    )
    bring(house, written(again, "other.834", enrolment(PEOPLE[4:]), enrolment(PEOPLE[:4]), number="000000097"))
    assert house.written() == once


@pytest.mark.parametrize("order", list(itertools.permutations(("834", "837", "835"))), ids="-".join)
def test_payments_claims_and_enrolments_may_come_in_any_order(
    house: House, files: dict[str, Path], order: tuple[str, ...], ends: dict[str, dict[str, list[str]]]
) -> None:
    for kind in order:
        bring(house, files[kind])
    found = house.written()
    assert house.count("benefits_claim") == len(CLAIMS)
    assert house.count("intake_staged") == 0
    assert ends.setdefault("end", found) == found


@pytest.fixture(scope="module")
def ends() -> dict[str, dict[str, list[str]]]:
    return {}


def test_one_command_with_all_files_ends_as_three_commands_do(house: House, files: dict[str, Path]) -> None:
    bring(house, files["835"], files["837"], files["834"])
    once = house.written()
    house.empty()
    for kind in ("834", "837", "835"):
        bring(house, files[kind])
    assert house.written() == once


def overlapping(folder: Path) -> list[tuple[Path, Path]]:
    """Pairs of files that tell of the same people and claims, one later than the other."""
    moved = enrolment(PEOPLE[:3], day="20261201", ends="20261231", street="9 NEUER WEG")
    other_street = enrolment(PEOPLE[:2], street="1 ANDERER WEG")
    corrected = [Claim(OTTO, "QC-2", charge="100", paid="90"), Claim(ERIKA, "QC-9")]
    replaced = Claim(OTTO, "QC-2", charge="99", frequency="7")
    back = [reversed_(CLAIMS[1]), *corrected]
    return [
        (written(folder, "a.834", enrolment(PEOPLE[:4])), written(folder, "b.834", moved)),
        (written(folder, "c.834", enrolment(PEOPLE[:4])), written(folder, "d.834", other_street)),
        (written(folder, "a.837", filing(CLAIMS[:4])), written(folder, "b.837", filing([replaced, *CLAIMS[2:]]))),
        (written(folder, "a.835", remittance(CLAIMS[:3])), written(folder, "b.835", remittance(back, day="20260325"))),
    ]  # fmt: skip


@pytest.mark.parametrize("which", range(4), ids=["later", "same day", "claims", "reversal"])
def test_two_overlapping_files_end_the_same_in_either_order(
    house: House, files: dict[str, Path], tmp_path: Path, which: int
) -> None:
    one, other = overlapping(tmp_path)[which]
    bring(house, files["834"], one, other)
    ended = house.written()
    house.empty()
    bring(house, files["834"])
    bring(house, other)
    bring(house, one)
    assert house.written() == ended


def test_a_reversal_and_a_correction_leave_the_corrected_amounts(
    house: House, files: dict[str, Path], tmp_path: Path
) -> None:
    bring(house, files["834"], files["835"], overlapping(tmp_path)[3][1])
    paid = house.rows("select paid::text, owed::text, status from benefits_claim where billed = 100")
    assert paid == [("90.00", "10.00", "paid")]
    assert house.count("benefits_decision") == len(CLAIMS) + 3
