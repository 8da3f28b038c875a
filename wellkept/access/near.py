"""Who is near to whom: keyed hashes of family names, addresses and streets, compared by the database alone (B-10).

No name and no address comes from here, and nobody can be looked for by a hash: the table knows people by their id.
Addresses are written as USPS Publication 28 abbreviates them, so that "Main Street" and "Main St" are one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.vault import blind, forms
from wellkept.vault.queries import operator_key

SHORTER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "avenue": "ave",
        "boulevard": "blvd",
        "circle": "cir",
        "court": "ct",
        "drive": "dr",
        "east": "e",
        "highway": "hwy",
        "lane": "ln",
        "north": "n",
        "parkway": "pkwy",
        "place": "pl",
        "road": "rd",
        "saint": "st",
        "south": "s",
        "square": "sq",
        "street": "st",
        "terrace": "ter",
        "trail": "trl",
        "way": "way",
        "west": "w",
    }
)
BOX: Final = re.compile(r"\b(p\.?\s*o\.?\s*)?box\b")
WORD: Final = re.compile(r"[^\W_]+")
UNIT: Final = re.compile(r"\s(?:apt|apartment|unit|suite|ste|lot|rm|room|#)\W*\w*\s*$")


@dataclass(frozen=True, slots=True)
class Near:
    """What is compared of one person; None where a file or the person did not say it."""

    surname: bytes | None
    address: bytes | None
    street: bytes | None


def hashed(*, last: str, street: str, zip_code: str, key: bytes | None = None) -> Near:
    """The hashes of a family name, of a house and of its street. A post box is an address and no street."""
    key = key if key is not None else operator_key("index")
    place, way = written(street), zip_code.strip()[:5]
    road = "" if BOX.search(street.lower()) else " ".join(place.split()[1:] if place[:1].isdigit() else place.split())
    return Near(
        surname=blind.exact(key=key, name="near.surname", value=last) if forms.letters(last) else None,
        address=blind.exact(key=key, name="near.address", value=f"{place}\x1f{way}") if place and way else None,
        street=blind.exact(key=key, name="near.street", value=f"{road}\x1f{way}") if road and way else None,
    )


def written(street: str) -> str:
    """A street line in the one way it is compared: small letters, usual abbreviations, without flat or room."""
    line = UNIT.sub("", street.lower().strip())
    words = [forms.letters(word) for word in WORD.findall(line)]
    return " ".join(SHORTER.get(word, word) for word in words if word)


def known_as(*, first: str, last: str, born: str) -> bytes:
    """The hash by which records of one human are known (``intake.naming`` writes the same)."""
    parts = ("name_birth", forms.letters(first), forms.letters(last), born)
    return blind.exact(key=operator_key("index"), name="intake.finder", value="\x1f".join(parts))


def bring(people: Mapping[UUID, Near]) -> None:
    """Write what a file says of people who are open."""
    if not people:
        return
    near = list(people.values())
    _run(
        "select wellkept.access_bring_near(%s::uuid[], %s::bytea[], %s::bytea[], %s::bytea[])",
        [list(people), _each([one.surname for one in near]), _each([one.address for one in near]),
         _each([one.street for one in near])],
    )  # fmt: skip


def moved(person: UUID, *, street: str, zip_code: str) -> None:
    """Write where somebody says that they live now. Their contact data are open."""
    near = hashed(last="", street=street, zip_code=zip_code)
    _run("select wellkept.access_moved(%s, %s, %s)", [person, near.address, near.street])


def _each(values: Sequence[bytes | None]) -> list[str | None]:
    return ["\\x" + value.hex() if value is not None else None for value in values]


def _run(statement: str, arguments: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
