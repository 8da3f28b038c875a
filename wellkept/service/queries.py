"""The calls of one's own day. Names are not here: they are opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from wellkept.policy.words import Purpose


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call of the session's account. ``goes_on`` until it is ended, and four hours at most.

    ``way`` is by what the caller was found, ``how`` how they were verified: empty before. ``call_back`` is since when
    they are called back at the number on file.
    """

    id: UUID
    person: UUID
    purpose: Purpose
    about: str
    began: datetime
    verified: datetime | None
    ended: datetime | None
    goes_on: bool
    way: str = ""
    how: str = ""
    call_back: datetime | None = None


def my_calls(secret: bytes) -> list[CallLine]:
    """The session's own calls of the last twelve hours, newest first, at most 50."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, person_id, purpose, about, began, verified, ended, goes_on,"
            " coalesce(way, ''), coalesce(how, ''), call_back from wellkept.service_my_calls(%s)",
            [secret],
        )
        return [CallLine(row[0], row[1], Purpose(row[2]), *row[3:]) for row in cursor.fetchall()]


def moved(person: UUID) -> bool:
    """Whether the person's letters go to where a call, or they, said less than 14 days ago: a code waits meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.service_moved(%s)", [person])
        return bool(cursor.fetchone()[0])


def my_call(secret: bytes, call: UUID) -> CallLine | None:
    """One of them, while it goes on."""
    return next((line for line in my_calls(secret) if line.id == call and line.goes_on), None)
