"""The officer's work: which requests wait, and the opening a request is about (U-33)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wellkept.ledger.sentences import Told
from wellkept.policy.words import Key


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One request, without words and without a name. ``due_on``: the last day on which an answer keeps the promise."""

    person: UUID
    id: UUID
    kind: str
    entry: int | None
    asked_at: datetime
    due_on: date
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Questioned:
    """The opening somebody asks about: when it was, what the person read of it, and the clause it was said to serve."""

    at: datetime
    told: Told
    clause: str


def work(secret: bytes) -> tuple[WorkLine, ...]:
    """Requests that wait, by the day they are due, then those answered in the last 30 days. No other role has any."""
    rows = _ask(
        "select person_id, id, kind, entry, asked_at, due_on, answered_at from wellkept.rights_work(%s)", [secret]
    )
    return tuple(WorkLine(*row) for row in rows)


def questioned(key: Key, entry: int | None) -> Questioned | None:
    """The opening that a request of the one person who is open is about; None where it names none.

    The key's own opening names ``requests``.
    """
    if entry is None:
        return None
    (person,) = key.subjects
    rows = _ask(
        "select at, kind, role, actor, purpose, categories, reason, clause from wellkept.rights_opening(%s, %s)",
        [person, entry],
    )
    return _questioned(*rows[0]) if rows else None


def _questioned(
    at: datetime,
    kind: str,
    role: str,
    actor: str | None,
    purpose: str | None,
    categories: list[str],
    reason: str | None,
    clause: str | None,
) -> Questioned:
    told = Told(
        kind=kind, role=role, own=False, actor=actor or "", purpose=purpose or "", categories=tuple(categories),
        reason=reason or "",
    )  # fmt: skip
    return Questioned(at=at, told=told, clause=clause or "")


def _ask(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
