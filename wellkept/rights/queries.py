"""A person's privacy requests, with their words and answers. The opening names the category ``requests``."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wellkept.policy.words import Key, Retention
from wellkept.rights.models import Request

FIELDS = ("id", "kind", "entry", "words", "asked_at", "due_on", "answered_at", "answer", "answered_by")


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request. ``answer`` is empty and ``answered_at`` None while nobody has decided. Erased words are empty."""

    id: UUID
    kind: str
    entry: int | None
    words: str
    asked_at: datetime
    due_on: date
    answered_at: datetime | None
    answer: str
    answered_by: str


def requests(key: Key) -> tuple[RequestLine, ...]:
    """All requests of the one person who is open, newest first."""
    (person,) = key.subjects
    rows = Request.objects.filter(person_id=person).order_by("-asked_at", "id").values_list(*FIELDS)
    return tuple(_line(key, person, row) for row in rows)


def request(key: Key, number: UUID) -> RequestLine | None:
    """One request of the one person who is open; None where they have none with this id."""
    (person,) = key.subjects
    row = Request.objects.filter(person_id=person, id=number).values_list(*FIELDS).first()
    return _line(key, person, row) if row else None


def _line(key: Key, person: UUID, row: tuple[Any, ...]) -> RequestLine:
    number, kind, entry, words, asked_at, due_on, answered_at, answer, answered_by = row
    return RequestLine(
        id=number,
        kind=kind,
        entry=entry,
        words=_unsealed(key, person, "request.words", number, words),
        asked_at=asked_at,
        due_on=due_on,
        answered_at=answered_at,
        answer=_unsealed(key, person, "request.answer", number, answer),
        answered_by=answered_by or "",
    )


def _unsealed(key: Key, person: UUID, field: str, row: UUID, sealed: bytes | None) -> str:
    if not sealed:
        return ""
    try:
        return key.unseal(person, Retention.BENEFITS, field, row, bytes(sealed))
    except LookupError:
        return ""
