"""What is new for a person, and how they want to be told: on these pages, by mail that says only "sign in", by letter.

A piece of news names its kind and what it is about, never what it says: that is read where it lies, under the lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.notices.addresses import address
from wellkept.notices.models import Choice, News
from wellkept.policy.words import Category, Key

KINDS: Final = ("claims", "answers")
CHANNELS: Final = ("portal", "mail", "letter")


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One piece of news: its kind, what it is about and in which category, when it came, when it was marked as read."""

    id: UUID
    kind: str
    category: Category
    about: UUID | None
    made_at: datetime
    seen_at: datetime | None


def add(key: Key, *, person: UUID, kind: str, about: UUID | None, category: Category, collected_under: str) -> None:
    """Tell a person whose record is open, in that category, that something is new. Their own acts are no news."""
    News.objects.create(
        person_id=person, category=category.value, collected_under=collected_under, kind=kind, about=about
    )
    del key  # it lets the row be written


def news(key: Key, *, at_most: int = 50) -> tuple[NewsLine, ...]:
    """What is new in the categories that are open, newest first."""
    (person,) = key.subjects
    rows = (
        News.objects.filter(person_id=person)
        .order_by("-made_at", "id")
        .values_list("id", "kind", "category", "about", "made_at", "seen_at")[:at_most]
    )
    return tuple(
        NewsLine(number, kind, Category(category), about, made_at, seen_at)
        for number, kind, category, about, made_at, seen_at in rows
    )


def mark_read(key: Key) -> None:
    """Everything in the categories that are open has been read."""
    (person,) = key.subjects
    News.objects.filter(person_id=person, seen_at=None).update(seen_at=timezone.now())


def choices(key: Key) -> Mapping[str, str]:
    """For each kind of news the channel the person chose; without a choice it is these pages alone."""
    (person,) = key.subjects
    chosen = dict(Choice.objects.filter(person_id=person).values_list("kind", "channel"))
    return {kind: chosen.get(kind, "portal") for kind in KINDS}


def choose(key: Key, chosen: Mapping[str, str], *, collected_under: str) -> None:
    """Keep what the person chose. The opening names ``contact``. Raises ``ValidationError``: mail needs an address."""
    (person,) = key.subjects
    if "mail" in chosen.values() and not address(key).confirmed_at:
        raise ValidationError(_("Give an e-mail address first, and confirm it with the code we send."))
    for kind in KINDS:
        channel = chosen[kind]
        if channel not in CHANNELS:
            raise ValidationError(_("Choose one of the ways on the page."))
        rows = Choice.objects.filter(person_id=person, kind=kind)
        if not rows.update(channel=channel):
            Choice.objects.create(
                person_id=person, category=Category.CONTACT.value, collected_under=collected_under, kind=kind,
                channel=channel,
            )  # fmt: skip


def due(limit: int = 200) -> list[tuple[UUID, UUID | None, str]]:
    """Who is to be told of news, in which plan, and how: mail or letter. Nobody twice within a day."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, plan_id, channel from wellkept.notices_due(%s)", [limit])
        return [(person, plan, channel) for person, plan, channel in cursor.fetchall()]


def told(person: UUID) -> None:
    """The person, who is open, was told: what they were told of is not told again."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_told(%s)", [person])
