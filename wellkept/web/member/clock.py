"""A request's clock as a page shows it (U-33)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.clocks.answers import AnswerClock, answer_clock, days_used, standing
from wellkept.policy import practices
from wellkept.rights.queries import RequestLine
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import Step

DAY_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Clocked:
    """A request with where its clock stands. ``ticks`` are the promised days as (left edge, class) of a drawing."""

    line: RequestLine
    title: str
    state: str
    words: str
    tone: str
    ticks: tuple[tuple[int, str], ...]
    steps: tuple[Step, ...]


def clocked(line: RequestLine) -> Clocked:
    """The request with its clock, where the operator works, now."""
    zone, now = ZoneInfo(serving.pack().time_zone), timezone.now()
    clock = answer_clock(line.asked_at, practices.number(serving.pack(), "answers_in_business_days"), zone)
    state = standing(clock, now=now, answered_at=line.answered_at)
    words, tone = said(state, line, clock)
    return Clocked(
        line=line, title=titles().get(line.kind, line.kind), state=state, words=words, tone=tone,
        ticks=ticks(clock, used=days_used(clock, now=line.answered_at or now, tz=zone), late=tone == "bad"),
        steps=(
            Step(_("Received"), day(clock.received_on), "done"),
            last_step(line, clock, state=state),
        ),
    )  # fmt: skip


def titles() -> dict[str, str]:
    """What each kind of request asks, as its heading."""
    return {
        "opening": _("Is this opening right?"),
        "copy": _("A copy of my record"),
        "correct": _("Something is wrong in my record"),
        "limit": _("Limit who may see my record"),
        "remove": _("Remove something of mine"),
        "question": _("A question about my privacy"),
        "escalation": _("Something our answer did not settle"),
    }


def said(state: str, line: RequestLine, clock: AnswerClock) -> tuple[str, str]:
    """Where the clock stands, in words, and its tone."""
    if line.answered_at is not None:
        on = {"day": day(line.answered_at)}
        return (
            (_("Answered on %(day)s") % on, "good")
            if state == "answered"
            else (_("Answered late, on %(day)s") % on, "bad")
        )
    if state == "broken":
        return _("Late: we promised an answer by %(day)s") % {"day": day(clock.due_on)}, "bad"
    return _("A person answers by %(day)s") % {"day": day(clock.due_on)}, "info"


def ticks(clock: AnswerClock, *, used: int, late: bool) -> tuple[tuple[int, str], ...]:
    """One box for each promised business day; those that have passed are filled."""
    filled = "late" if late else "on"
    return tuple((number * DAY_WIDTH, filled if number < used else "") for number in range(clock.days))


def last_step(line: RequestLine, clock: AnswerClock, *, state: str) -> Step:
    """The answer: given, or promised by a day."""
    if line.answered_at is not None:
        return Step(_("Answered"), moment_and_name(line.answered_at, line.answered_by), "done")
    days = ngettext("%(n)d business day after it came in", "%(n)d business days after it came in", clock.days)
    note = f"{day(clock.due_on)}, {days % {'n': clock.days}}"
    return Step(_("Answer is late, it was due by") if state == "broken" else _("A person answers by"), note, "now")


def moment_and_name(at: datetime, name: str) -> str:
    """The day of an answer and whose it is."""
    return f"{day(at)}, {name}" if name else day(at)
