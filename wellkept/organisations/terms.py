"""What a plan pays for, as its administrator told it: sums of a plan year, and what each kind of care costs (U-29).

An amount nobody told is None, never zero. Amounts are US dollars, coinsurance is the member's share in percent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID


class Network(StrEnum):
    """Whose prices terms hold for. ``any`` is a plan that makes no difference."""

    IN = "in"
    ANY = "any"
    OUT = "out"


SERVICES: Final = (
    "preventive",
    "primary care",
    "specialist",
    "virtual visit",
    "urgent care",
    "emergency",
    "ambulance",
    "hospital",
    "outpatient surgery",
    "lab",
    "imaging",
    "mental health",
    "substance use",
    "maternity",
    "therapy",
    "equipment",
    "prescription generic",
    "prescription brand",
    "prescription specialty",
    "vision",
    "dental",
    "hearing",
)
"""The kinds of care a schedule of benefits names, in the order in which a page shows them."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one kind of care costs the member. ``covered`` is None where nobody told it; ``note`` is the plan's own."""

    covered: bool | None
    copay: Decimal | None
    coinsurance: Decimal | None
    note: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one plan, in one network, for one plan year.

    ``otherwise`` is what care of every kind costs that ``services`` does not name. ``as_of`` is the day of which the
    sums were told; each price has its own.
    """

    plan_id: UUID
    name: str
    network: Network
    year_begins: date
    as_of: date
    deductible_person: Decimal | None = None
    deductible_family: Decimal | None = None
    out_of_pocket_person: Decimal | None = None
    out_of_pocket_family: Decimal | None = None
    otherwise: Price | None = None
    services: Mapping[str, Price] = field(default_factory=dict)

    @property
    def year_ends(self) -> date:
        """The last day of the plan year."""
        return next_year(self.year_begins) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermsTold:
    """One row as a file told it: the sums of a plan (``service`` is "") or the price of one kind of care.

    ``told`` orders what several files say of it: the day of which it is true, then a hash of what it says.
    """

    id: UUID
    plan_id: UUID
    name: str
    network: str
    year_begins: date
    service: str
    covered: bool | None
    copay: Decimal | None
    coinsurance: Decimal | None
    note: str
    deductible_person: Decimal | None
    deductible_family: Decimal | None
    out_of_pocket_person: Decimal | None
    out_of_pocket_family: Decimal | None
    as_of: date
    told: str


def next_year(day: date) -> date:
    """The same day a year later; of February 29 it is March 1."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
