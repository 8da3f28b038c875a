"""Other insurance: what I said of it and when, saying it anew, and confirming it once a year (U-29, U-43)."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from wellkept.access.queries import changed
from wellkept.benefits import told
from wellkept.benefits.prescribed import OTHER, said
from wellkept.benefits.told import ToldLine
from wellkept.policy.words import Category, Key
from wellkept.service import cases
from wellkept.web.member.door import opened
from wellkept.web.member.prescribed import filled, refuse_strange
from wellkept.web.member.sending import due
from wellkept.web.member.telling import SORTS, page, state, steps, under
from wellkept.web.shell import serving

A_YEAR: Final = timedelta(days=365)


def other_insurance(request: HttpRequest) -> HttpResponse:
    """What I said last, and the form to say it anew; what is not new is only confirmed."""
    with opened(request, Category.COVERAGE) as (key, _who):
        last = next((line for line in told.told(key, OTHER) if line.sent_at), None)
        form = filled(request, OTHER, before=last.answers if last else None)
        refuse_strange(form, request.POST, "confirm")
        if request.method == "POST" and last is not None and "confirm" in request.POST:
            tell(key, dict(last.answers), last)
            return HttpResponseRedirect("/member/other-insurance/")
        if request.method == "POST" and form.is_valid():
            tell(key, form.answers(), last)
            return HttpResponseRedirect("/member/other-insurance/")
        case = cases.case(key, last.id) if last else None
    given: dict[str, object] = {"form": form, "last": last, "case": case}
    if last is not None and last.sent_at is not None:
        given |= {"answers": said(last.form, last.answers), "has": last.answers.get("has") == "yes"}
        given |= {"old": last.sent_at < timezone.now() - A_YEAR, "until": last.sent_at + A_YEAR}
    if case is not None:
        given |= {"status": state(case), "steps": steps(case)}
    return page(request, "told_other_insurance", SORTS["other_insurance"], given, status=400 if form.errors else 200)


def tell(key: Key, answers: dict[str, str], last: ToldLine | None) -> None:
    """Keep it as told now. Coverage that is new, other than before, or over becomes a case; a confirmation does not."""
    number = told.begin(key, OTHER, answers, collected_under=under(), now=timezone.now())
    told.send(key, OTHER, number, now=timezone.now())
    before = dict(last.answers) if last else {"has": "none"}
    if answers != before:
        sort = SORTS["other_insurance"]
        cases.open_case(
            key, kind=OTHER.name, about=number, category=OTHER.category, collected_under=under(),
            due_on=due(sort, serving.today(serving.pack())),
        )  # fmt: skip
    changed(key, Category.COVERAGE)
