"""Who opened an organisation's papers, for its administrators; whose papers an agent may read; whom a case is about.

Serves U-42, B-03.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.policy.words import Key

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class PaperOpening:
    """What somebody did with the papers on one occasion. ``whose``: "own", "ours", or the name of another organisation.

    ``actor`` and ``whose`` are empty of a stranger, who was refused. ``label`` is the kind of case it was for.
    ``of_list``: it was this list, and not the papers.
    """

    kind: str
    of_list: bool
    role: str
    actor: str
    whose: str
    reason: str
    label: str
    first_at: datetime
    last_at: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class About:
    """The organisation a case of one's own is about. ``standing``: current, prospective or prior."""

    id: UUID
    kind: str
    name: str
    address: tuple[str, ...]
    standing: str


def openings(key: Key, *, page: int = 1) -> tuple[tuple[PaperOpening, ...], bool]:
    """A page of what happened with the papers of the one organisation that is open, newest first; whether more follow.

    The opening names the category ``openings``.
    """
    (organisation,) = key.subjects
    rows = _rows(
        "select kind, list, role, coalesce(actor, ''), whose, coalesce(reason, ''), coalesce(label, ''), first_at,"
        " last_at, entries from wellkept.organisations_openings(%s, %s, %s)",
        [organisation, (page - 1) * PAGE, PAGE + 1],
    )
    return tuple(PaperOpening(*row) for row in rows[:PAGE]), len(rows) > PAGE


def appointing(secret: bytes) -> tuple[tuple[UUID, str], ...]:
    """The employers to which the session's own agency is appointed this minute, by name."""
    return tuple(_rows("select id, name from wellkept.organisations_appoints(%s)", [secret]))


def about(secret: bytes, case: UUID) -> About | None:
    """The organisation of a papers case that the session's own account works on; None for any other."""
    rows = _rows(
        "select id, kind, name, street, city || ', ' || state || ' ' || postal_code, standing"
        " from wellkept.organisations_of_case(%s, %s)",
        [secret, case],
    )
    return next((About(number, kind, name, (street, city), of) for number, kind, name, street, city, of in rows), None)


def begin_case(secret: bytes, organisation: UUID, *, number: str, due: date, collected_under: str) -> tuple[str, UUID]:
    """Begin a case about an organisation, for the session's own account; the answer, and the case.

    "yes"; "waits": there is one already; "budget": no more organisations this hour; else "no".
    """
    case = uuid4()
    arguments = [secret, organisation, case, uuid4(), collected_under, number, due]
    rows = _rows("select wellkept.organisations_begin_case(%s, %s, %s, %s, %s, %s, %s)", arguments)
    return str(rows[0][0]), case


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
