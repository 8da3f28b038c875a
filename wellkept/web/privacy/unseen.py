"""Inquiries into fraud and legal processes: asked by one officer, decided by another, shown when they end.

Serves B-03.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wellkept.access import queries as access
from wellkept.access import unseen
from wellkept.access.unseen import Inquiry
from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimPage, CoverageLine
from wellkept.intake.naming import Hashes
from wellkept.people.queries import identity
from wellkept.policy.words import Category, Purpose
from wellkept.vault.queries import operator_key
from wellkept.web.privacy import watch_words as words
from wellkept.web.privacy.frame import Office, office
from wellkept.web.privacy.watch_forms import Ask
from wellkept.web.shell import proving, serving
from wellkept.web.shell.templatetags.shell import day, money
from wellkept.web.shell.values import Cell, Column, Pager, Table

HOME = "privacy-unseen"
OPENED = (Category.IDENTITY, Category.COVERAGE, Category.CLAIMS)


def listed(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what is in force, and what has ended."""
    here = office(request)
    found = unseen.inquiries(here.secret)
    return render(request, "privacy/unseen.html", {"table": table(found)})


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an inquiry, from a paper. Nothing opens before another officer has decided."""
    here = office(request)
    if request.method != "POST" and not proving.recently(request):
        return proving.ask(request, HOME)
    form = Ask(request.POST or None, today=serving.today(serving.pack()))
    if form.is_valid():
        told = form.cleaned_data
        hashes = Hashes(index=operator_key("index"), roster=b"")
        index = hashes.by_card(told["number"], told["birth_date"].isoformat())
        said = unseen.ask(here.secret, kind=form.kind, index=index, paper=form.based_on())
        if said == "yes":
            return HttpResponseRedirect("/privacy/unseen/")
        form.add_error(None, str(words.WHY_NOT[said]))
    return render(request, "privacy/unseen_ask.html", {"form": form}, status=400 if form.errors else 200)


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One inquiry: what it rests on; for the second person the decision, for whoever asked the record."""
    here = office(request)
    found = inquiry(here, number)
    state, tone = words.state(found)
    given = {
        "one": found, "kind": words.KINDS[found.kind], "paper": words.PAPERS[found.paper], "state": state, "tone": tone,
        "may_open": found.mine and found.in_force, "waits": not found.outcome,
    }  # fmt: skip
    return render(request, "privacy/unseen_one.html", given)


@require_POST
def decide(request: HttpRequest, number: UUID) -> HttpResponse:
    """Grant, decline, withdraw, or end it; which of them the button says."""
    here = office(request)
    inquiry(here, number)
    if not proving.recently(request):
        return proving.ask(request, HOME)
    act = request.POST.get("act", "")
    if act == "end":
        said = "yes" if unseen.end(here.secret, number) else "no"
    elif act in ("grant", "decline"):
        said = unseen.decide(here.secret, number, grant=act == "grant")
    else:
        said = "no"
    if said == "yes":
        return HttpResponseRedirect(f"/privacy/unseen/{number}/")
    return render(request, "privacy/unseen_not.html", {"number": number, "why": words.WHY_NOT[said]}, status=409)


def record(request: HttpRequest, number: UUID) -> HttpResponse:
    """The record, for whoever asked, while the inquiry is in force. Each look is entered, and shown when it ends."""
    here = office(request)
    found, subject = inquiry(here, number), unseen.subject(here.secret, number)
    if subject is None:
        raise Http404
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < len("10000") else 1
    purpose = Purpose.FRAUD if found.kind == "fraud" else Purpose.LEGAL
    with access.enter(here.secret, purpose=purpose, categories=OPENED, subjects=[subject], occasion=number) as key:
        person, lines, claims = identity(key), benefits.coverage(key), benefits.claims(key, page=max(1, page))
    given = {
        "one": found, "kind": words.KINDS[found.kind], "person": person, "coverage": coverage(lines),
        "claims": claimed(claims), "pager": pager(claims, number=max(1, page)),
    }  # fmt: skip
    return render(request, "privacy/unseen_record.html", given)


def inquiry(here: Office, number: UUID) -> Inquiry:
    """An inquiry of the list; raises ``Http404`` where there is none."""
    found = next((each for each in unseen.inquiries(here.secret) if each.id == number), None)
    if found is None:
        raise Http404
    return found


def table(found: tuple[Inquiry, ...]) -> Table | None:
    """The inquiries as a table; None where there is none."""
    rows = [
        (
            Cell(str(words.KINDS[one.kind]), href=f"/privacy/unseen/{one.id}/", note=one.reference),
            Cell(words.state(one)[0], tone=words.state(one)[1]),
            Cell(one.asked_actor, note=day(one.asked_at)),
            Cell(one.decided_actor or _("nobody yet"), note=day(one.decided_at) if one.decided_actor else ""),
        )
        for one in found
    ]
    columns = [Column(one) for one in (_("Inquiry"), _("State"), _("Asked by"), _("Decided by"))]
    return Table(_("Inquiries into fraud, and legal processes"), columns, rows) if rows else None


def coverage(lines: tuple[CoverageLine, ...]) -> Table | None:
    """Coverage as a table; None where there is none."""
    rows = [
        (Cell(one.kind), Cell(one.sponsor or _("not stated")), Cell(day(one.begins_on) or _("not stated")),
         Cell(day(one.ends_on) or _("goes on")))
        for one in lines
    ]  # fmt: skip
    columns = [Column(one) for one in (_("Coverage"), _("Plan of"), _("First day"), _("Last day"))]
    return Table(_("Coverage"), columns, rows) if rows else None


def claimed(page: ClaimPage) -> Table | None:
    """A page of claims as a table; None where there is none."""
    rows = [
        (Cell(one.provider or _("Provider not stated"), note=day(one.served_from) or _("day not stated")),
         Cell(money(one.billed)), Cell(money(one.paid)))
        for one in page.lines
    ]  # fmt: skip
    columns = [Column(_("Care by")), Column(_("Billed"), numeric=True), Column(_("Plan paid"), numeric=True)]
    return Table(_("Claims"), columns, rows) if rows else None


def pager(page: ClaimPage, *, number: int) -> Pager | None:
    """Where a page of claims stands; None where all are on it."""
    if page.first == 1 and page.last >= page.total:
        return None
    return Pager(
        first=page.first, last=page.last, total=page.total,
        newer=f"?page={number - 1}" if number > 1 else "",
        older=f"?page={number + 1}" if page.last < page.total else "",
    )  # fmt: skip
