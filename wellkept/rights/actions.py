"""What can happen to a privacy request: a person asks, and a person answers."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wellkept.clocks.answers import answer_due
from wellkept.policy.words import Category, Key, Retention
from wellkept.rights.models import Request

OPENING: Final = "opening"
LONGEST: Final = 4000


def ask(
    key: Key, *, kind: str, entry: int | None, words: str, days: int, tz: ZoneInfo, collected_under: str, now: datetime
) -> UUID:
    """Write what the person who is open asks, sealed, due within ``days`` business days of the zone; returns its id.

    The opening names the category ``requests``. Raises ``ValidationError`` for words that are missing or too long.
    """
    (person,) = key.subjects
    number, said = uuid4(), checked(words)
    Request.objects.create(
        id=number, person_id=person, category=Category.REQUESTS, collected_under=collected_under, kind=kind,
        entry=entry, words=key.seal(person, Retention.BENEFITS, "request.words", number, said), asked_at=now,
        due_on=answer_due(now, days, tz),
    )  # fmt: skip
    return number


def answer(key: Key, *, person: UUID, number: UUID, words: str, by: str, now: datetime) -> bool:
    """Write a person's decision on a request; returns False where there is no such request or it was answered before.

    The opening names ``person`` and the category ``requests``; ``by`` is the display name of who decides.
    """
    said = checked(words)
    waiting = Request.objects.filter(person_id=person, id=number, answered_at=None)
    sealed = key.seal(person, Retention.BENEFITS, "request.answer", number, said)
    return bool(waiting.update(answered_at=now, answer=sealed, answered_by=by))


def checked(words: str) -> str:
    """The words without the space around them; raises ``ValidationError`` where there are none or too many."""
    said = words.strip()
    if not said:
        raise ValidationError(_("Please write what you want us to look at."))
    if len(said) > LONGEST:
        raise ValidationError(_("Please use at most 4,000 characters, or call us."))
    return said
