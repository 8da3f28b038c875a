"""Who works at the invented organisations of a demonstration: one of each kind comes in, one person waits."""

from collections.abc import Iterator, Mapping
from random import Random
from types import MappingProxyType
from typing import Final

from wellkept.demo.accounts import VISITOR, Account, password
from wellkept.demo.families import plain
from wellkept.demo.rosters import HEADS, KINDS, rows
from wellkept.demo.scenes import Scene

PEOPLE: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "umr": {"provider": "Wanda Orrin", "employer": "Hollis Verne", VISITOR: "Tamsin Crewe"},
        "pwer": {
            "provider": "Ilse Marrow", "employer": "Corin Ashby", "agent": "Bettina Rowe", "partner": "Silas Thorne",
            VISITOR: "Odette Lane",
        },
    }
)  # fmt: skip
"""Invented names, by the kind of the organisation they work at; the visitor has not registered yet."""
BORN: Final = "1979-02-03"
NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "provider": ("npi", "tax_number"),
    "employer": ("group_numbers", "tax_number"),
    "agent": ("producer_number", "tax_number"),
    "partner": ("agreement_number", "tax_number"),
}
"""What each kind types besides its name, as the columns of its roster are called."""


def registrants(operator: str, scene: Scene) -> list[Account]:
    """One account of each kind that may register, and one employer's visitor, who may be tried."""
    return [*coming(operator, scene), visitor(operator, scene)]


def coming(operator: str, scene: Scene) -> Iterator[Account]:
    """Those who come in: somebody of the first organisation on each roster."""
    for kind in KINDS[operator]:
        name = PEOPLE[operator][kind]
        yield account(kind, listed(kind, scene)[0], name=name, role=kind, login=".".join(map(plain, name.split())))


def visitor(operator: str, scene: Scene) -> Account:
    """Somebody of the last employer on the roster, who has not registered."""
    return account("employer", listed("employer", scene)[-1], name=PEOPLE[operator][VISITOR], role=VISITOR, login="")


def account(kind: str, row: Mapping[str, str], *, name: str, role: str, login: str) -> Account:
    """One person of one organisation, with what finds it on its roster."""
    numbers = {column.removesuffix("s"): row[column] for column in NUMBERS[kind]}
    return Account(
        name=name, role=role, login=login, password=password() if login else "", born=BORN, kind=kind,
        office=row["name"], numbers=numbers,
    )  # fmt: skip


def listed(kind: str, scene: Scene) -> list[dict[str, str]]:
    """The rows of a roster by column. Its addresses are left to the file: nobody is found by one."""
    return [dict(zip(HEADS[kind], row, strict=False)) for row in rows(kind, scene, Random(kind))]
