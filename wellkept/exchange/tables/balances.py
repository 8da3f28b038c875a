"""The columns of a file of balances from a claims system, and what a row of it says (U-29)."""

from datetime import date
from typing import Any, Final

from wellkept.exchange.tables.columns import Column, day, one_of, text
from wellkept.exchange.tables.identifiers import identifier
from wellkept.exchange.tables.plans import NETWORK, YEAR, dollars, told
from wellkept.exchange.tables.reading import Row
from wellkept.intake.balances import Said

BALANCES: Final = (
    Column("member_number", "The number on the card.", identifier(50), "LK100000001", required=True),
    Column("group_number", "The group or policy number on the card.", identifier(50), "76-410101", required=True),
    Column("birth_date", "Birth date of the person; without it, both names.", day, "1985-07-14"),
    Column("first_name", "First name; needed where two people of one number share a birth date.", text(60), "Maria"),
    Column("last_name", "Last name.", text(60), "Alvarez"),
    Column(
        "plan", "The plan's own name, as in the file of terms, where a group has several.", text(120), "HARBOR PPO 500"
    ),
    YEAR,
    Column(
        "kind",
        "deductible, or out_of_pocket for the most that is paid in a year.",
        one_of("deductible", "out_of_pocket"),
        "deductible",
        required=True,
    ),
    Column(
        "scope",
        "person: of this person alone; family: of everybody covered with them.",
        one_of("person", "family"),
        "person",
        required=True,
    ),
    NETWORK,
    Column("amount", "How much was reached so far, in US dollars.", dollars, "312.40", required=True),
    Column("as_of", "The day of which this is true; an older one changes nothing.", day, "2026-10-31", required=True),
)


def balance(row: Row, *, today: date) -> Said:
    """What a row says; raises ``ValueError`` with a sentence where it names nobody or its days cannot be meant."""
    said: dict[str, Any] = dict(row.values)
    if said["birth_date"] is None and not (said["first_name"] and said["last_name"]):
        raise ValueError("The row names no person: give birth_date, or first_name and last_name.")
    if said["as_of"] > today:
        raise ValueError("as_of lies ahead.")
    if said["as_of"] < said["plan_year_begins"]:
        raise ValueError("as_of lies before the plan year begins.")
    return Said(
        line=row.line,
        number=said["member_number"],
        group=said["group_number"],
        birth_date=said["birth_date"].isoformat() if said["birth_date"] else "",
        first=said["first_name"] or "",
        last=said["last_name"] or "",
        name=said["plan"] or "",
        network=said["network"],
        year_begins=said["plan_year_begins"],
        kind=said["kind"],
        scope=said["scope"],
        amount=said["amount"],
        as_of=said["as_of"],
        told=told({name: said[name] for name in TOLD}),
    )


TOLD: Final = ("plan", "network", "plan_year_begins", "kind", "scope", "amount", "as_of")
"""What a row says of whoever it names; two rows that say the same are one, however they name the person."""
