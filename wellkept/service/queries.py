"""The calls of one's own day. Names are not here: they are opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from wellkept.policy.words import Purpose


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call of the session's account."""

    id: UUID
    person: UUID
    purpose: Purpose
    about: str
    began: datetime
    ended: datetime | None


def my_calls(secret: bytes) -> list[CallLine]:
    """The session's own calls of the last twelve hours, newest first, at most 50."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, person_id, purpose, about, began, ended from wellkept.service_my_calls(%s)", [secret]
        )
        return [
            CallLine(id=row[0], person=row[1], purpose=Purpose(row[2]), about=row[3], began=row[4], ended=row[5])
            for row in cursor.fetchall()
        ]


def my_call(secret: bytes, call: UUID) -> CallLine | None:
    """One of them, while it is open."""
    return next((line for line in my_calls(secret) if line.id == call and line.ended is None), None)
