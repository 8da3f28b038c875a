"""Who is near to whoever works here: entered by an officer, kept as hashes, compared by the watch alone.

Serves B-10. An officer's own is entered by another one.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import watching
from wellkept.access.watching import Colleague
from wellkept.web.privacy import watch_words as words
from wellkept.web.privacy.frame import office
from wellkept.web.privacy.watch_forms import Near
from wellkept.web.shell import proving
from wellkept.web.shell.templatetags.shell import day
from wellkept.web.shell.values import Cell, Column, Table

HOME = "privacy-near"


def staff(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and of whom it is known who is near to them."""
    here = office(request)
    return render(request, "privacy/near.html", {"table": table(watching.colleagues(here.secret))})


def one(request: HttpRequest, account: UUID) -> HttpResponse:
    """Enter it for one of them, over what stood."""
    here = office(request)
    found = next((each for each in watching.colleagues(here.secret) if each.account == account), None)
    if found is None:
        raise Http404
    if not proving.recently(request):
        return proving.ask(request, HOME)
    form = Near(request.POST or None)
    if form.is_valid():
        said = watching.know(here.secret, account, form.known())
        if said == "yes":
            return HttpResponseRedirect("/privacy/watch/staff/")
        form.add_error(None, str(words.WHY_NOT[said]))
    given = {"form": form, "one": found, "who": words.who(found.actor, found.role)}
    return render(request, "privacy/near_one.html", given, status=400 if form.errors else 200)


def table(staff_: tuple[Colleague, ...]) -> Table:
    """Everybody who works here, as a table."""
    rows = [
        (
            Cell(one.actor or _("No name"), href="" if one.mine else f"/privacy/watch/staff/{one.account}/"),
            Cell(words.who("", one.role)),
            Cell(_("Not known"), tone="warn")
            if one.told_at is None
            else Cell(
                _("Known"), note=_("%(by)s, %(day)s") % {"by": one.told_by, "day": day(one.told_at)}, tone="good"
            ),
        )
        for one in staff_
    ]
    return Table(_("Who works here"), [Column(one) for one in (_("Name"), _("Works as"), _("Who is near"))], rows)
