"""Whether somebody can still be reached: asked a year after they last said so, and after a mail came back.

Serves U-28.
"""

from enum import StrEnum

from django.db import connection
from django.utils import timezone

from wellkept.notices.models import Address, Still
from wellkept.policy.words import Category, Key


class Asks(StrEnum):
    """What the holder of an account is to be asked."""

    NOTHING = ""
    CAME_BACK = "came back"
    UNCONFIRMED = "unconfirmed"
    YEAR = "year"
    LETTERS = "letters"


def asks(secret: bytes, *, months: int) -> Asks:
    """What the session's holder is to be asked now. Nobody is opened: the answer holds nothing of the contact."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.notices_asks(%s, %s)", [secret, months])
        return Asks(cursor.fetchone()[0])


def still_right(key: Key, *, collected_under: str) -> None:
    """The person who is open says that they are still reached there: by mail where an address is confirmed, by letter.

    The opening names ``contact``.
    """
    (person,) = key.subjects
    now = timezone.now()
    if Address.objects.filter(person_id=person).exclude(confirmed_at=None).update(right_at=now):
        return
    if not Still.objects.filter(person_id=person).update(right_at=now, collected_under=collected_under):
        Still.objects.create(
            person_id=person, category=Category.CONTACT.value, collected_under=collected_under, right_at=now
        )
