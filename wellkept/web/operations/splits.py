"""One record of two humans: find it, see which files and sets said what, and choose those that are the other human's.

Serves U-43, P-19. The search is entered and counted; each look at the record is entered; the page shows no value.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellkept.access import queries as access
from wellkept.intake.naming import BY_CARD, Hashes
from wellkept.intake.splitting import Source, sources
from wellkept.people import joins
from wellkept.people.queries import identities
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Category, Purpose
from wellkept.vault.queries import operator_key
from wellkept.web.operations.frame import Place, place
from wellkept.web.operations.joins import LIST, SEEN_AGAIN, beside
from wellkept.web.shell.forms import DateField, Form

PARTS: Final = Asks(
    "parts of a record", "2026-11", "identity", {"part": "people_split_part.set_number"},
    labels={"part": gettext_lazy("These belong to the other person")}, needed=("part",), beside=("drop",),
)  # fmt: skip

LONGEST_NUMBER: Final = 40


class Find(Form):
    """What finds a record."""

    asks = Asks(
        "record", "2026-11", "identity", {"number": ONCE, "birth_date": ONCE},
        why=gettext_lazy("It finds a record. Everybody found reads that their name came up."),
    )  # fmt: skip

    number = forms.CharField(label=gettext_lazy("Member number"), max_length=LONGEST_NUMBER)
    birth_date = DateField(label=gettext_lazy("Birth date"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A file and set as the page offers it."""

    value: str
    source: Source
    said: str
    began: datetime | None


def find(request: HttpRequest) -> HttpResponse:
    """Search for the record; begin with the one who is chosen."""
    here = place(request)
    form = Find(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "operations/find.html", {"form": form}, status=400 if form.errors else 200)
    number, born = form.cleaned_data["number"], form.cleaned_data["birth_date"]
    index = Hashes(index=operator_key("index"), roster=b"").by_card(number, born.isoformat())
    with access.search(here.secret, kind=BY_CARD, index=index, purpose=Purpose.MEMBER_ADMINISTRATION) as key:
        people = identities(key)
        found = [(person, beside(people, [person])[0]) for person in key.subjects if person in people]
    chosen = next((person for person, _told in found if str(person) == request.POST.get("person")), None)
    if chosen is not None:
        return begun(here, chosen)
    return render(request, "operations/find.html", {"form": form, "found": found, "searched": True})


def begun(here: Place, person: UUID) -> HttpResponse:
    """To the page of the split that begins, or that was begun before."""
    number = joins.begin_split(here.secret, person)
    if number is None:
        raise ValidationError(str(SEEN_AGAIN))
    return HttpResponseRedirect(f"/operations/records/splits/{number}/")


def split(request: HttpRequest, number: UUID) -> HttpResponse:
    """Which files and sets said what of the record; choose those that are the other human's, or leave it as it is."""
    here = place(request)
    person = joins.split(here.secret, number)
    if person is None:
        raise Http404
    if request.method == "POST" and "drop" in request.POST:
        joins.drop_split(here.secret, number)
        return HttpResponseRedirect(LIST)
    with access.enter(
        here.secret, purpose=Purpose.MEMBER_ADMINISTRATION, categories=[Category.IDENTITY], subjects=[person]
    ) as key:
        people = beside(identities(key), [person])
        offered = [choice(one) for one in sources(here.secret, number)]
        wrong = ""
        if request.method == "POST":
            chosen = set(request.POST.getlist("part"))
            parts = [(one.source.file_id, one.source.set_number) for one in offered if one.value in chosen]
            wrong = problem(parts, offered)
            if not wrong:
                if not joins.ask_split(here.secret, number, parts=parts):
                    raise ValidationError(str(SEEN_AGAIN))
                return HttpResponseRedirect(LIST)
    given = {"people": people, "offered": offered, "wrong": wrong, "asks": PARTS}
    return render(request, "operations/split.html", given, status=400 if wrong else 200)


def problem(parts: list[tuple[UUID, str]], offered: list[Choice]) -> str:
    """What is wrong with a choice: nothing chosen, or everything."""
    if not parts:
        return _("Please choose at least one file.")
    if len(parts) == len(offered):
        return _("You chose everything. Something must stay, or there is nothing to split.")
    return ""


def choice(one: Source) -> Choice:
    """A file and set, with what it said in words."""
    counted = (
        (one.enrolments, ngettext("who the person is", "who the person is", one.enrolments)),
        (one.coverages, ngettext("%d coverage", "%d coverages", one.coverages) % one.coverages),
        (one.filings, ngettext("%d claim filed", "%d claims filed", one.filings) % one.filings),
        (one.decisions, ngettext("%d claim decided", "%d claims decided", one.decisions) % one.decisions),
        (one.premiums, ngettext("%d premium", "%d premiums", one.premiums) % one.premiums),
    )
    said = ", ".join(words for number, words in counted if number)
    return Choice(value=f"{one.file_id}:{one.set_number}", source=one, said=said, began=one.began)
