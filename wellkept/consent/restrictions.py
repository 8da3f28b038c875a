"""Restrictions a person asks for, and what the privacy office decides (45 CFR 164.522(a)).

Serves R-04. A granted one is a fact of the gate from the next opening on. Asking and ending are of one's own record;
deciding is by an opening of whoever asked. All of them name the category ``requests``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.consent.models import Restriction
from wellkept.policy.words import Category, Key, Retention

OFFERED: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)
WORDS: Final = "restriction.words"
ANSWER: Final = "restriction.answer"
_FIELDS: Final = (
    "id", "sort", "opens", "about", "words", "asked_at", "due_on", "decided_at", "decided_by", "answer", "since",
    "until",
)  # fmt: skip


class Sort(StrEnum):
    """For whom something is to be restricted; ``PAID`` is one claim whose care the person paid for in full."""

    MEMBER = "member"
    REPRESENTATIVE = "representative"
    RECIPIENT = "recipient"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Limit:
    """One restriction. ``opens`` is its kind of data, "" where it is about the claim ``about``. Erased words are empty.

    ``since`` is None while it is not granted, ``until`` None while nobody ended it.
    """

    id: UUID
    sort: Sort
    opens: str
    about: UUID | None
    words: str
    asked_at: datetime
    due_on: date
    decided_at: datetime | None
    decided_by: str
    answer: str
    since: datetime | None
    until: datetime | None

    @property
    def state(self) -> str:
        """How it stands: "asked", "granted", "declined" or "ended"."""
        if self.until is not None:
            return "ended"
        if self.decided_at is None:
            return "asked"
        return "granted" if self.since else "declined"


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One on the officer's list, without words and names. ``must``: it may not be refused."""

    person: UUID
    id: UUID
    sort: Sort
    opens: str
    must: bool
    asked_at: datetime
    due_on: date
    decided_at: datetime | None
    granted: bool


def ask(
    key: Key, *, sort: Sort, opens: Category | None, about: UUID | None, words: str, due: date, collected_under: str
) -> UUID | None:
    """Ask for one; returns its id, None where it is asked for or holds already, or too many wait.

    ``due`` is the last day on which an answer keeps the promise.
    """
    (person,) = key.subjects
    number = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, WORDS, number, words.strip())
    asked = [person, number, sort.value, opens.value if opens else None, about, sealed, due, collected_under]
    return number if _one("select wellkept.consent_ask(%s, %s, %s, %s, %s, %s, %s, %s)", asked) else None


def end(key: Key, number: UUID) -> bool:
    """The person ends one that was asked for or holds; False where none of theirs does."""
    (person,) = key.subjects
    return bool(_one("select wellkept.consent_end_restriction(%s, %s)", [person, number]))


def decide(key: Key, *, person: UUID, number: UUID, granted: bool, answer: str) -> str:
    """The privacy office decides: "done", "gone" where it waits no more, "must" where it may not be refused."""
    sealed = key.seal(person, Retention.BENEFITS, ANSWER, number, answer.strip())
    return str(_one("select wellkept.consent_decide(%s, %s, %s, %s)", [person, number, granted, sealed]))


def limits(key: Key) -> tuple[Limit, ...]:
    """Every restriction the one person who is open asked for, the newest first."""
    (person,) = key.subjects
    rows = Restriction.objects.filter(person_id=person).exclude(asked_at=None).order_by("-asked_at", "id")
    return tuple(_limit(key, person, row) for row in rows.values_list(*_FIELDS))


def work(secret: bytes) -> tuple[LimitLine, ...]:
    """What waits for the privacy office, then what was decided in the last 30 days. No other role has any."""
    columns = "person_id, id, sort, opens, must, asked_at, due_on, decided_at, granted"
    asked = f"select {columns} from wellkept.consent_limits(%s)"  # noqa: S608  (columns of ours)
    with connection.cursor() as cursor:
        cursor.execute(asked, [secret])
        return tuple(
            LimitLine(person, number, Sort(sort), opens or "", must, asked_at, due_on, decided_at, granted)
            for person, number, sort, opens, must, asked_at, due_on, decided_at, granted in cursor.fetchall()
        )


def _limit(key: Key, person: UUID, row: tuple[Any, ...]) -> Limit:
    number, sort, opens, about, words, asked_at, due_on, decided_at, decided_by, answer, since, until = row

    def read(field: str, sealed: bytes | memoryview | None) -> str:
        try:
            return key.unseal(person, Retention.BENEFITS, field, number, bytes(sealed)) if sealed else ""
        except LookupError:
            return ""

    return Limit(
        id=number, sort=Sort(sort), opens=opens or "", about=about, words=read(WORDS, words), asked_at=asked_at,
        due_on=due_on, decided_at=decided_at, decided_by=decided_by or "", answer=read(ANSWER, answer), since=since,
        until=until,
    )  # fmt: skip


def _one(statement: str, given: list[Any]) -> Any:  # noqa: ANN401  (what the function returns)
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0]
