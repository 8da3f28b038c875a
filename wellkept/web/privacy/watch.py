"""Openings that stand out: each with its reason, looked into and closed by an officer it is not about.

Serves B-10. The list names nobody whose record it is; looking into one opens who it is, and that is entered.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.access import watching
from wellkept.access.watching import Alarm
from wellkept.ledger.sentences import plainly
from wellkept.people.queries import identity
from wellkept.policy.words import Category, Purpose
from wellkept.web.privacy import watch_words as words
from wellkept.web.privacy.frame import Office, office
from wellkept.web.privacy.watch_forms import Finding
from wellkept.web.shell import proving
from wellkept.web.shell.templatetags.shell import moment
from wellkept.web.shell.values import Cell, Column, Table

HOME = "privacy-watch"


def listed(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; then what was closed in 90 days."""
    here = office(request)
    found = watching.alarms(here.secret)
    unknown = sum(one.told_at is None for one in watching.colleagues(here.secret))
    given = {
        "waiting": waiting([one for one in found if one.closed_at is None]),
        "closed": closed([one for one in found if one.closed_at is not None]),
        "unknown": unknown,
    }
    return render(request, "privacy/watch.html", given)


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One opening that stood out: why, whose record, and what else was opened of it; with POST close it."""
    here = office(request)
    alarm = watching.alarm(here.secret, number)
    if alarm is None:
        raise Http404
    form = Finding(request.POST or None)
    if request.method == "POST" and not proving.recently(request):
        return proving.ask(request, HOME)
    if form.is_valid():
        said = watching.close(here.secret, number, form.cleaned_data["finding"])
        if said == "yes":
            return HttpResponseRedirect("/privacy/watch/")
        form.add_error(None, str(words.WHY_NOT[said]))
    given = {
        "alarm": alarm, "who": words.who(alarm.actor, alarm.role), "why": words.long(alarm), "form": form,
        "finding": words.FINDINGS.get(alarm.finding, ""), **record(here, alarm),
    }  # fmt: skip
    return render(request, "privacy/watch_one.html", given, status=400 if form.errors else 200)


def record(here: Office, alarm: Alarm) -> dict[str, object]:
    """Whose record it is and what else the same account entered of it; nothing where it is about no one record."""
    if alarm.subject is None:
        return {}
    categories = [Category.IDENTITY, Category.OPENINGS]
    with access.enter(here.secret, purpose=Purpose.OPERATIONS, categories=categories, subjects=[alarm.subject]) as key:
        entered = [(one.at, plainly(one.told)) for one in watching.about(key, here.secret, alarm.id)]
        return {"person": identity(key), "entered": entered}


def waiting(alarms: list[Alarm]) -> Table | None:
    """What waits, as a table; None where nothing does."""
    rows = [
        (
            Cell(words.short(one), href=f"/privacy/watch/{one.id}/"),
            Cell(words.who(one.actor, one.role)),
            Cell(moment(one.at)),
        )
        for one in alarms
    ]
    columns = [Column(one) for one in (_("Why it stands out"), _("Who opened"), _("When"))]
    return Table(_("Openings that stand out"), columns, rows) if rows else None


def closed(alarms: list[Alarm]) -> Table | None:
    """What was closed, as a table; None where nothing was."""
    rows = [
        (
            Cell(words.short(one), href=f"/privacy/watch/{one.id}/"),
            Cell(words.who(one.actor, one.role), note=moment(one.at)),
            Cell(str(words.FINDINGS[one.finding]), tone=words.TONES.get(one.finding, "good")),
            Cell(one.closed_actor, note=moment(one.closed_at)),
        )
        for one in alarms
    ]
    columns = [Column(one) for one in (_("Why it stood out"), _("Who opened"), _("Found"), _("Closed by"))]
    return Table(_("Closed in the last 90 days"), columns, rows) if rows else None
