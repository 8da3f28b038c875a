"""The list for publications: who is on it, who left it for good, and who is to be told of a new one.

Serves P-17. Giving a mail address puts its owner on the list where they leave the box standing; nothing goes out before
the address is confirmed. Whoever left comes back by a choice of their own alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from wellkept.notices.models import LeaveLink, Subscription
from wellkept.notices.returns import hashed, letters
from wellkept.policy.words import Category, Key, Retention

PAGE: Final = 200
FIELD: Final = "notice.subscription"


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when somebody is on the list, and when they left it; both None for whoever never chose."""

    joined_at: datetime | None
    left_at: datetime | None

    @property
    def on(self) -> bool:
        """Whether they are on the list."""
        return self.joined_at is not None and self.left_at is None

    @property
    def chosen(self) -> bool:
        """Whether they ever chose: then no box is preset for them again."""
        return self.joined_at is not None or self.left_at is not None


NEVER: Final = Standing(None, None)


def standing(key: Key) -> Standing:
    """How the one person who is open stands to the list. The opening names ``contact``."""
    (person,) = key.subjects
    row = Subscription.objects.filter(person_id=person).values_list("joined_at", "left_at").first()
    return Standing(*row) if row else NEVER


def choose(key: Key, *, on: bool, collected_under: str) -> None:
    """Put the person who is open on the list, or take them off it: at once, and until they choose otherwise.

    Chosen again as it stands, it changes nothing. The opening names ``contact``.
    """
    (person,) = key.subjects
    now = timezone.now()
    mine = Subscription.objects.filter(person_id=person)
    changed = (
        mine.exclude(left_at=None).update(joined_at=now, left_at=None, collected_under=collected_under)
        if on
        else mine.filter(left_at=None).update(left_at=now)
    )
    if changed or mine.exists():
        return
    Subscription.objects.create(
        person_id=person, category=Category.CONTACT.value, collected_under=collected_under,
        joined_at=now if on else None, left_at=None if on else now,
    )  # fmt: skip


def first_choice(holder: UUID, *, on: bool, collected_under: str) -> None:
    """What somebody chose when they asked to register. A choice that an account made stands."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_first_choice(%s, %s, %s)", [holder, on, collected_under])


def leave(token: str) -> bool:
    """Whoever has the token of the link leaves the list; whether they were on it, which no page tells."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_leave(%s)", [hashed(token)])
        return bool(cursor.fetchone()[0])


def due(publication: str, *, before: datetime) -> Iterator[UUID]:
    """Everybody who is to be told of a publication, by number: on the list since ``before``.

    Nobody is opened for the question.
    """
    after = UUID(int=0)
    while page := _page(publication, before, after):
        yield from page
        after = page[-1]


def _page(publication: str, before: datetime, after: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id from wellkept.notices_to_tell(%s, %s, %s, %s)", [publication, before, after, PAGE]
        )
        return [person for (person,) in cursor.fetchall()]


def take(key: Key, publication: str, *, collected_under: str) -> str:
    """Take the person who is open for a mail of a publication; the token of their link, "" where there is none to send.

    Of two jobs that take the same person one waits for the other, and gets nothing.
    """
    (person,) = key.subjects
    on = Subscription.objects.filter(person_id=person, left_at=None).exclude(joined_at=None)
    if not on.exists():
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into wellkept.notices_published"
            " (id, person_id, category, collected_under, restricted, publication, taken_at)"
            " values (%s, %s, %s, %s, false, %s, now()) on conflict do nothing",
            [uuid4(), person, Category.CONTACT.value, collected_under, publication],
        )
        return _link(key, person, collected_under=collected_under) if cursor.rowcount else ""


def _link(key: Key, person: UUID, *, collected_under: str) -> str:
    """The token of somebody's link, made with their first mail. Two jobs that make it at once get the same."""
    rows = LeaveLink.objects.filter(person_id=person)
    if not rows.exists():
        number, made = uuid4(), letters()
        row = LeaveLink(
            id=number, person_id=person, category=Category.CONTACT.value, collected_under=collected_under,
            token=key.seal(person, Retention.CONTACT, FIELD, number, made), token_hash=hashed(made),
        )  # fmt: skip
        LeaveLink.objects.bulk_create([row], ignore_conflicts=True)
    kept = rows.get()
    return key.unseal(person, Retention.CONTACT, FIELD, kept.id, bytes(kept.token))


def told(person: UUID, publication: str, *, sent: bool) -> None:
    """The mail that was taken went out, or did not; then the next run takes it again."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_published_to(%s, %s, %s)", [person, publication, sent])
