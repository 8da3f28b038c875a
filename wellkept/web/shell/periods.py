"""Which month or year of a report is asked for, and the links to the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest

_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"[0-9]{4}")
LATEST: Final = 6
"""How many months have a link of their own; the others are reached by their year."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year: its first day, and how an address asks for it."""

    first: date
    year: bool

    @property
    def query(self) -> str:
        """The period as the query of an address."""
        return f"year={self.first.year}" if self.year else f"month={self.first:%Y-%m}"


def chosen(request: HttpRequest, finished: Sequence[date]) -> Period | None:
    """The period asked for by ``?month=2026-10`` or ``?year=2026``, else the last finished month; None without one.

    Raises ``Http404`` for what is no period, or holds no finished month.
    """
    month, year = request.GET.get("month"), request.GET.get("year")
    if month is None and year is None:
        return Period(finished[-1], year=False) if finished else None
    found = _asked(month, year)
    if found is None or not any(_within(found, one) for one in finished):
        raise Http404
    return found


def months(finished: Sequence[date], of: Period) -> list[Period]:
    """The months to offer, newest first: the latest, or those of the year that is looked at."""
    of_year = [one for one in finished if one.year == of.first.year]
    latest = list(finished[-LATEST:])
    return [Period(one, year=False) for one in reversed(latest if of.first in latest else of_year)]


def years(finished: Sequence[date]) -> list[Period]:
    """The years to offer, newest first."""
    return [Period(date(year, 1, 1), year=True) for year in sorted({one.year for one in finished}, reverse=True)]


def _asked(month: str | None, year: str | None) -> Period | None:
    if month is not None and year is None and (found := _MONTH.fullmatch(month)) and int(found[1]):
        return Period(date(int(found[1]), int(found[2]), 1), year=False)
    if year is not None and month is None and _YEAR.fullmatch(year) and int(year):
        return Period(date(int(year), 1, 1), year=True)
    return None


def _within(period: Period, month: date) -> bool:
    return month.year == period.first.year if period.year else month == period.first
