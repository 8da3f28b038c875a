"""What a report says: finished figures, in which small counts are already withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from wellkept.statistics import withheld

ALL: Final = ""
"""The audience of a figure that is of no door."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a total; ``count`` is None where it is withheld."""

    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Division:
    """A total and its parts. ``total`` is None where it is withheld; ``rest`` is what withheld parts come to."""

    total: int | None
    parts: tuple[Part, ...]
    rest: int = 0

    def of(self, name: str) -> int | None:
        """The count of one part; None where it is withheld or there is none."""
        return next((part.count for part in self.parts if part.name == name), None)


NOTHING: Final = Division(0, ())
UNKNOWN: Final = Division(None, ())


def fixed(counts: Mapping[str, int]) -> Division:
    """A total in parts that everyone knows: each is listed, in the order given, withheld or not."""
    return _divided(counts, tuple(Part(*one) for one in zip(counts, withheld.parts([*counts.values()]), strict=True)))


def named(counts: Mapping[str, int]) -> Division:
    """A total in parts of which nobody knows all: those not withheld are listed, the greatest first."""
    some = {name: count for name, count in counts.items() if count > 0}
    shown = [Part(*one) for one in zip(some, withheld.parts([*some.values()] or [0]), strict=False)]
    listed = sorted((part for part in shown if part.count), key=lambda part: (-(part.count or 0), part.name))
    return _divided(some, tuple(listed))


def _divided(counts: Mapping[str, int], parts: tuple[Part, ...]) -> Division:
    whole = sum(counts.values())
    total = withheld.total(whole)
    rest = whole - sum(part.count or 0 for part in parts) if total is not None else 0
    return Division(total, parts, rest)


def added(divisions: Sequence[Division], *, order: bool) -> Division:
    """What several printed divisions come to: only what each of them prints is added up.

    ``order`` puts the greatest first; else the parts keep their order. A part that none of them prints stays withheld.
    """
    sums: dict[str, int | None] = {}
    for part in (part for division in divisions for part in division.parts):
        before = sums.get(part.name)
        sums[part.name] = before if part.count is None else (before or 0) + part.count
    totals = [division.total for division in divisions if division.total is not None]
    parts = [Part(name, count) for name, count in sums.items()]
    listed = sorted(parts, key=lambda part: (-(part.count or 0), part.name)) if order else parts
    return Division(sum(totals) if totals or not divisions else None, tuple(listed), sum(one.rest for one in divisions))


@dataclass(frozen=True, slots=True)
class Week:
    """The days of one week, Monday first, that lie in a month. None is a count that is withheld."""

    first: date
    last: date
    count: int | None
    days: tuple[tuple[date, int | None], ...]


def weeks(month: date, days: Sequence[int]) -> tuple[Week, ...]:
    """A month by weeks and each week by days. Days of a week whose own count is withheld are withheld too."""
    dated = [(month + timedelta(days=at), count) for at, count in enumerate(days)]
    grouped: dict[date, list[tuple[date, int]]] = {}
    for day, count in dated:
        grouped.setdefault(day - timedelta(days=day.weekday()), []).append((day, count))
    shown = withheld.parts([sum(count for _day, count in week) for week in grouped.values()])
    return tuple(_week(week, count) for week, count in zip(grouped.values(), shown, strict=True))


def _week(days: list[tuple[date, int]], count: int | None) -> Week:
    shown = withheld.parts([n for _day, n in days]) if count is not None else (None,) * len(days)
    return Week(days[0][0], days[-1][0], count, tuple(zip((day for day, _n in days), shown, strict=True)))
