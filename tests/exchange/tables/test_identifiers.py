"""Numbers are checked by their own rules, and never mended by guessing."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from wellkept.exchange.tables.identifiers import diagnoses, identifier, ndc, npi

CODES = Path(os.environ.get("WELLKEPT_SHARED", "../shared")) / "data/codes"


def vectors(name: str) -> list[dict[str, str]]:
    """The rows of a file of vectors; none where the folder is absent."""
    path = CODES / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def reads(reader: Callable[[str], object], cell: str) -> object:
    """What a reader makes of a cell; None where it refuses it."""
    try:
        return reader(cell)
    except ValueError as error:
        return None if cell not in str(error) else "the sentence repeats the cell"


@pytest.mark.skipif(not vectors("npi_vectors.csv"), reason="the folder of shared data is absent")
@pytest.mark.parametrize("vector", vectors("npi_vectors.csv"), ids=lambda one: one["why"])
def test_an_npi_is_what_its_check_digit_says(vector: dict[str, str]) -> None:
    assert (reads(npi, vector["value"]) == vector["value"]) == (vector["expected"] == "valid")


@pytest.mark.skipif(not vectors("ndc_format_vectors.csv"), reason="the folder of shared data is absent")
@pytest.mark.parametrize("vector", vectors("ndc_format_vectors.csv"), ids=lambda one: one["why"])
def test_a_drug_code_becomes_eleven_digits_where_nothing_has_to_be_guessed(vector: dict[str, str]) -> None:
    expected = vector["expected_11"]
    assert reads(ndc, vector["input"]) == (expected if expected.isdigit() else None)


@pytest.mark.parametrize("cell", ["1.23457E+11", "1,23457E+11", "1E+09", "123456789.0", "-1.2e-5"])
def test_a_number_that_a_spreadsheet_shortened_is_refused(cell: str) -> None:
    assert reads(identifier(50), cell) is None
    assert reads(npi, cell) is None
    assert reads(ndc, cell) is None


@pytest.mark.parametrize("cell", ["S-100", "000123", "12E34", "1E5A", "EX.5", "1.0"])
def test_a_number_that_only_looks_like_it_is_kept_as_it_is(cell: str) -> None:
    assert reads(identifier(50), cell) == cell


def test_diagnoses_are_kept_without_dots_in_their_order() -> None:
    assert diagnoses("E11.9; i10,M54.50|Z3A") == ("E119", "I10", "M5450", "Z3A")
    assert reads(diagnoses, "E11.9 nonsense") is None
