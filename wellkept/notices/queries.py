"""What a letter says, and whether a paper was asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.utils import timezone

from wellkept.notices.models import Letter
from wellkept.policy.words import Key, Retention

# One paper is printed no more often than this: whoever needs more calls, and it can always be downloaded.
MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a letter, and when it was made."""

    text: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """How a paper stands in the queue: since when it waits, when it was last printed, the next letter's id."""

    waits_since: datetime | None
    printed_at: datetime | None
    next: UUID | None


def page(key: Key, letter: UUID) -> Page | None:
    """What a letter to the one person who is open says; None where it was printed. The mail room alone reads it."""
    (person,) = key.subjects
    found = Letter.objects.filter(person_id=person, id=letter, printed_at=None).values_list("body", "made_at").first()
    if found is None:
        return None
    text = key.unseal(person, Retention.BENEFITS, "letter.body", letter, bytes(found[0]))
    return Page(text=text, made_at=found[1])


def lately(key: Key, *, kind: str) -> int:
    """How many papers of this kind the one person who is open ordered within a day."""
    (person,) = key.subjects
    since = timezone.now() - timedelta(days=1)
    return Letter.objects.filter(person_id=person, kind=kind, made_at__gt=since).count()


def order(key: Key, *, kind: str, about: UUID) -> Order:
    """How the paper of this kind about this plan or claim stands, for the one person who is open.

    A letter's id is made of what it is about and how many went before it, so that one waits at a time.
    """
    (person,) = key.subjects
    names = [uuid5(about, f"{kind} {person} {number}") for number in range(MOST)]
    rows = Letter.objects.filter(person_id=person, id__in=names).values_list("id", "made_at", "printed_at")
    found = {name: (made_at, printed_at) for name, made_at, printed_at in rows}
    waits = next((made_at for made_at, printed_at in found.values() if printed_at is None), None)
    last = max((printed_at for _made, printed_at in found.values() if printed_at is not None), default=None)
    return Order(waits, last, next((name for name in names if name not in found), None))
