"""Who is to be told of the privacy policy, and who was (45 CFR 164.520). What a letter says is said elsewhere.

Serves U-09, U-37, P-02.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.notices.models import Informed
from wellkept.policy.words import Category, Key

PAGE: Final = 1000
"""How many people one question goes through: some ten milliseconds, however large the book is."""


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who is to be told: ``why`` is enrolment, revision or reminder."""

    person: UUID
    plan: UUID | None
    why: str


def due(*, version: str, revised: bool, months: int) -> Iterator[Due]:
    """Everybody who is to be told of ``version`` now, by number; nobody is opened for the question.

    ``revised`` says that its words differ from those of the version before, ``months`` when a reminder is due.
    """
    after = UUID(int=0)
    while rows := _page(after, version=version, revised=revised, months=months):
        yield from (Due(person, plan, why) for person, plan, why in rows if why)
        after = rows[-1][0]


def _page(after: UUID, *, version: str, revised: bool, months: int) -> list[tuple[UUID, UUID | None, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, plan_id, why from wellkept.notices_to_inform(%s, %s, %s, %s, %s)",
            [after, PAGE, version, revised, months],
        )
        rows: list[tuple[UUID, UUID | None, str | None]] = cursor.fetchall()
        return rows


def told(key: Key, one: Due, *, version: str, way: str) -> None:
    """Keep that a person who is open was told. The opening names the category ``contact``."""
    (person,) = key.subjects
    Informed.objects.create(
        person_id=person, category=Category.CONTACT.value, plan_id=one.plan, collected_under=version, version=version,
        why=one.why, way=way,
    )  # fmt: skip
