"""Filling a form in, looking at it once more, sending it. What is begun lies sealed in the record, and nowhere else."""

from datetime import date
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from wellkept.access.queries import changed
from wellkept.benefits import told
from wellkept.benefits.prescribed import said
from wellkept.clocks.business import business_day_after
from wellkept.clocks.law import claim_due, special_enrolment_until
from wellkept.files import actions as papers
from wellkept.files import queries as files
from wellkept.policy import practices
from wellkept.policy.words import Key
from wellkept.service import cases
from wellkept.web.member.door import opened
from wellkept.web.member.prescribed import filled, refuse_strange
from wellkept.web.member.telling import SORTS, Sort, found, page, under
from wellkept.web.shell import serving

# What opens a special enrolment (45 CFR 146.117).
ENROLS: Final = frozenset({"birth", "adoption", "marriage", "loss"})


def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """The form, empty; then on to the papers."""
    sort = SORTS[kind]
    form = filled(request, sort.form)
    with opened(request, sort.form.category) as (key, _who):
        refuse_strange(form, request.POST)
        if request.method == "POST" and form.is_valid():
            number = told.begin(key, sort.form, form.answers(), collected_under=under(), now=timezone.now())
            changed(key, sort.form.category)
            return HttpResponseRedirect(sort.place(number, "papers/"))
    return page(request, "tell", sort, {"form": form}, status=400 if form.errors else 200)


def mend(request: HttpRequest, kind: str, number: UUID) -> HttpResponse:
    """The form with what was answered, while it was not sent."""
    sort = SORTS[kind]
    with opened(request, sort.form.category) as (key, _who):
        line = unsent(key, sort, number)
        form = filled(request, sort.form, before=line.answers)
        refuse_strange(form, request.POST)
        if request.method == "POST" and form.is_valid():
            told.mend(key, sort.form, number, form.answers())
            changed(key, sort.form.category)
            return HttpResponseRedirect(sort.place(number, "send/"))
    given = {"form": form, "cancel": sort.place(number, "send/")}
    return page(request, "tell", sort, given, status=400 if form.errors else 200)


def send(request: HttpRequest, kind: str, number: UUID) -> HttpResponse:
    """Everything once more; then it is sent, and becomes a case. A form that changed meanwhile is looked at first."""
    sort = SORTS[kind]
    with opened(request, sort.form.category) as (key, _who):
        line = unsent(key, sort, number)
        if line.form != sort.form:
            return HttpResponseRedirect(sort.place(number, "edit/"))
        if request.method == "POST":
            sent(key, sort, number)
            return HttpResponseRedirect(sort.place(number))
        attached = files.papers(key, number)
    given = {"line": line, "answers": said(line.form, line.answers), "papers": attached, "until": until(line)}
    return page(request, "tell_send", sort, given)


def until(line: told.ToldLine) -> date | None:
    """Until when, at the least, the plan must take such a request; None where no law says."""
    if line.form.name != "change" or line.answers.get("event") not in ENROLS:
        return None
    return special_enrolment_until(date.fromisoformat(line.answers["day"]))


def sent(key: Key, sort: Sort, number: UUID) -> None:
    """Send it with its papers and open the case, all in the opening's transaction."""
    if not told.send(key, sort.form, number, now=timezone.now()):
        raise Http404
    papers.keep(key, about=number)
    due_on = due(sort, serving.today(serving.pack()))
    cases.open_case(
        key, kind=sort.form.name, about=number, category=sort.form.category, due_on=due_on, collected_under=under()
    )
    changed(key, sort.form.category)


def due(sort: Sort, today: date) -> date:
    """The last day to decide: of a claim the law's, of anything else the one this operator chose."""
    if sort.form.name == "claim":
        return claim_due(today)
    return business_day_after(today, practices.number(serving.pack(), "cases_in_business_days"))


def discard(request: HttpRequest, kind: str, number: UUID) -> HttpResponse:
    """Throw away what was not sent, and its papers."""
    sort = SORTS[kind]
    with opened(request, sort.form.category) as (key, _who):
        unsent(key, sort, number)
        if request.method != "POST":
            return HttpResponseRedirect(sort.place(number, "send/"))
        papers.throw_all_away(key, about=number)
        told.throw_away(key, sort.form, number)
        changed(key, sort.form.category)
    return HttpResponseRedirect(sort.home)


def unsent(key: Key, sort: Sort, number: UUID) -> told.ToldLine:
    """One that was begun and not sent."""
    line = found(key, sort, number)
    if line.sent_at is not None:
        raise Http404
    return line
