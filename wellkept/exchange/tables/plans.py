"""The columns of a file of plan terms, and what a row of it says (U-29)."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any, Final

import orjson

from wellkept.exchange.tables.columns import Column, day, money, one_of, percent, text, yes_no
from wellkept.exchange.tables.reading import Row
from wellkept.intake.naming import as_uuid, plan_id
from wellkept.organisations.terms import SERVICES, Network, TermsTold
from wellkept.vault import forms

SUMS: Final = ("deductible_person", "deductible_family", "out_of_pocket_person", "out_of_pocket_family")
_PAID: Final = ("copay", "coinsurance")


def dollars(cell: str) -> Decimal:
    """US dollars of zero or more."""
    found = money(cell)
    if found < 0:
        raise ValueError("is less than zero")
    return found


NETWORK: Final = Column(
    "network",
    "in: offices in the network; out: all others; any: the plan makes no difference.",
    one_of(*Network),
    "in",
    required=True,
)
YEAR: Final = Column(
    "plan_year_begins", "First day of the plan year; it lasts a year.", day, "2026-01-01", required=True
)
AS_OF: Final = Column(
    "as_of", "The day of which this is true; an older one changes nothing.", day, "2026-01-01", required=True
)

PLANS: Final = (
    Column(
        "sponsor",
        "The employer, as the enrolment file names it.",
        text(200),
        "North Pier Tool Works",
        required=True,
    ),
    Column("group_number", "The group or policy number on the card.", text(50), "76-410101", required=True),
    Column(
        "plan",
        "The plan's own name. A group with several plans: as the coverage is described in the enrolment file.",
        text(120),
        "HARBOR PPO 500",
        required=True,
    ),
    NETWORK,
    YEAR,
    AS_OF,
    Column(
        "service",
        "Kind of care of which the row tells; empty on the row that tells the sums of the plan.",
        one_of(*SERVICES),
        "primary care",
    ),
    Column("covered", "Whether the plan pays for this kind of care: yes or no.", yes_no, "yes"),
    Column("copay", "What the member pays a visit; without a service: for all care not named.", dollars, "30.00"),
    Column("coinsurance", "The member's share in percent, after the deductible.", percent, "20"),
    Column("note", "What else a member has to know, in a few words.", text(200), "Three visits a year"),
    Column("deductible_person", "Deductible of one person in a plan year.", dollars, "500.00"),
    Column("deductible_family", "Deductible of a family.", dollars, "1000.00"),
    Column("out_of_pocket_person", "Most that one person pays in a plan year.", dollars, "4000.00"),
    Column("out_of_pocket_family", "Most that a family pays in a plan year.", dollars, "8000.00"),
)


def terms(row: Row, *, today: date) -> TermsTold:
    """What a row says; raises ``ValueError`` with a sentence where its cells contradict each other."""
    said: dict[str, Any] = dict(row.values)
    for mistake in mistakes(said, today=today):
        raise ValueError(mistake)
    plan = plan_id(sponsor=said["sponsor"], group=said["group_number"])
    names = (str(plan), forms.letters(said["plan"]), said["network"], str(said["plan_year_begins"]), said["service"])
    return TermsTold(
        id=as_uuid(hashlib.sha256("\x1f".join(("wellkept.terms", *(name or "" for name in names))).encode()).digest()),
        plan_id=plan,
        name=said["plan"],
        network=said["network"],
        year_begins=said["plan_year_begins"],
        service=said["service"] or "",
        covered=said["covered"],
        copay=said["copay"],
        coinsurance=said["coinsurance"],
        note=said["note"] or "",
        deductible_person=said["deductible_person"],
        deductible_family=said["deductible_family"],
        out_of_pocket_person=said["out_of_pocket_person"],
        out_of_pocket_family=said["out_of_pocket_family"],
        as_of=said["as_of"],
        told=told(said),
    )


def mistakes(said: dict[str, Any], *, today: date) -> list[str]:
    """Why the cells of a row cannot all be meant, in sentences."""
    found = []
    sums = [name for name in SUMS if said[name] is not None]
    paid = [name for name in _PAID if said[name] is not None]
    if said["as_of"] > today:
        found.append("as_of lies ahead.")
    if said["service"] and sums:
        found.append("The sums of a plan stand on a row of their own, without a service.")
    if said["service"] and said["covered"] is None and not paid and not said["note"]:
        found.append("The row names a kind of care and says nothing of it.")
    if not said["service"] and not sums and not paid:
        found.append("The row tells neither a sum of the plan nor a kind of care.")
    if not said["service"] and said["covered"] is not None:
        found.append("covered tells of a kind of care; the row names none.")
    if said["covered"] is False and paid:
        found.append("The plan does not pay for it, and yet the row has a copay or a coinsurance.")
    for whole in ("deductible", "out_of_pocket"):
        person, family = said[f"{whole}_person"], said[f"{whole}_family"]
        if person is not None and family is not None and family < person:
            found.append(f"{whole}_family is less than {whole}_person.")
    return found


def told(said: dict[str, Any]) -> str:
    """What orders tellings of one row, whatever the order of files: the day, then a hash of everything it says."""
    whole = orjson.dumps(said, default=str, option=orjson.OPT_SORT_KEYS)
    return f"{said['as_of']}:{hashlib.sha256(whole).hexdigest()[:32]}"
