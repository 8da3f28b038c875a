"""The representative's own calls of today.

Serves U-31, P-01, B-10. A name is opened for the call that goes on and for no other: an ended call opens nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.people.queries import identity
from wellkept.policy.words import Category
from wellkept.service.queries import CallLine, my_calls
from wellkept.web.desk import words
from wellkept.web.desk.frame import opened, seat
from wellkept.web.shell.values import Cell, Column, Table


def home(request: HttpRequest) -> HttpResponse:
    """The call that goes on, by name; the others of today without one."""
    here = seat(request)
    calls = my_calls(here.secret)
    now = next((line for line in calls if line.goes_on), None)
    caller = ""
    if now is not None:
        with opened(here, now, Category.IDENTITY) as key:
            caller = words.name(identity(key))
    given = {"now": now, "now_in_words": words.call_in_words(now) if now else "", "caller": caller, "past": past(calls)}
    return render(request, "desk/home.html", given)


def past(calls: list[CallLine]) -> Table | None:
    """The calls of today that have ended; None where there are none."""
    rows = [
        [
            Cell(words.call_in_words(line)),
            Cell(_("yes") if line.verified else _("no")),
            Cell(_("at %(hour)s") % {"hour": words.hour(line.ended)} if line.ended else _("after four hours")),
        ]
        for line in calls
        if not line.goes_on
    ]
    columns = (Column(_("Call")), Column(_("Caller verified")), Column(_("Ended")))
    return Table(_("Ended calls of the last twelve hours"), columns, rows) if rows else None
