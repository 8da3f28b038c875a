"""Which letters wait to be printed, and what one says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from wellkept.notices.models import Letter
from wellkept.policy.words import Key, Retention


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits: to whom it goes, which it is, and of what kind."""

    person: UUID
    letter: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a letter, and when it was made."""

    text: str
    made_at: datetime


def waiting(limit: int = 500) -> list[Waiting]:
    """The letters that wait, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, id, kind from wellkept.notices_waiting(%s)", [limit])
        return [Waiting(person=person, letter=letter, kind=kind) for person, letter, kind in cursor.fetchall()]


def page(key: Key, *, person: UUID, letter: UUID) -> Page | None:
    """What a letter says; None when another has printed it. The row is locked, so that nobody prints it twice."""
    found = (
        Letter.objects.select_for_update()
        .filter(person_id=person, id=letter, printed_at=None)
        .values_list("body", "made_at")
        .first()
    )
    if found is None:
        return None
    text = key.unseal(person, Retention.BENEFITS, "letter.body", letter, bytes(found[0]))
    return Page(text=text, made_at=found[1])
