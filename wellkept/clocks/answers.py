"""The clock of a privacy request: the day it came in is day 0, and each promised day is a business day (U-33).

A person is reminded as day 2 begins, the privacy officer is alarmed as day 3 ends, and the promise is broken when the
last day ends without an answer.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wellkept.clocks.business import business_day_after, business_days_between

REMINDED_AS_DAY_BEGINS = 2
ALARMED_AS_DAY_ENDS = 3


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """The days and moments of one request. ``due_on`` is the last day; the three moments are in UTC."""

    received_on: date
    due_on: date
    days: int
    reminder_at: datetime
    alarm_at: datetime
    breach_at: datetime


def answer_clock(received_at: datetime, days: int, tz: ZoneInfo) -> AnswerClock:
    """The clock of something received at that moment and promised within ``days`` business days of the zone ``tz``."""
    received_on = received_at.astimezone(tz).date()
    due_on = business_day_after(received_on, days)
    return AnswerClock(
        received_on=received_on,
        due_on=due_on,
        days=days,
        reminder_at=begins(business_day_after(received_on, REMINDED_AS_DAY_BEGINS), tz),
        alarm_at=ends(business_day_after(received_on, ALARMED_AS_DAY_ENDS), tz),
        breach_at=ends(due_on, tz),
    )


def answer_due(received_at: datetime, days: int, tz: ZoneInfo) -> date:
    """The last business day on which an answer keeps the promise."""
    return answer_clock(received_at, days, tz).due_on


def standing(clock: AnswerClock, *, now: datetime, answered_at: datetime | None = None) -> str:
    """``answered``, ``answered late``, ``broken``, ``alarm``, ``reminder`` or ``open``."""
    if answered_at is not None:
        return "answered" if answered_at < clock.breach_at else "answered late"
    reached = {"broken": clock.breach_at, "alarm": clock.alarm_at, "reminder": clock.reminder_at}
    return next((name for name, moment in reached.items() if now >= moment), "open")


def days_used(clock: AnswerClock, *, now: datetime, tz: ZoneInfo) -> int:
    """On which day of the clock it is: 0 on the day of receipt, and no more than one past the last."""
    return min(business_days_between(clock.received_on, now.astimezone(tz).date()), clock.days + 1)


def begins(day: date, tz: ZoneInfo) -> datetime:
    """The moment a day begins in a zone."""
    return datetime.combine(day, time.min, tzinfo=tz).astimezone(UTC)


def ends(day: date, tz: ZoneInfo) -> datetime:
    """The moment a day ends in a zone: the one at which the next begins."""
    return begins(day + timedelta(days=1), tz)
