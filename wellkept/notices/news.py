"""What is new for a person, and how they want to be told: on these pages, by mail that says only "sign in", by letter.

A piece of news names its kind and what it is about, never what it says: that is read where it lies, under the lock.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.notices.models import Address, Choice, News
from wellkept.policy.words import Category, Key, Retention

KINDS: Final = ("claims", "answers")
CHANNELS: Final = ("portal", "mail", "letter")
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
VALID: Final = timedelta(days=1)
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One piece of news: its kind, what it is about and in which category, when it came, when it was marked as read."""

    id: UUID
    kind: str
    category: Category
    about: UUID | None
    made_at: datetime
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class AddressLine:
    """A mail address the person gave: "" where none is on file or its key was destroyed."""

    address: str
    confirmed_at: datetime | None
    waits_until: datetime | None


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


def address(key: Key) -> AddressLine:
    """The address of the one person who is open."""
    (person,) = key.subjects
    row = Address.objects.filter(person_id=person).first()
    if row is None:
        return AddressLine("", None, None)
    waits = row.code_until if row.confirmed_at is None else None
    return AddressLine(_unsealed(key, person, row), row.confirmed_at, waits)


def give_address(key: Key, given: str, *, collected_under: str) -> str:
    """Keep an address that is not confirmed yet, in place of any other; returns the code to send there.

    Raises ``ValidationError`` for what is no address, and where a code was sent less than a minute ago.
    """
    (person,) = key.subjects
    now = timezone.now()
    given = given.strip()
    validate_email(given)
    if Address.objects.filter(person_id=person, asked_at__gt=now - timedelta(minutes=1)).exists():
        raise ValidationError(_("We sent a code less than a minute ago. Please look for it first."))
    _forget(person)
    number, code = uuid4(), "".join(secrets.choice(ALPHABET) for _place in range(8))
    Address.objects.create(
        id=number, person_id=person, category=Category.CONTACT.value, collected_under=collected_under,
        address=key.seal(person, Retention.CONTACT, "notice.recipient", number, given),
        code_hash=_hash(number, code), code_until=now + VALID, asked_at=now,
    )  # fmt: skip
    return code


def confirm(key: Key, code: str) -> bool:
    """Whether the code is the one that was sent; then the address is confirmed. Five tries, one day."""
    (person,) = key.subjects
    row = Address.objects.select_for_update().filter(person_id=person, confirmed_at=None).first()
    if row is None or row.code_until < timezone.now() or row.tries >= TRIES:
        return False
    right = secrets.compare_digest(bytes(row.code_hash), _hash(row.id, "".join(code.split()).upper()))
    changed = {"confirmed_at": timezone.now()} if right else {"tries": row.tries + 1}
    Address.objects.filter(person_id=person, id=row.id).update(**changed)
    return right


def forget_address(key: Key) -> None:
    """The address goes, and with it every choice of mail.

    Raises ``ValidationError`` where a code was sent there less than a minute ago: whoever forgets and gives in turn
    would have us write to anybody as often as they like.
    """
    (person,) = key.subjects
    just_now = timezone.now() - timedelta(minutes=1)
    if Address.objects.filter(person_id=person, confirmed_at=None, asked_at__gt=just_now).exists():
        raise ValidationError(_("We sent a code less than a minute ago. In a minute you can remove the address."))
    _forget(person)


def _forget(person: UUID) -> None:
    Address.objects.filter(person_id=person).delete()
    Choice.objects.filter(person_id=person, channel="mail").update(channel="portal")


def due(limit: int = 200) -> list[tuple[UUID, UUID | None, str]]:
    """Who is to be told of news, in which plan, and how: mail or letter. Nobody twice within a day."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, plan_id, channel from wellkept.notices_due(%s)", [limit])
        return [(person, plan, channel) for person, plan, channel in cursor.fetchall()]


def told(person: UUID) -> None:
    """The person, who is open, was told: what they were told of is not told again."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_told(%s)", [person])


def _hash(number: UUID, code: str) -> bytes:
    return hashlib.sha256(number.bytes + code.encode()).digest()


def _unsealed(key: Key, person: UUID, row: Address) -> str:
    try:
        return key.unseal(person, Retention.CONTACT, "notice.recipient", row.id, bytes(row.address))
    except LookupError:
        return ""
