"""My privacy requests: asking, the clock, the answer (U-33, U-34)."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.consent import restrictions
from wellkept.ledger import queries as ledger
from wellkept.policy import packs, practices
from wellkept.policy.asked import Asks
from wellkept.policy.words import Category, Key
from wellkept.rights import actions, queries
from wellkept.rights.actions import LONGEST, OPENING
from wellkept.web.member import clock
from wellkept.web.member.door import opened, page
from wellkept.web.member.openings import LIST, seen
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form

KINDS = ("correct", "limit", "remove", "copy", "question")


class Wrong(Form):
    """What somebody finds wrong with an opening."""

    asks = Asks("opening", "2026-11", "privacy", {"words": "rights_request.words"})

    words = forms.CharField(
        label=gettext_lazy("What should we look at?"),
        help_text=gettext_lazy("For instance: I did not call that day."),
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Please write what you want us to look at.")},
    )


class Ask(Wrong):
    """A request of any other kind."""

    asks = Asks("request", "2026-11", "privacy", {"kind": "rights_request.kind", "words": "rights_request.words"})

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want?"),
        widget=forms.RadioSelect,
        choices=lambda: [(kind, clock.titles()[kind]) for kind in KINDS],
    )
    field_order = ("kind", "words")

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.fields["words"].label = _("What exactly?")
        self.fields["words"].help_text = _("Say which part of your record you mean.")


def listed(request: HttpRequest) -> HttpResponse:
    """All requests of the person with their clocks."""
    with opened(request, Category.REQUESTS) as (key, _who):
        found = queries.requests(key)
    return page(request, "requests", {"requests": [clock.clocked(one) for one in found]})


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One request: its words, the opening it is about, the clock, the answer. Restrictions stand among the choices."""
    with opened(request, Category.REQUESTS, Category.OPENINGS) as (key, _who):
        found = queries.request(key, number)
        about = ledger.entry(key, found.entry) if found and found.entry is not None else None
        limit = found is None and any(one.id == number for one in restrictions.limits(key))
    if limit:
        return HttpResponseRedirect("/member/privacy/choices/")
    if found is None:
        raise Http404
    given = {"asked": clock.clocked(found), "about": seen(about) if about else None}
    return page(request, "request", given)


def ask(request: HttpRequest) -> HttpResponse:
    """A request for a copy, a correction, a limit, a removal, or a question."""
    form = Ask(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with opened(request, Category.REQUESTS) as (key, _who):
            number = written(key, kind=form.cleaned_data["kind"], entry=None, words=form.cleaned_data["words"])
        return HttpResponseRedirect(f"/member/privacy/requests/{number}/")
    with opened(request):
        pass
    return page(request, "ask", {"form": form}, status=400 if form.errors else 200)


def wrong(request: HttpRequest, number: int) -> HttpResponse:
    """A request about one opening that names the person."""
    form = Wrong(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    categories = (Category.OPENINGS, Category.REQUESTS) if valid else (Category.OPENINGS,)
    with opened(request, *categories) as (key, _who):
        about = ledger.entry(key, number)
        made = written(key, kind=OPENING, entry=number, words=form.cleaned_data["words"]) if valid and about else None
    if about is None:
        raise Http404
    if made:
        return HttpResponseRedirect(f"/member/privacy/requests/{made}/")
    given = {"side_here": LIST, "form": form, "about": seen(about)}
    return page(request, "wrong", given, status=400 if form.errors else 200)


def written(key: Key, *, kind: str, entry: int | None, words: str) -> UUID:
    """Write the request under the policy and the promise in force."""
    pack = serving.pack()
    return actions.ask(
        key, kind=kind, entry=entry, words=words, now=timezone.now(), tz=ZoneInfo(pack.time_zone),
        days=practices.number(pack, "answers_in_business_days"),
        collected_under=packs.now_in_force(pack).version,
    )  # fmt: skip
