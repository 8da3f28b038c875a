"""Who works here, what waits for a second person, and what was decided. Serves U-30, U-31, P-01."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import staffing
from wellkept.accounts.staffing import Change, Works
from wellkept.web.shell.templatetags.shell import day, moment
from wellkept.web.shell.values import Cell, Column, Table
from wellkept.web.staff import words
from wellkept.web.staff.frame import place

SAID: Final = ("asked", "declined", "removed", "taken-back", "read", "changed")


def home(request: HttpRequest) -> HttpResponse:
    """Everybody who works here; above it what waits for whoever looks, and who was removed."""
    here = place(request)
    changes = staffing.changes(here.secret)
    said = request.GET.get("done", "")
    given = {
        "alone": here.alone,
        "people": people(here.people),
        "count": len(here.people),
        "others": [one for one in here.people if not one.mine],
        "waiting": [(one, words.asked(one), words.by(one)) for one in changes if one.outcome is None],
        "removed": [(one, words.asked(one), words.by(one)) for one in changes if unread(one)],
        "invitations": [(one, words.role(one.role)) for one in staffing.invitations(here.secret)],
        "done": said if said in SAID else "",
    }
    return render(request, "staff/home.html", given)


def unread(one: Change) -> bool:
    """Whether somebody else removed a person, and no other access administrator has said that they read it."""
    return one.kind == "take" and not one.told and not one.mine


def people(found: Sequence[Works]) -> Table:
    """Everybody who works here, as a table."""
    columns = [
        Column(_("Name that members read")), Column(_("Role")), Column(_("Since")), Column(_("Last signed in")),
        Column(_("Ways to sign in")),
    ]  # fmt: skip
    rows = [
        [
            Cell(one.actor, href="" if one.mine else f"/staff/{one.account}/", note=_("you") if one.mine else ""),
            Cell(words.role(one.role)),
            Cell(day(one.since)),
            Cell(day(one.last_in) if one.last_in else _("never")),
            Cell(words.way(one.ways)),
        ]
        for one in found
    ]
    return Table(caption=_("Who works here"), columns=columns, rows=rows)


def decided(request: HttpRequest) -> HttpResponse:
    """What was decided in the last 90 days, and by whom."""
    here = place(request)
    found = [one for one in staffing.changes(here.secret) if one.outcome is not None]
    columns = [Column(_("What")), Column(_("Who decided")), Column(_("When")), Column(_("Result"))]
    rows = [
        [
            Cell(words.asked(one)),
            Cell(words.by(one)),
            Cell(moment(one.decided_at or one.asked_at)),
            Cell(str(words.OUTCOMES[one.outcome][0]), tone=words.OUTCOMES[one.outcome][1]),
        ]
        for one in found
    ]
    table = Table(caption=_("What was decided"), columns=columns, rows=rows) if rows else None
    return render(request, "staff/decided.html", {"table": table})
