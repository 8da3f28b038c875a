"""The columns of a roster of organisations, kind by kind, and what a row of it says (P-14, P-15)."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from django.core.exceptions import ValidationError

from wellkept.exchange.tables.care import STATES, ZIP
from wellkept.exchange.tables.columns import Column, Reader, day, one_of, text
from wellkept.exchange.tables.identifiers import shortened
from wellkept.exchange.tables.reading import Row
from wellkept.organisations import formats
from wellkept.organisations.rosters import CURRENT, PROSPECTIVE, STANDINGS, Listed

MOST_GROUPS: Final = 200
_BETWEEN: Final = re.compile(r"[;|]")


def checked(check: Callable[[str], str]) -> Reader:
    """A reader of cells by the check that a form uses too: one rule, and one sentence that says how to mend it."""

    def read(cell: str) -> str:
        if shortened(cell):
            raise ValueError("was shortened by a spreadsheet (1.2E+09, 123.0); export the column as text")
        try:
            return check(cell)
        except ValidationError as error:
            raise ValueError(f"cannot be read: {' '.join(error.messages).rstrip('.')}") from None

    return read


def groups(cell: str) -> tuple[str, ...]:
    """Group numbers between semicolons or bars, each once, in the order of the alphabet."""
    several = [part for part in _BETWEEN.split(cell) if part.strip()]
    if not 0 < len(several) <= MOST_GROUPS:
        raise ValueError(f"names no group, or more than {MOST_GROUPS}; put semicolons between them")
    read = checked(formats.group_number)
    return tuple(sorted({str(read(part.strip())) for part in several}))


def named(cell: str) -> str:
    """A name with a letter or digit in it, of at most 200 characters."""
    if not any(sign.isalnum() for sign in cell):
        raise ValueError("holds no name")
    return str(text(200)(cell))


def _columns(kind: str, *more: Column, tax_number: str, shown: str) -> tuple[Column, ...]:
    check = checked(partial(formats.tax_number, kind))
    return (
        Column("name", "The name of the organisation, as its people write it.", named, shown, required=True),
        Column(
            "street", "Street and number; access codes are posted here.", text(120), "12 Canal Street", required=True
        ),
        Column("city", "City.", text(60), "Alder Bend", required=True),
        Column("state", "US state, two letters.", one_of(*STATES), "WI", required=True),
        Column("zip", "ZIP code.", ZIP, "54999", required=True),
        *more,
        Column("tax_number", tax_number, check, "12-3456789", required=True),
        Column("standing", "current, prospective or prior; current where it is empty.", one_of(*STANDINGS), CURRENT),
        Column("as_of", "The day of the roster; an older one changes nothing.", day, "2026-11-01", required=True),
    )


EMPLOYER_NUMBER: Final = "Employer identification number, nine digits."
OWN_NUMBER: Final = "Employer identification number, or the social security number of somebody in their own name."
GROUPS: Final = "Its group numbers, with semicolons between them; only a prospective employer has none."
APPOINTED: Final = "The groups it is appointed to, with semicolons between them."
ROSTERS: Final[Mapping[str, tuple[Column, ...]]] = {
    "provider": _columns(
        "provider",
        Column("npi", "National provider identifier.", checked(formats.npi), "1999941010", required=True),
        tax_number=OWN_NUMBER,
        shown="Alder Bend Family Medicine",
    ),
    "employer": _columns(
        "employer",
        Column("group_numbers", GROUPS, groups, "76-410101; 76-410102"),
        tax_number=EMPLOYER_NUMBER,
        shown="North Pier Tool Works",
    ),
    "agent": _columns(
        "agent",
        Column("producer_number", "Under which it sells.", checked(formats.producer_number), "8812345", required=True),
        Column("group_numbers", APPOINTED, groups, "76-410101"),
        tax_number=OWN_NUMBER,
        shown="Canal Street Benefits Agency",
    ),
    "partner": _columns(
        "partner",
        Column(
            "agreement_number",
            "The number of its agreement with you.",
            checked(formats.agreement_number),
            "BA-2026-014",
            required=True,
        ),
        tax_number=EMPLOYER_NUMBER,
        shown="Harbor Print and Mail",
    ),
}
"""The columns of each kind of roster."""


def organisation(row: Row, *, kind: str, today: date) -> Listed:
    """What a row says; raises ``ValueError`` with a sentence where its day or groups cannot be meant."""
    said: dict[str, Any] = dict(row.values)
    if said["as_of"] > today:
        raise ValueError("as_of lies ahead.")
    if kind == "employer" and not said["group_numbers"] and said["standing"] != PROSPECTIVE:
        raise ValueError("group_numbers is empty: give the employer's group; only a prospective one has none.")
    return Listed(
        kind=kind,
        name=said["name"],
        street=said["street"],
        city=said["city"],
        state=said["state"],
        postal_code=said["zip"],
        tax_number=said["tax_number"],
        npi=said.get("npi") or "",
        group_numbers=said.get("group_numbers") or (),
        agreement_number=said.get("agreement_number") or "",
        producer_number=said.get("producer_number") or "",
        standing=said["standing"] or CURRENT,
        as_of=said["as_of"],
    )
