"""A death, told by one of us and confirmed by another; and whom we write to about the estate.

Serves U-31, P-01. Functions of the database decide (sql/life.sql). The record stays as protected as it was: 45 CFR
164.502(f), for 50 years. Nobody of the household learns of it here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from wellkept.people.models import Death
from wellkept.policy.statements import ask
from wellkept.policy.words import Key, Retention

TOLD: Final = "contact.death_told"
ESTATE: Final = "contact.estate"
STANDS: Final = ("spouse", "child", "parent", "other family", "estate", "funeral home", "employer", "other")
"""How whoever told us stands to the person."""

PAPERS: Final[Mapping[str, Sequence[str]]] = {
    "death": ("certificate", "funeral", "court"),
    "estate": ("court", "other"),
    "undo": ("person", "other"),
}
"""Which kinds of paper bear out each step; ``person``: they came themself and showed who they are."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What we were told. ``day`` is the day of death, None where nobody said it; ``stands`` is one of ``STANDS``."""

    day: date | None
    by: str
    stands: str


@dataclass(frozen=True, slots=True)
class Estate:
    """Whom letters go to. Both are empty where nobody is named yet: then letters are withheld."""

    name: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What stands about the caller's person: ``state`` told or dead, the step that waits or "", a known estate."""

    id: UUID
    state: str
    step: str
    estate: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One that waits for the second person. ``mine``: the reader told it, and so cannot decide."""

    id: UUID
    step: str
    asked_at: datetime
    actor: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """The same, opened: what was told, and the estate's representative where one was named."""

    step: str
    told: Telling | None
    estate: Estate | None
    asked_at: datetime
    actor: str
    mine: bool


def known(secret: bytes, call: UUID) -> Known | None:
    """What stands about the one person who is open on the session's own call; None where nothing does."""
    row = ask("select id, state, step, estate from wellkept.people_death_known(%s, %s)", secret, call)[0]
    return Known(*row) if row[0] else None


def tell(
    secret: bytes,
    key: Key,
    call: UUID,
    row: UUID,
    *,
    step: str,
    told: Telling,
    estate: Estate | None,
    collected_under: str,
) -> str:
    """Write down what a caller said, for another to decide: "yes", "waits", or "no" without such a call.

    ``step`` is death, estate or undo; ``row`` a fresh id for a death, else that of what stands.
    """
    (person,) = key.subjects
    by = {"by": told.by, "stands": told.stands}
    named = {"name": estate.name, "address": list(estate.address)} if estate else {}
    said = by | {"day": told.day.isoformat() if told.day else ""}
    given = [
        key.seal(person, Retention.CONTACT, TOLD, row, json.dumps(said)) if step == "death" else b"",
        key.seal(person, Retention.CONTACT, ESTATE, row, json.dumps(by | named)) if named or step != "death" else b"",
    ]
    statement = "select wellkept.people_death_tell(%s, %s, %s, %s, %s, %s, %s)"
    return str(ask(statement, secret, call, row, step, *given, collected_under)[0][0])


def waiting(secret: bytes) -> tuple[Line, ...]:
    """What waits for a second person, oldest first, without a name; nothing for any other role."""
    rows = ask("select id, step, asked_at, asked_actor, mine from wellkept.people_deaths(%s)", secret)
    return tuple(Line(*row) for row in rows)


def person(secret: bytes, number: UUID) -> UUID | None:
    """Whom one that waits is about, to open them; None where it waits no more."""
    found: UUID | None = ask("select wellkept.people_death_person(%s, %s)", secret, number)[0][0]
    return found


def one(secret: bytes, key: Key, number: UUID) -> Waiting | None:
    """One that waits, of the one person who is open."""
    rows = ask(
        "select step, told, estate, asked_at, asked_actor, mine from wellkept.people_death_read(%s, %s)", secret, number
    )
    if not rows:
        return None
    step, told, estate, asked_at, actor, mine = rows[0]
    said, named = _unsealed(key, TOLD, number, told), _unsealed(key, ESTATE, number, estate)
    said = said if step == "death" else named
    telling = Telling(date.fromisoformat(said["day"]) if said["day"] else None, said["by"], said["stands"])
    return Waiting(step, telling if said["by"] else None, _estate(named), asked_at, actor, mine)


def decide(secret: bytes, key: Key, number: UUID, *, yes: bool, paper: str = "", seen: date | None = None) -> str:
    """The second person decides of whom is open: "yes", "first" (the same told it), "gone", or "no"."""
    del key  # it is proof that somebody is open; the database knows who
    return str(ask("select wellkept.people_death_decide(%s, %s, %s, %s, %s)", secret, number, yes, paper, seen)[0][0])


def estate(key: Key) -> Estate | None:
    """Of the one person who is open: None while they live; else whom to write to. The opening names ``contact``."""
    (someone,) = key.subjects
    row = Death.objects.filter(person_id=someone, state="dead").values_list("id", "estate").first()
    if row is None:
        return None
    return _estate(_unsealed(key, ESTATE, row[0], bytes(row[1]))) or Estate("", ())


def life(person: UUID) -> str:
    """Whether one of us was "told" that they died, or another confirmed it ("dead"); else "". Runs as ``jobs``."""
    return str(ask("select wellkept.people_life(%s)", person)[0][0])


def _estate(named: Mapping[str, Any]) -> Estate | None:
    """The estate as it was sealed; None where none was named."""
    return Estate(named["name"], tuple(named["address"])) if named["name"] else None


def _unsealed(key: Key, field: str, row: UUID, sealed: bytes) -> dict[str, Any]:
    """What was sealed; everything empty where nothing was, or its key was destroyed."""
    empty: dict[str, Any] = {"day": "", "by": "", "stands": "", "name": "", "address": []}
    if not sealed:
        return empty
    (someone,) = key.subjects
    try:
        return empty | dict(json.loads(key.unseal(someone, Retention.CONTACT, field, row, bytes(sealed))))
    except LookupError:
        return empty
