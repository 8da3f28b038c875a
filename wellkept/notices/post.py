"""The mail room: batches of letters, what went out, and what came back (U-27, U-28).

A letter is opened once. Its body is emptied when its batch is whole, and by nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.notices.models import Posted
from wellkept.policy.words import Category, Key

CODE: Final = "access code"
HELPER: Final = "helper code"
CODES: Final = (CODE, HELPER)
"""The kinds of letter that somebody who opens it can use."""


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A letter of a batch: to whom it goes, which it is, of what kind and category, and what it bears."""

    person: UUID
    letter: UUID
    kind: str
    category: str
    reference: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of letters. ``closed_at`` is None while its folder is not whole; ``manifest`` is its list's SHA-256."""

    id: str
    made_at: datetime
    closed_at: datetime | None
    letters: int
    pages: int
    size: int
    manifest: bytes


@dataclass(frozen=True, slots=True)
class Back:
    """What a letter that came back sets going: by when somebody reaches its person, and the number of that case."""

    due_on: date
    number: str


def begin(batch: str, *, most: int) -> str | None:
    """Begin a batch of at most so many letters; returns its id, or that of one that was begun and never closed.

    None where nothing waits. Raises ``OperationalError`` where another run writes letters now.
    """
    found: str | None = _one("select wellkept.notices_batch_begin(%s, %s)", [batch, most])
    return found


def to_write(batch: str) -> list[ToWrite]:
    """The letters of a batch, by their references."""
    asked = "select person_id, id, kind, category, reference from wellkept.notices_batch_letters(%s)"
    return [ToWrite(*row) for row in _rows(asked, [batch])]


def came_back_from(key: Key, address: bytes, *, outside: bool = False) -> bool:
    """Whether a letter to the one person who is open came back from there, and they did not say since it is right.

    ``outside``: whether a letter of theirs to somebody else did.
    """
    (person,) = key.subjects
    rows = Posted.objects.filter(
        person_id=person, returned_at__isnull=False, settled_at=None, about__isnull=not outside
    )
    return address in {bytes(one) for one in rows.values_list("address", flat=True)}


def record(
    key: Key, letter: UUID, *, plan: UUID | None, address: bytes, collected_under: str, about: UUID | None = None
) -> None:
    """Keep where a letter goes, as a keyed hash. The person is open; a run that was killed says the same again.

    ``about`` is what a letter to somebody else is about: the helper's appointment, or the release.
    """
    (person,) = key.subjects
    row = Posted(
        id=letter, person_id=person, category=Category.CONTACT.value, plan_id=plan, collected_under=collected_under,
        restricted=True, address=address, about=about,
    )  # fmt: skip
    Posted.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person_id", "id"], update_fields=["address", "collected_under"]
    )


def leave(letter: UUID, *, waits: bool, back: Back) -> None:
    """Leave a letter to the one person who is open out of its batch: it waits for an address, or is emptied."""
    _one("select wellkept.notices_batch_leave(%s, %s, %s, %s)", [letter, waits, back.due_on, back.number])


def close(batch: str, *, letters: list[UUID], pages: int, size: int, manifest: bytes) -> int:
    """Empty every letter of a batch whose folder is whole, all or none; returns how many."""
    asked = "select wellkept.notices_batch_close(%s, %s::uuid[], %s, %s, %s)"
    return int(_one(asked, [batch, letters, pages, size, manifest]))


def batches() -> list[Batch]:
    """Every batch, newest first, at most 500."""
    asked = "select id, made_at, closed_at, letters, pages, bytes, manifest from wellkept.notices_batches()"
    return [Batch(*row) for row in _rows(asked, [])]


def returned(secret: bytes, reference: str, *, back: Back) -> str:
    """A representative holds a letter that came back: "noted", "known" (already) or "unknown"."""
    return str(_one("select wellkept.notices_returned(%s, %s, %s, %s)", [secret, reference, back.due_on, back.number]))


def returned_here(reference: str, *, occasion: UUID, back: Back) -> str:
    """The same in the mail room itself."""
    asked = "select wellkept.notices_returned_here(%s, %s, %s, %s)"
    return str(_one(asked, [reference, occasion, back.due_on, back.number]))


def came_back(secret: bytes) -> bool:
    """Whether a letter to whoever holds the session came back, and none went out since."""
    return bool(_one("select wellkept.notices_came_back(%s)", [secret]))


def address_stands(key: Key) -> None:
    """The person, whose own contact is open, says that the address is right: letters go there again."""
    del key  # the opening it stands for is what the database asks
    _one("select wellkept.notices_address_stands()", [])


def _one(statement: str, given: list[Any]) -> Any:  # noqa: ANN401  (what the function returns)
    return _rows(statement, given)[0][0]


def _rows(statement: str, given: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
