"""Notes of calls: written by whoever answers, read by the person and by whoever answers a later call of theirs (P-19).

A note is sealed under the person's key. Nobody writes over one, and it goes when its time is over (U-20).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Key, Retention
from wellkept.service.cases import checked
from wellkept.service.models import Note

FIELD: Final = "call.note"
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note: when, by whom, what the call was about, and the words; empty where they were erased."""

    at: datetime
    actor: str
    about: str
    words: str


def write(secret: bytes, key: Key, call: UUID, *, words: str, collected_under: str) -> bool:
    """Write down what was said on an open call of one's own with the one person who is open.

    False where the call is over or another's. Raises ``ValidationError`` for words that are missing or too long.
    """
    (person,) = key.subjects
    note = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, FIELD, note, checked(words))
    arguments: list[Any] = [secret, call, note, sealed, collected_under]
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.service_write_note(%s, %s, %s, %s, %s)", arguments)
        return bool(cursor.fetchone()[0])


def sweep(pack: Pack) -> int:
    """Remove what was said on calls whose time is over, as the pack says it; returns of how many people. As ``jobs``.

    None where the pack keeps notes without end.
    """
    years = pack.retention[Category.CALLS].years
    if years is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.service_sweep_calls(%s)", [years])
        return int(cursor.fetchone()[0])


def notes(key: Key) -> tuple[NoteLine, ...]:
    """The notes of calls with the one person who is open, newest first, at most 50. The opening names ``calls``."""
    (person,) = key.subjects
    rows = Note.objects.filter(person_id=person).order_by("-at", "id")
    found = rows.values_list("id", "at", "actor", "about", "words")[:MOST]
    return tuple(NoteLine(at, actor, about, _said(key, person, note, words)) for note, at, actor, about, words in found)


def _said(key: Key, person: UUID, note: UUID, sealed: bytes | memoryview) -> str:
    try:
        return key.unseal(person, Retention.BENEFITS, FIELD, note, bytes(sealed))
    except LookupError:
        return ""
