"""I ask that something of my record is restricted, and end it again (R-04; 45 CFR 164.522(a))."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimLine
from wellkept.clocks.answers import answer_due
from wellkept.consent import restrictions
from wellkept.consent.restrictions import Sort
from wellkept.policy import packs, practices
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Key
from wellkept.web.member import wording
from wellkept.web.member.choices import HERE, WHOM
from wellkept.web.member.door import opened, page, secret
from wellkept.web.shell import naming, serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.templatetags.shell import money

LONGEST: Final = 1000
SHOWN: Final = 50


def added() -> forms.CharField:
    """What the person adds, if they wish."""
    return forms.CharField(
        label=gettext_lazy("Do you want to add something?"),
        help_text=gettext_lazy("You need not say why."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
    )


class Restriction(Form):
    """For whom, and what."""

    asks = Asks(
        "restriction", "2026-11", "sharing",
        {
            "sort": "consent_restriction.sort",
            "opens": "consent_restriction.opens",
            "words": "consent_restriction.words",
        },
    )  # fmt: skip

    sort = forms.ChoiceField(
        label=gettext_lazy("Who should not see it?"),
        widget=forms.RadioSelect,
        choices=[(one.value, WHOM[one]) for one in Sort if one is not Sort.PAID],
    )
    opens = forms.MultipleChoiceField(
        label=gettext_lazy("What should they not see?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Category.COVERAGE, gettext_lazy("My coverage")),
            (Category.CLAIMS, gettext_lazy("My claims, without sensitive care")),
            (Category.SENSITIVE_CLAIMS, gettext_lazy("My sensitive claims")),
        ],
    )
    words = added()


class Paid(Form):
    """Which claim the person paid for in full."""

    asks = Asks(
        "paid in full", "2026-11", "sharing",
        {"claim": "consent_restriction.about", "words": "consent_restriction.words"},
    )  # fmt: skip

    claim = forms.ChoiceField(label=gettext_lazy("Which claim is it?"), widget=forms.RadioSelect)
    words = added()

    def __init__(self, *given: Any, lines: Sequence[ClaimLine], **named: Any) -> None:  # noqa: ANN401 (passed on)
        super().__init__(*given, **named)
        claim = self.fields["claim"]
        assert isinstance(claim, forms.ChoiceField)  # noqa: S101  (tells the type checker which kind it is)
        claim.choices = [(str(line.id), called(line)) for line in lines]


def restrict(request: HttpRequest) -> HttpResponse:
    """The form; each kind of data is a restriction of its own, to be decided and ended by itself."""
    form = Restriction(request.POST or None)
    with opened(request, Category.REQUESTS) as (key, _who):
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            made = [
                ask(key, sort=Sort(given["sort"]), opens=Category(one), about=None, words=given["words"])
                for one in given["opens"]
            ]
            if any(made):
                return HttpResponseRedirect(f"{HERE}?done=asked")
            form.add_error(None, standing())
    return page(request, "restrict", {"form": form}, status=400 if form.errors else 200)


def paid(request: HttpRequest) -> HttpResponse:
    """The same for one claim whose care the person paid for in full."""
    with opened(request, Category.REQUESTS, Category.CLAIMS, Category.SENSITIVE_CLAIMS) as (key, _who):
        lines = benefits.claims(key, size=SHOWN).lines
        form = Paid(request.POST or None, lines=lines)
        if request.method == "POST" and form.is_valid():
            about = UUID(form.cleaned_data["claim"])
            if ask(key, sort=Sort.PAID, opens=None, about=about, words=form.cleaned_data["words"]):
                return HttpResponseRedirect(f"{HERE}?done=asked")
            form.add_error("claim", standing())
    return page(request, "paid", {"form": form, "any": bool(lines)}, status=400 if form.errors else 200)


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """End one. What is not the reader's own, or has ended, is not there."""
    secret(request)
    if request.method == "POST":
        with opened(request, Category.REQUESTS) as (key, _who):
            ended = restrictions.end(key, number)
        if not ended:
            raise Http404
    return HttpResponseRedirect(f"{HERE}?done=restriction")


def ask(key: Key, *, sort: Sort, opens: Category | None, about: UUID | None, words: str) -> UUID | None:
    """Ask for one under the promise and the policy in force."""
    pack = serving.pack()
    days = practices.number(pack, "answers_in_business_days")
    return restrictions.ask(
        key, sort=sort, opens=opens, about=about, words=words,
        due=answer_due(timezone.now(), days, ZoneInfo(pack.time_zone)),
        collected_under=packs.now_in_force(pack).version,
    )  # fmt: skip


def standing() -> str:
    """Why nothing was written."""
    return _("You asked for this before, or it is in force. Your list shows it.")


def called(line: ClaimLine) -> str:
    """A claim by who cared, when, and what was billed."""
    parts = [wording.provider(line), naming.served(line) if line.served_from else ""]
    if line.billed is not None:
        parts.append(money(line.billed))
    return " · ".join(str(part) for part in parts if part)
