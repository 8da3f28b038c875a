"""The desk's work list: what waits, in the order it is done, with neither a name nor a word of anybody.

Serves R-15, U-31, P-01. Two hundred cases stand on one page: what is said of many of them is put into words once.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wellkept.accounts.own import alarms
from wellkept.service import cases as work
from wellkept.service.cases import WorkLine
from wellkept.web.desk.cases import KINDS, STATES, following
from wellkept.web.desk.frame import seat
from wellkept.web.desk.time_left import days_left, hours_left
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day


def listed(request: HttpRequest) -> HttpResponse:
    """What one works on oneself; what waits for somebody; what colleagues work on: each in the order it is done."""
    here = seat(request)
    lines, today, now = work.work(here.secret), serving.today(serving.pack()), timezone.now()
    given = {
        "mine": list(rows((line for line in lines if line.mine), today, now)),
        "waiting": list(rows((line for line in lines if not line.actor), today, now)),
        "others": list(rows((line for line in lines if line.actor and not line.mine), today, now)),
        "most": work.MOST if len(lines) >= work.MOST else None,
        "alarms": sum(one.done_at is None for one in alarms(here.secret)),
    }
    return render(request, "desk/cases.html", given)


def rows(lines: Iterable[WorkLine], today: date, now: datetime) -> Iterator[dict[str, str]]:
    """Cases of the list in words: what each is, what comes next, how far it is, how much time is left."""
    zone, came_in, still = (
        ZoneInfo(serving.pack().time_zone),
        _("came in %(came)s, due %(due)s"),
        _("the days stand still"),
    )
    kinds = {kind: str(word) for kind, word in KINDS.items()}
    states = {state: (str(word), tone) for state, (word, tone) in STATES.items()}
    written, said, left_until = cache(day), cache(lambda step, kind: str(following(step, kind))), cache(days_left)
    for line in lines:
        came = came_in % {"came": written(line.opened_at.astimezone(zone).date()), "due": written(line.due_on)}
        left, hurry = hours_left(line.due_at, now) if line.due_at else left_until(line.due_on, today)
        state, tone = states[line.state]
        yield {
            "id": str(line.id), "number": line.number, "kind": kinds[line.kind],
            "next": said(line.next_step, line.kind), "state": state, "tone": tone,
            "came": came if line.mine or not line.actor else f"{came}, {line.actor}",
            "left": still if line.still else left, "hurry": "" if line.still else hurry,
        }  # fmt: skip
