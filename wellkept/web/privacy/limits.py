"""Restrictions people ask for: the list by time left, and the decision, which a person makes (R-04; 45 CFR 164.522(a)).

Each look is entered and stands in the person's list. What was paid for in full must be granted, and the database
takes no other answer.
"""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.access import queries as access
from wellkept.consent import restrictions
from wellkept.consent.restrictions import Limit, LimitLine, Sort
from wellkept.ledger.sentences import CATEGORIES
from wellkept.notices import news
from wellkept.people.queries import identity
from wellkept.policy import packs
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category, Key, Purpose
from wellkept.rights.work import WorkLine
from wellkept.web.privacy.frame import office
from wellkept.web.privacy.time_left import TimeLeft, time_left
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form

HERE = "/privacy/limits/"
LONGEST = 2000

WHOM: dict[Sort, str | Promise] = {
    Sort.MEMBER: gettext_lazy("For those covered with the person"),
    Sort.REPRESENTATIVE: gettext_lazy("For customer service"),
    Sort.RECIPIENT: gettext_lazy("For anybody outside, for payment or for running the plan"),
    Sort.PAID: gettext_lazy("One claim the person paid for in full"),
}


class Decision(Form):
    """Granted or not, and why, in words for the person."""

    asks = Asks(
        "restriction decided", "2026-11", "privacy", {"decision": ONCE, "words": "consent_restriction.answer"},
        why=gettext_lazy("You decide, and the person reads your words."),
    )  # fmt: skip

    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            ("grant", gettext_lazy("Grant it: it counts from now on")),
            ("decline", gettext_lazy("Do not grant it")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea({"maxlength": LONGEST}),
        help_text=gettext_lazy("The person reads it as it stands."),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """One as the list shows it."""

    line: LimitLine
    whom: str
    what: str
    left: TimeLeft


def limits(request: HttpRequest) -> HttpResponse:
    """What waits, the least time first, then what was decided in the last 30 days."""
    here = office(request)
    lines = [waiting(line) for line in restrictions.work(here.secret)]
    given = {
        "open": [one for one in lines if not one.line.decided_at],
        "decided": [one for one in lines if one.line.decided_at],
    }
    return render(request, "privacy/limits.html", given)


def limit(request: HttpRequest, number: UUID) -> HttpResponse:
    """One of them, opened; with POST decided, once."""
    here = office(request)
    line = next((one for one in restrictions.work(here.secret) if one.id == number), None)
    if line is None:
        raise Http404
    form = Decision(request.POST or None)
    with access.enter(
        here.secret, purpose=Purpose.OPERATIONS, categories=[Category.IDENTITY, Category.REQUESTS],
        subjects=[line.person],
    ) as key:  # fmt: skip
        if request.method == "POST" and form.is_valid() and decided(key, line, form):
            return HttpResponseRedirect(HERE)
        asked, who = found(key, number), identity(key)
    given = {"one": waiting(line), "asked": asked, "person": who, "form": form}
    return render(request, "privacy/limit.html", given, status=400 if form.errors else 200)


def found(key: Key, number: UUID) -> Limit:
    """What the person asked, with their words."""
    one = next((one for one in restrictions.limits(key) if one.id == number), None)
    if one is None:
        raise Http404
    return one


def decided(key: Key, line: LimitLine, form: Decision) -> bool:
    """Whether it is decided, now or before; the form says where it may not be refused. The person gets news of it."""
    given = form.cleaned_data
    done = restrictions.decide(
        key, person=line.person, number=line.id, granted=given["decision"] == "grant", answer=given["words"]
    )
    if done == "must":
        form.add_error("decision", _("The plan paid nothing for it: the law asks us to grant it."))
        return False
    if done == "done":
        news.add(
            key, person=line.person, kind="answers", about=line.id, category=Category.REQUESTS,
            collected_under=packs.now_in_force(serving.pack()).version,
        )  # fmt: skip
    return True


def waiting(line: LimitLine) -> Waiting:
    """One with its words and its clock."""
    clocked = WorkLine(
        person=line.person, id=line.id, kind="limit", entry=None, asked_at=line.asked_at, due_on=line.due_on,
        answered_at=line.decided_at,
    )  # fmt: skip
    left = time_left(clocked, now=timezone.now(), tz=ZoneInfo(serving.pack().time_zone))
    what = str(CATEGORIES[Category(line.opens)]) if line.opens else ""
    return Waiting(line=line, whom=str(WHOM[line.sort]), what=what, left=left)
