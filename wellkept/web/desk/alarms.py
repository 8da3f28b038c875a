"""Who said "this was not me": the number they will say on the phone, and whether somebody has seen to it (U-30).

The list has neither a name nor an account. Whoever calls is found and verified as every caller is.
"""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.accounts import events, own
from wellkept.accounts.own import Alarm
from wellkept.ledger.sentences import ROLES
from wellkept.policy.kinds import Words
from wellkept.policy.words import Role
from wellkept.web.desk.frame import seat

HERE: Final = "/desk/alarms/"


def listed(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; then those of a week that were seen to."""
    here = seat(request)
    found = own.alarms(here.secret)
    given = {
        "waiting": [row(one) for one in found if one.done_at is None],
        "done": [row(one) for one in found if one.done_at is not None],
    }
    return render(request, "desk/alarms.html", given)


def done(request: HttpRequest, alarm: UUID) -> HttpResponse:
    """Say that one was seen to."""
    here = seat(request)
    if request.method == "POST":
        own.alarm_done(here.secret, alarm)
    return HttpResponseRedirect(HERE)


def row(one: Alarm) -> tuple[Alarm, Words, Words]:
    """An alarm, in what capacity whoever raised it acts, and what it was about."""
    kind = events.NAMED.get(one.about)
    return one, ROLES[Role(one.role)], kind.sentence if kind else ""
