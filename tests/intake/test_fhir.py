"""FHIR files go in by the same road as all others: in any order, once, with what other files say of the same claim."""

from pathlib import Path

import pytest

from tests.exchange.fhir.test_fhir import CLINIC, COVERAGE, PATIENT, benefit, written
from tests.intake.house import House, wellkept

pytestmark = pytest.mark.database


def say(house: House, *paths: Path, expect: int = 0) -> str:
    """One import."""
    done = wellkept(house, "import", "fhir", *paths)
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout


def test_coverage_makes_the_person_and_the_benefit_their_claim(house: House, tmp_path: Path) -> None:
    path = written(tmp_path, benefit(), {"resourceType": "Observation"}, PATIENT, COVERAGE, CLINIC)
    preview = wellkept(house, "import", "fhir", "--preview", path)
    assert "1 decisions, 1 enrolments, 1 filings; 1 put aside. Nothing was written." in preview.stdout
    assert house.count("intake_file") == 0
    said = say(house, path, expect=1)
    assert "3 statements applied; 0 kept apart" in said
    assert house.rows("select status, billed::text, paid::text, owed::text, kind from benefits_claim") == [
        ("paid", "240.00", "49.60", "60.40", "professional"),
    ]  # fmt: skip
    assert house.rows("select line, begins_on::text, ends_on from benefits_coverage") == [("HLT", "2026-01-01", None)]
    assert house.rows("select segment, reason from intake_setaside") == [(2, "Resources of this kind are not read.")]
    once = house.written()
    say(house, path, expect=1)
    again = house.written()
    assert {name: rows for name, rows in again.items() if name != "intake_setaside"} == {
        name: rows for name, rows in once.items() if name != "intake_setaside"
    }


def test_a_benefit_without_its_coverage_waits_for_it(house: House, tmp_path: Path) -> None:
    first, later = tmp_path / "first", tmp_path / "later"
    first.mkdir()
    later.mkdir()
    assert "2 kept apart" in say(house, written(first, benefit(), PATIENT))
    assert house.count("people_person") == 0
    assert "0 kept apart" in say(house, written(later, PATIENT, COVERAGE))
    assert house.count("benefits_claim", "status = 'paid'") == 1
