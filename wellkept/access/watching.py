"""Openings that stand out, as the privacy office reads and closes them; and who is near to whoever works here.

Serves B-10. Functions of the database find and decide (sql/watch.sql). Nobody sees or closes what is about themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.access import near
from wellkept.ledger.sentences import Told
from wellkept.policy.rows import hexes
from wellkept.policy.words import Key

REASONS: Final = ("own", "household", "colleague", "address", "surname", "street", "surge", "hours", "no case")
FINDINGS: Final = ("unrelated", "assigned", "spoken", "ended", "incident")
_LINE: Final = "id, reasons, role, actor, at, people, usual, closed_at, closed_actor, finding"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that stood out. ``people`` and ``usual`` count people in that hour; None where it is not about that.

    ``subject`` is the record it is about; None in a list, and where it is about how many or when.
    """

    id: UUID
    reasons: tuple[str, ...]
    role: str
    actor: str
    at: datetime
    people: int | None
    usual: int | None
    closed_at: datetime | None
    closed_actor: str
    finding: str
    subject: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """Something else that the same account entered about the same person."""

    at: datetime
    told: Told


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here. ``told_at`` None: it is not known who is near to them; ``mine``: the reader."""

    account: UUID
    actor: str
    role: str
    told_by: str
    told_at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is entered of somebody who works here; only hashes of it are kept."""

    first: str
    lasts: Sequence[str]
    born: str
    street: str
    zip_code: str


def alarms(secret: bytes) -> tuple[Alarm, ...]:
    """What waits, the oldest first, then what was closed in 90 days; nothing for whoever is no privacy officer."""
    return tuple(_alarm(*row) for row in _rows(f"select {_LINE} from wellkept.watch_list(%s)", [secret]))  # noqa: S608


def alarm(secret: bytes, number: UUID) -> Alarm | None:
    """One of them, with whose record it is; None where there is none or it is about the reader."""
    rows = _rows(f"select {_LINE}, subject from wellkept.watch_alarm(%s, %s)", [secret, number])  # noqa: S608  (as above)
    return _alarm(*rows[0]) if rows else None


def about(key: Key, secret: bytes, number: UUID) -> tuple[Entered, ...]:
    """What else that account entered about the person in 90 days, newest first. The opening names ``openings``.

    Nothing for whoever is no privacy officer, or whom it is about.
    """
    del key  # it is proof that the record is open; the database knows what
    columns = "at, kind, role, actor, purpose, categories, reason, occasion_kind, label"
    asked = f"select {columns} from wellkept.watch_about(%s, %s)"  # noqa: S608  (columns of ours)
    return tuple(_entered(*row) for row in _rows(asked, [secret, number]))


def close(secret: bytes, number: UUID, finding: str) -> str:
    """Close it: "yes", "closed" where somebody was quicker, "own" or "no"."""
    return str(_rows("select wellkept.watch_close(%s, %s, %s)", [secret, number, finding])[0][0])


def colleagues(secret: bytes) -> tuple[Colleague, ...]:
    """Everybody who works here, first those of whom it is not known who is near to them."""
    asked = "select account, actor, role, told_by, told_at, mine from wellkept.watch_staff(%s)"
    return tuple(
        Colleague(account, actor or "", role, told_by or "", told_at, mine)
        for account, actor, role, told_by, told_at, mine in _rows(asked, [secret])
    )


def know(secret: bytes, account: UUID, known: Known) -> str:
    """Keep the hashes of who is near to somebody: "yes", "own" or "no"."""
    found = [near.hashed(last=last, street=known.street, zip_code=known.zip_code) for last in known.lasts]
    persons = [near.known_as(first=known.first, last=last, born=known.born) for last in known.lasts]
    given = (
        {one.surname for one in found}, {one.address for one in found}, {one.street for one in found}, set(persons)
    )  # fmt: skip
    arrays = [hexes(sorted(one for one in each if one is not None)) for each in given]
    asked = "select wellkept.watch_know(%s, %s, %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[])"
    return str(_rows(asked, [secret, account, *arrays])[0][0])


def _alarm(*row: Any) -> Alarm:  # noqa: ANN401  (a row of the function)
    number, reasons, role, actor, at, people, usual, closed_at, closed_actor, finding, *subject = row
    ordered = tuple(one for one in REASONS if one in reasons)
    return Alarm(
        number, ordered, role, actor or "", at, people, usual, closed_at, closed_actor or "", finding or "", *subject
    )


def _entered(*row: Any) -> Entered:  # noqa: ANN401  (a row of the function)
    at, kind, role, actor, purpose, categories, reason, occasion_kind, label = row
    told = Told(
        kind=kind, role=role, own=False, actor=actor or "", purpose=purpose or "", categories=tuple(categories),
        reason=reason or "", occasion_kind=occasion_kind or "", label=label or "",
    )  # fmt: skip
    return Entered(at, told)


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
