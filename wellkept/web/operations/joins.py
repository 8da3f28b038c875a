"""Two records side by side: joined by two administrators, told apart or unjoined by one.

Serves U-43, P-19. Each look opens both records, and each of the two people reads it.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.organisations.queries import PlanLine, plans
from wellkept.people import joins
from wellkept.people.queries import Identity, identities
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Purpose
from wellkept.web.operations.frame import place
from wellkept.web.shell.forms import Form

LIST: Final = "/operations/records/"
LONGEST: Final = 500
SEEN_AGAIN: Final = gettext_lazy("This was decided meanwhile, or you looked too long ago. Please look again.")


class Join(Form):
    """Why two records are one human's."""

    asks = Asks("join", "2026-11", "identity", {"why": "people_join.reason"})

    why = forms.CharField(
        label=gettext_lazy("Why they are one person"),
        max_length=LONGEST,
        widget=forms.Textarea({"maxlength": LONGEST, "rows": 4}),
        help_text=gettext_lazy("The person reads it in both records."),
    )


def pair(request: HttpRequest, number: UUID) -> HttpResponse:
    """The two records of a pair: ask that they be joined, or say that they are two humans."""
    here = place(request)
    both = joins.pair(here.secret, number)
    if both is None:
        raise Http404
    apart = request.method == "POST" and "apart" in request.POST
    form = Join(request.POST if request.method == "POST" and not apart else None)
    with access.enter(
        here.secret, purpose=Purpose.MEMBER_ADMINISTRATION, categories=[Category.IDENTITY], subjects=both
    ) as key:
        if apart:
            return decided(done=joins.tell_apart(here.secret, number))
        if form.is_valid():
            return decided(done=joins.ask_join(here.secret, key, why=form.cleaned_data["why"]) is not None)
        given = {"form": form, "people": beside(identities(key), both)}
    return render(request, "operations/pair.html", given, status=400 if form.errors else 200)


def join(request: HttpRequest, number: UUID) -> HttpResponse:
    """A join that waits or holds: confirm it as the second person, or end it."""
    here = place(request)
    line = next((one for one in joins.joins(here.secret) if one.id == number and one.ended_at is None), None)
    told = joins.join(here.secret, number)
    if line is None or told is None:
        raise Http404
    if request.method == "POST" and "end" in request.POST:
        return decided(done=joins.end(here.secret, number))
    one, other, sealed = told
    with access.enter(
        here.secret, purpose=Purpose.MEMBER_ADMINISTRATION, categories=[Category.IDENTITY], subjects=[one, other]
    ) as key:
        if request.method == "POST":
            return decided(done=joins.confirm(here.secret, number))
        given = {
            "line": line,
            "people": beside(identities(key), (one, other)),
            "why": joins.reason(key, person=one, number=number, sealed=sealed),
        }
    return render(request, "operations/join.html", given)


def plan(one: PlanLine) -> str:
    """A plan by its sponsor and group."""
    return _("%(sponsor)s, group %(group)s") % {"sponsor": one.sponsor, "group": one.group_number}


def decided(*, done: bool) -> HttpResponse:
    """Back to the list; raises ``ValidationError`` where nothing was decided."""
    if not done:
        raise ValidationError(str(SEEN_AGAIN))
    return HttpResponseRedirect(LIST)


def beside(people: dict[UUID, Identity], both: Sequence[UUID]) -> list[dict[str, object]]:
    """The records side by side, with what tells them apart."""
    known = [people[person] for person in both if person in people]
    named = plans([one.plan_id for one in known if one.plan_id])
    return [
        {
            "name": one.full or _("no name on file"),
            "born": one.birth_date,
            "number": one.member_number or _("not told"),
            "plan": plan(named[one.plan_id]) if one.plan_id in named else _("not told"),
            "state": one.state or _("not told"),
        }
        for one in known
    ]
