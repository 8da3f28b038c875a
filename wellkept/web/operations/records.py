"""Records that may be of one human, joins that wait or hold, and records being split. Numbers and decisions, no names.

Serves U-43, P-19.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.people import joins
from wellkept.people.joins import JoinLine, SplitLine
from wellkept.web.operations.frame import place
from wellkept.web.shell.templatetags.shell import moment


def records(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided lately."""
    here = place(request)
    lines = joins.joins(here.secret)
    given = {
        "pairs": joins.pairs(here.secret),
        "waiting": [one for one in lines if one.confirmed_at is None and one.ended_at is None],
        "holding": [one for one in lines if one.confirmed_at is not None and one.ended_at is None],
        "ended": [(one, ended(one)) for one in lines if one.ended_at is not None],
        "splits": [(one, stands(one)) for one in joins.splits(here.secret)],
    }
    return render(request, "operations/records.html", given)


def ended(one: JoinLine) -> str:
    """How a join ended."""
    words = {"at": moment(one.ended_at), "who": one.ended_actor or _("A member")}
    if one.confirmed_at is None:
        return _("%(who)s declined it on %(at)s.") % words
    return _("%(who)s ended it on %(at)s.") % words


def stands(one: SplitLine) -> tuple[str, str]:
    """Where a split stands, and the tone of it."""
    if one.ended_at:
        return _("Dropped"), ""
    if one.done_at:
        return _("Done"), "good"
    if one.asked_at:
        return _("%(done)d of %(parts)d parts moved") % {"done": one.parts_done, "parts": one.parts}, "old"
    return _("Parts are being chosen"), "warn"
