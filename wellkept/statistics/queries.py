"""How to read the totals: the finished months, what each says, and which pages are read most.

Serves U-21, U-22, U-45, P-22. A page reads finished months by functions of the database; only an administrator who is
signed in reads the month that is being counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from wellkept.statistics.values import named

Counts = Mapping[tuple[str, str], Mapping[str, int]]
"""Totals of a month by dimension and audience, and within it by value."""


@dataclass(frozen=True, slots=True)
class Times:
    """For one dimension and audience of a month: how often in each slot, and on each day."""

    slots: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What was counted in a month, small counts and all: for reports to withhold, and for no page to show."""

    month: date
    counts: Counts
    times: Mapping[tuple[str, str], Times]


@dataclass(frozen=True, slots=True)
class Run:
    """A process that counts now: when it last added what it had counted, and how often it does, in seconds."""

    added: datetime
    every: int


def finished() -> tuple[date, ...]:
    """The first day of every finished month in which anything was counted, oldest first."""
    return tuple(month for (month,) in _ask("select * from wellkept.statistics_finished()"))


def month(first: date) -> Month:
    """One finished month, with its times."""
    found = months(first, first)
    rows = _ask("select dimension, audience, slots, days from wellkept.statistics_times(%s)", first)
    return Month(first, found[0].counts if found else {}, _times(rows))


def months(first: date, last: date) -> tuple[Month, ...]:
    """The finished months from one to another, oldest first, without their times."""
    rows = _ask("select month, dimension, audience, value, n from wellkept.statistics_months(%s, %s)", first, last)
    found: dict[date, dict[tuple[str, str], dict[str, int]]] = {}
    for at, dimension, audience, value, n in rows:
        found.setdefault(at, {}).setdefault((dimension, audience), {})[value] = n
    return tuple(Month(at, found[at], {}) for at in sorted(found))


def so_far(secret: bytes, first: date) -> Month:
    """The month that is being counted, which begins on ``first``: nothing, save for an administrator's session."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    rows = _ask("select dimension, audience, value, n from wellkept.statistics_so_far(%s)", secret)
    for dimension, audience, value, n in rows:
        counts.setdefault((dimension, audience), {})[value] = n
    times = _ask("select dimension, audience, slots, days from wellkept.statistics_times_so_far(%s)", secret)
    return Month(first, counts, _times(times))


def counting(secret: bytes) -> tuple[Run, ...]:
    """The processes that count now, for the same reader; the one that added last comes first."""
    return tuple(Run(*row) for row in _ask("select added, every_seconds from wellkept.statistics_counting(%s)", secret))


def popular(since: date) -> tuple[str, ...]:
    """The routes of public pages, most read first, in the finished month that begins on ``since``.

    A page whose count is withheld in the report is not among them: an order would tell of it.
    """
    found = months(since, since)
    pages = found[0].counts.get(("pages", "public"), {}) if found else {}
    return tuple(part.name for part in named(pages).parts)


def _times(rows: Sequence[tuple[Any, ...]]) -> dict[tuple[str, str], Times]:
    return {(dimension, audience): Times(tuple(slots), tuple(days)) for dimension, audience, slots, days in rows}


def _ask(statement: str, *given: date | bytes) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
