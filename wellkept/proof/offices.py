"""The organisations of the standing family: made-up names and numbers, on rosters as an operator brings them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum import luhn

from wellkept.proof.family import MORE, OFFICES, canary
from wellkept.proof.ground import Member

HEADS: Final = {
    "provider": "npi",
    "employer": "group_numbers",
    "agent": "producer_number",
    "partner": "agreement_number",
}
"""The column of each roster that holds what an organisation of that kind is known by, beside its tax number."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation of a roster."""

    kind: str
    name: str
    number: str
    tax_number: str


def invent() -> tuple[dict[str, Listed], dict[str, Member]]:
    """Organisations by the name of who administers each, and everybody who comes in for one of them."""
    listed = {name: organisation(name.partition(" ")[0]) for name in OFFICES}
    people = {
        name: Member(
            login=canary().lower(),
            password=secrets.token_urlsafe(24),
            person="",
            number=listed[name if name in OFFICES else name.partition(" ")[0]].name,
            birth_date=f"19{secrets.randbelow(30) + 60}-05-1{secrets.randbelow(9)}",
            canaries=(f"{canary()} {canary()}",),
        )
        for name in (*OFFICES, *MORE)
    }
    return listed, people


def organisation(kind: str) -> Listed:
    """An organisation nobody has, with numbers that pass their checks."""
    number = npi() if kind == "provider" else f"{canary()}-{secrets.randbelow(10**6):06}"
    return Listed(kind, f"{canary()} {canary()}", number, f"12-{secrets.randbelow(10**7):07}")


def npi() -> str:
    """A national provider identifier whose last digit checks the others (45 CFR 162.406)."""
    first = f"19999{secrets.randbelow(10**4):04}"
    return first + luhn.calc_check_digit(f"80840{first}")


def rosters(listed: dict[str, Listed]) -> Iterator[tuple[str, str]]:
    """Each kind with its roster as CSV, of today."""
    today = date.today().isoformat()  # noqa: DTZ011  (a roster of today is one in every time zone)
    for kind, head in HEADS.items():
        rows = [f"name,street,city,state,zip,{head},tax_number,as_of"]
        rows += [
            f"{one.name},1 Probe Street,Springfield,IL,62701,{one.number},{one.tax_number},{today}"
            for one in listed.values()
            if one.kind == kind
        ]
        yield kind, "\n".join(rows) + "\n"
