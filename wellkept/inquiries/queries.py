"""What waits for an answer, and what was typed in the one that is open."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from wellkept.policy.words import Key, Retention


@dataclass(frozen=True, slots=True)
class Line:
    """An inquiry on the desk's list. ``actor`` is empty while nobody has it; ``occasion`` is known of one's own."""

    id: UUID
    kind: str
    topic: str
    reply: str
    asked_at: datetime
    due_on: date
    actor: str
    mine: bool
    occasion: UUID | None


def work(secret: bytes) -> tuple[Line, ...]:
    """One's own inquiries, then the others by the day they are due, at most 200. Only representatives have any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, kind, topic, reply, asked_at, due_on, coalesce(actor, ''), mine, occasion"
            " from wellkept.inquiries_work(%s)",
            [secret],
        )
        return tuple(Line(*row) for row in cursor.fetchall())


def mine(secret: bytes, inquiry: UUID) -> Line | None:
    """One that the session's own account has taken; None for anybody else's, an answered one, one that never was."""
    return next((line for line in work(secret) if line.id == inquiry and line.mine), None)


def told(key: Key) -> Mapping[str, str] | None:
    """What was typed in the inquiry that is open, by the name of its field; None where it is answered."""
    (inquiry,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.inquiries_told(%s)", [inquiry])
        sealed = cursor.fetchone()[0]
    if sealed is None:
        return None
    try:
        answers: dict[str, str] = json.loads(
            key.unseal(inquiry, Retention.INQUIRY, "inquiry.body", inquiry, bytes(sealed))
        )
    except LookupError:
        return {}
    return answers
