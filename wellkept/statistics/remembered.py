"""What a browser itself remembers of its visits: two days that many browsers share, and what they tell us.

Serves U-21, U-23, U-25. The value is "20261103.20261122": the first day of a visit in this month, and the last day.

- "first": the browser brought no such cookie, and was asked to keep today for both days. Nothing tells a browser that
  refuses from one that is new: it is counted again for each page. Firsts of a month are the size of its audience.
- "again": it brought one of this month whose last day is past, and was asked to keep today for it. Once a day.
- One whose last day is today is counted no more today.

So firsts and agains of a day are the visits of that day, a browser each; agains by both are the rate of return.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_FORM: Final = re.compile(r"([0-9]{8})\.([0-9]{8})")

LENGTH: Final = 17

FIRST: Final = "first"
AGAIN: Final = "again"
UNKNOWN: Final = "unknown"
"""A page read by a browser that asks for privacy: nothing tells one visit from the next."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page read is counted as, and the value that the browser is asked to keep."""

    counted: str
    value: str


def visit(value: str, today: date) -> Visit | None:
    """The visit that a page read begins; None where the browser was here today. A value we never wrote is dropped."""
    return _visit(value if len(value) == LENGTH else "", today)


@lru_cache(maxsize=1024)
def _visit(value: str, today: date) -> Visit | None:
    days = read(value, today)
    if days is None:
        return Visit(FIRST, written(today, today))
    first, last = days
    return None if last == today else Visit(AGAIN, written(first, today))


def read(value: str, today: date) -> tuple[date, date] | None:
    """First and last day; None unless both lie in this month up to today, in order."""
    found = _FORM.fullmatch(value)
    if found is None:
        return None
    try:
        first, last = (datetime.strptime(one, "%Y%m%d").date() for one in found.groups())  # noqa: DTZ007  (a day alone)
    except ValueError:
        return None
    return (first, last) if today.replace(day=1) <= first <= last <= today else None


def written(first: date, last: date) -> str:
    """Both days as the browser keeps them."""
    return f"{first:%Y%m%d}.{last:%Y%m%d}"


def ends(today: date, zone: ZoneInfo) -> datetime:
    """When the cookie ends: the month is over. The same moment for everyone."""
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(following, time(), zone)
