"""Numbers that machines gave: read as text, checked where they carry a check, and never mended by guessing.

Sources: NPI: ISO 7812 check digit over 80840 and the number (45 CFR 162.406). NDC: 21 CFR 207.33, written with 11
digits as HIPAA transactions do (5-4-2, a zero before the part that is short).
"""

import re
from functools import lru_cache
from typing import Final

from wellkept.exchange.tables.columns import Reader

# 1.23457E+11 is what a spreadsheet leaves of 123456789012, and 123456789.0 of 123456789.
_SHORTENED: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]\d+|\d{4,}[.,]0+", re.ASCII)
_NPI: Final = re.compile(r"[12]\d{9}", re.ASCII)
_NDC: Final = re.compile(r"\d{11}|\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d{1,2}", re.ASCII)
_ICD10: Final = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s;|,]+")


def shortened(cell: str) -> bool:
    """Whether a cell is what a spreadsheet leaves of a long number."""
    return _SHORTENED.fullmatch(cell) is not None


def identifier(most: int) -> Reader:
    """A number or code as it stands, of at most ``most`` characters; not what a spreadsheet made of it."""

    @lru_cache(maxsize=1_024)
    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"is longer than {most} characters")
        if shortened(cell):
            raise ValueError("was shortened by a spreadsheet (1.2E+11, 123.0); export the column as text")
        return cell

    return read


@lru_cache(maxsize=16_384)
def npi(cell: str) -> str:
    """A national provider identifier: ten digits of which the last checks the others."""
    if _SHORTENED.fullmatch(cell):
        raise ValueError("was shortened by a spreadsheet (1.2E+09); export the column as text")
    if not _NPI.fullmatch(cell) or not checked(f"80840{cell}"):
        raise ValueError("is no NPI: ten digits whose last one checks the others")
    return cell


def checked(digits: str) -> bool:
    """Whether the last of some digits is the check digit of the others (ISO 7812-1, annex B)."""
    doubled = (int(one) * (2 if place % 2 else 1) for place, one in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


@lru_cache(maxsize=16_384)
def ndc(cell: str) -> str:
    """A national drug code as 11 digits, from 11 digits or from 4-4-2, 5-3-2, 5-4-1 or 5-4-2 with hyphens."""
    if _SHORTENED.fullmatch(cell):
        raise ValueError("was shortened by a spreadsheet; export the column as text")
    if not _NDC.fullmatch(cell):
        raise ValueError("is no NDC: 11 digits, or 10 with hyphens that say where the zero goes")
    if "-" not in cell:
        return cell
    labeler, product, package = cell.split("-")
    return labeler.zfill(5) + product.zfill(4) + package.zfill(2)


@lru_cache(maxsize=16_384)
def diagnoses(cell: str) -> tuple[str, ...]:
    """ICD-10-CM codes with or without dots, the principal one first, between spaces, commas, semicolons or bars."""
    codes = tuple(code.upper() for code in _BETWEEN.split(cell) if code)
    if not codes or not all(_ICD10.fullmatch(code) for code in codes):
        raise ValueError("holds what is no ICD-10-CM code")
    return tuple(code.replace(".", "") for code in codes)


def several(form: re.Pattern[str], sentence: str) -> Reader:
    """Codes of one form between spaces, commas, semicolons or bars."""

    @lru_cache(maxsize=1_024)
    def read(cell: str) -> tuple[str, ...]:
        codes = tuple(code.upper() for code in _BETWEEN.split(cell) if code)
        if not codes or not all(form.fullmatch(code) for code in codes):
            raise ValueError(sentence)
        return codes

    return read
