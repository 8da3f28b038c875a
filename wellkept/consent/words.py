"""A person's word that somebody covered with them may see their record: given, shown, taken back.

Serves R-17; 45 CFR 164.508.

The opening is of one's own record and names the category ``requests``.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.consent import agreed as agreeing
from wellkept.consent.agreed import WORD, Agreed
from wellkept.consent.models import Authorization
from wellkept.policy.words import Category, Key, Retention

OFFERED: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)
FIELD: Final = "authorization.recipient"


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody may see, and until when; ``revoked`` once it was taken back. ``name`` as the giver knew them."""

    id: UUID
    to: UUID
    name: str
    opens: frozenset[str]
    since: datetime
    expires: datetime
    revoked: datetime | None
    agreed: Agreed

    def holds(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.revoked is None and self.since <= now < self.expires


@dataclass(frozen=True, slots=True)
class Given:
    """What another person lets the reader see, and until when."""

    person: UUID
    opens: frozenset[str]
    since: datetime
    expires: datetime


def give(
    key: Key,
    *,
    to: UUID,
    name: str,
    opens: Collection[Category],
    until: datetime,
    agreed: Agreed,
    collected_under: str,
) -> UUID | None:
    """Let ``to`` see these categories until a moment at most a year away. A new word to somebody ends an older one.

    None where it may not be given: ``to`` is not covered with the person, or the moment or the categories are none.
    """
    (person,) = key.subjects
    number = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, FIELD, number, name)
    with connection.cursor() as cursor:
        cursor.execute(
            "select wellkept.consent_give(%s, %s, %s, %s::text[], %s, %s, %s, %s, %s, %s)",
            [person, number, to, [*opens], until, sealed, collected_under, *agreeing.sealed(key, WORD, number, agreed)],
        )
        return number if cursor.fetchone()[0] else None


def take_back(key: Key, number: UUID) -> bool:
    """End a word of the person; False where none of theirs with that id is in force."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.consent_take_back(%s, %s)", [person, number])
        return bool(cursor.fetchone()[0])


def words(key: Key) -> tuple[Word, ...]:
    """Every word the person gave to a person, the newest first."""
    (person,) = key.subjects
    rows = Authorization.objects.filter(person_id=person).exclude(to_person=None).order_by("-since", "id")
    columns = ("id", "to_person", "recipient", "opens", "since", "expires", "revoked", "statement", "form", "language")
    return tuple(
        Word(
            number,
            to,
            _name(key, number, sealed),
            frozenset(opens),
            since,
            expires,
            revoked,
            agreeing.read(key, WORD, number, kept),
        )
        for number, to, sealed, opens, since, expires, revoked, *kept in rows.values_list(*columns)
    )


def given(key: Key) -> tuple[Given, ...]:
    """What others let the person see now."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute("select person, opens, since, expires from wellkept.consent_given_to(%s)", [person])
        return tuple(Given(who, frozenset(json.loads(opens)), since, expires) for who, opens, since, expires in cursor)


def _name(key: Key, number: UUID, sealed: bytes | memoryview) -> str:
    (person,) = key.subjects
    try:
        return key.unseal(person, Retention.BENEFITS, FIELD, number, bytes(sealed))
    except LookupError:
        return ""
