"""How much of the promised time is left, in words and as a small clock (U-33)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.clocks.answers import answer_clock, days_used, standing
from wellkept.clocks.business import business_days_between
from wellkept.rights.work import WorkLine
from wellkept.web.shell.templatetags.shell import day

STEP: Final = 10
PART: Final = 8.5


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """``words`` say it; ``tone`` and ``parts`` (offset and class of each day) only draw it."""

    words: str
    tone: str
    parts: tuple[tuple[int, str], ...]

    @property
    def width(self) -> int:
        """How wide the drawing is, in its own units."""
        return STEP * len(self.parts)


def time_left(line: WorkLine, *, now: datetime, tz: ZoneInfo) -> TimeLeft:
    """The time left of a request. The days promised are those between its receipt and the day it is due."""
    received, today = line.asked_at.astimezone(tz).date(), now.astimezone(tz).date()
    clock = answer_clock(line.asked_at, business_days_between(received, line.due_on), tz)
    state = standing(clock, now=now, answered_at=line.answered_at)
    used = min(days_used(clock, now=line.answered_at or now, tz=tz), clock.days)
    last = "late" if state in ("broken", "alarm", "answered late") else "on"
    parts = tuple((n * STEP, ("on" if n < used - 1 else last) if n < used else "") for n in range(clock.days))
    if line.answered_at is not None:
        return (
            TimeLeft(_("answered late"), "bad", parts)
            if state == "answered late"
            else TimeLeft(_("answered in time"), "good", parts)
        )
    left = business_days_between(today, line.due_on)
    if state == "broken":
        return TimeLeft(_("overdue since %(day)s") % {"day": day(line.due_on)}, "bad", parts)
    if left == 0:
        return TimeLeft(_("today is the last day"), "warn", parts)
    words = ngettext("%(n)d business day", "%(n)d business days", left) % {"n": left}
    return TimeLeft(words, "warn" if state == "alarm" else "", parts)
