"""How soon privacy requests were answered: finished months, counted and withheld by the database itself.

Serves B-11. No row of any request comes this far.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

DAYS: Final = 6
"""Answers are told apart by business day, from day 0, the day a request came in, to day 5."""


@dataclass(frozen=True, slots=True)
class AnsweredMonth:
    """One month, which begins on ``month``, as it stood 15 days after its end.

    ``requests`` came in; ``by_day`` were answered on business day 0 to 5, ``later`` after that, and ``unanswered`` not
    by then. None is a count that is withheld.
    """

    month: date
    requests: int | None
    by_day: tuple[int | None, ...]
    later: int | None
    unanswered: int | None


def months() -> tuple[AnsweredMonth, ...]:
    """Each finished month since the first request, oldest first; none where nobody has asked for anything."""
    with connection.cursor() as cursor:
        cursor.execute("select month, requests, answered from wellkept.rights_months()")
        return tuple(_month(*row) for row in cursor.fetchall())


def _month(month: date, requests: int | None, answered: list[int | None]) -> AnsweredMonth:
    later, unanswered = answered[DAYS:]
    return AnsweredMonth(month, requests, tuple(answered[:DAYS]), later, unanswered)
