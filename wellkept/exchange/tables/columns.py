"""What a column of a table holds: its name, what it means, and how its cells are read.

A reader takes the text of a cell, stripped and never empty, and returns a value; it raises ``ValueError`` whose text is
a sentence for the person who mends the file and never repeats the cell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

Reader = Callable[[str], object]

_ISO: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_AMERICAN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_MONEY: Final = re.compile(r"-?\$?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?", re.ASCII)
MOST_MONEY: Final = Decimal(10) ** 11


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``meaning`` and ``example`` are what the documentation prints; an absent cell reads as None."""

    name: str
    meaning: str
    read: Reader
    example: str
    required: bool = False


def text(most: int) -> Reader:
    """Words of at most ``most`` characters."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"is longer than {most} characters")
        return cell

    return read


def matching(form: re.Pattern[str], sentence: str) -> Reader:
    """Words of one form; ``sentence`` says what they are not, for instance "is no 5-digit ZIP code"."""

    def read(cell: str) -> str:
        if not form.fullmatch(cell):
            raise ValueError(sentence)
        return cell

    return read


def one_of(*words: str) -> Reader:
    """One of some words, whatever the case; returns the word as it is listed."""
    listed = {word.lower(): word for word in words}

    def read(cell: str) -> str:
        if cell.lower() not in listed:
            raise ValueError(f"is none of: {', '.join(words)}")
        return listed[cell.lower()]

    return read


def day(cell: str) -> date:
    """A day: 2026-03-01, 20260301 or 3/1/2026."""
    if found := _ISO.fullmatch(cell):
        year, month, number = found.groups()
    elif found := _AMERICAN.fullmatch(cell):
        month, number, year = found.groups()
    else:
        raise ValueError("is no day; write it as 2026-03-01")
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        raise ValueError("is a day that no calendar has") from None


@lru_cache(maxsize=16_384)
def money(cell: str) -> Decimal:
    """US dollars, with or without $ and thousands separators: 1,240.50."""
    if not _MONEY.fullmatch(cell):
        raise ValueError("is no amount; write it as 1240.50")
    found = Decimal(cell.replace("$", "").replace(",", ""))
    if abs(found) >= MOST_MONEY:
        raise ValueError("is larger than any amount we keep")
    return found


def number(least: int, most: int) -> Reader:
    """A whole number from ``least`` to ``most``."""

    def read(cell: str) -> int:
        if not (cell.isascii() and cell.isdigit()) or not least <= int(cell[:19]) <= most:
            raise ValueError(f"is no whole number from {least} to {most}")
        return int(cell)

    return read


def percent(cell: str) -> Decimal:
    """A share from 0 to 100, with or without %: 20 or 12.5%."""
    digits = cell.removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", digits, re.ASCII) or Decimal(digits) > 100:
        raise ValueError("is no percentage from 0 to 100")
    return Decimal(digits)


def yes_no(cell: str) -> bool:
    """yes, y, true, 1 or no, n, false, 0."""
    if cell.lower() in ("yes", "y", "true", "1"):
        return True
    if cell.lower() in ("no", "n", "false", "0"):
        return False
    raise ValueError("is neither yes nor no")
