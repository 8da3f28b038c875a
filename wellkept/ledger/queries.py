"""Who opened my record, one line an occasion, and the entries behind each (B-03).

The opening names the category ``openings``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.ledger.sentences import Told
from wellkept.policy.words import Key

SORTS: Final = ("staff", "family", "machines", "you", "refused")
PAGE: Final = 20
_SELECT: Final = (
    "select occasion, occasion_kind, label, kind, role, actor, own, purpose, clause, reason, categories,"
    " first_at, last_at, entries, newest, late from wellkept.ledger_openings(%s, %s, null, %s)"
)
_SINCE: Final = _SELECT.replace("null, %s)", "null, %s, %s)")
_ABOUT: Final = (
    "select occasion_kind, label from wellkept.ledger_openings(%s, 'all', null, 100000) where occasion = %s limit 1"
)


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One occasion. ``entries`` is how many entries it holds, ``newest`` the number of its last.

    ``late`` is when it was first shown, where it had been kept back; None for nearly all.
    """

    told: Told
    clause: str
    occasion: UUID | None
    first_at: datetime
    last_at: datetime
    entries: int
    newest: int
    late: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """One page of occasions, newest first. ``first`` counts from 1; ``older`` says whether more follow."""

    lines: tuple[OpeningLine, ...]
    first: int
    older: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many occasions of each sort of actor there are, and since when; ``since`` is None where there is none."""

    by_sort: Mapping[str, int]
    since: datetime | None

    @property
    def all(self) -> int:
        """All of them."""
        return sum(self.by_sort.values())


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry. ``sealed`` says whether a signed head covers it, so that a receipt can be given; ``late`` as above."""

    number: int
    at: datetime
    told: Told
    clause: str
    sealed: bool
    late: datetime | None = None


def openings(key: Key, *, who: str = "all", page: int = 1, size: int = PAGE) -> OpeningPage:
    """A page of the person's occasions, of one sort or all. A page is a number, so that an address tells no time."""
    (person,) = key.subjects
    rows = _ask(_SELECT, [person, who, page * size + 1])
    here = rows[(page - 1) * size : page * size]
    return OpeningPage(
        lines=tuple(_line(row) for row in here), first=(page - 1) * size + 1, older=len(rows) > page * size
    )


def openings_since(key: Key, moment: datetime, *, at_most: int = 200) -> tuple[OpeningLine, ...]:
    """The newest occasions of ``moment`` or later, with what was entered of each since then."""
    (person,) = key.subjects
    return tuple(_line(row) for row in _ask(_SINCE, [person, "all", at_most, moment]))


def counts(key: Key) -> Counts:
    """How many occasions there are of each sort."""
    (person,) = key.subjects
    rows = _ask("select who, occasions, since from wellkept.ledger_opening_counts(%s)", [person])
    found = {who: occasions for who, occasions, _ in rows}
    return Counts(
        by_sort={sort: found.get(sort, 0) for sort in SORTS}, since=min((since for *_, since in rows), default=None)
    )


def entries(key: Key, occasion: UUID) -> tuple[EntryLine, ...]:
    """The entries of one occasion that name the person, newest first, at most 500; empty where none does."""
    (person,) = key.subjects
    about = _ask(_ABOUT, [person, occasion])
    rows = _ask(
        "select id, at, kind, role, actor, own, purpose, categories, reason, clause, sealed, late"
        " from wellkept.ledger_occasion_entries(%s, %s)",
        [person, occasion],
    )
    kind, label = about[0] if about else (None, None)
    return tuple(_entry((*row, kind, label)) for row in rows)


def entry(key: Key, number: int) -> EntryLine | None:
    """One entry that names the person; None where there is none."""
    (person,) = key.subjects
    rows = _ask(
        "select id, at, kind, role, actor, own, purpose, categories, reason, clause, false, null, occasion"
        " from wellkept.ledger_entry_of(%s, %s)",
        [person, number],
    )
    if not rows:
        return None
    *row, occasion = rows[0]
    about = _ask(_ABOUT, [person, occasion])
    return _entry((*row, *(about[0] if about else (None, None))))


def _line(row: Sequence[Any]) -> OpeningLine:
    (
        occasion,
        occasion_kind,
        label,
        kind,
        role,
        actor,
        own,
        purpose,
        clause,
        reason,
        categories,
        first,
        last,
        count,
        newest,
        late,
    ) = row
    told = Told(
        kind=kind, role=role, actor=actor or "", own=own, purpose=purpose or "", categories=tuple(categories),
        reason=reason or "", occasion_kind=occasion_kind or "", label=label or "",
    )  # fmt: skip
    return OpeningLine(
        told=told,
        clause=clause or "",
        occasion=occasion,
        first_at=first,
        last_at=last,
        entries=count,
        newest=newest,
        late=late,
    )


def _entry(row: Sequence[Any]) -> EntryLine:
    number, at, kind, role, actor, own, purpose, categories, reason, clause, sealed, late, occasion_kind, label = row
    told = Told(
        kind=kind, role=role, actor=actor or "", own=own, purpose=purpose or "", categories=tuple(categories),
        reason=reason or "", occasion_kind=occasion_kind or "", label=label or "",
    )  # fmt: skip
    return EntryLine(number=number, at=at, told=told, clause=clause or "", sealed=sealed, late=late)


def _ask(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
