"""Agreements with organisations: those in force and what ends soon, recorded from a signed paper, ended at once.

Serves U-11, P-08. Nothing here is about a person, so nothing is opened; each act is an entry of the ledger.
"""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from wellkept.organisations import agreements as room
from wellkept.organisations.agreements import Terms
from wellkept.policy import packs
from wellkept.policy.words import Category, Purpose
from wellkept.web.privacy import agreement_words as words
from wellkept.web.privacy.agreement_forms import End, Record, Seek
from wellkept.web.privacy.links import at_work
from wellkept.web.shell import proving, serving
from wellkept.web.shell.agreed import OF_KINDS
from wellkept.web.shell.public import takes_files

HERE: Final = "/privacy/agreements/"
ROUTE: Final = "privacy-agreements"
ROOM: Final = 10
"""Minutes. Whoever begins to fill in the form has five more to send it."""


def listing(request: HttpRequest) -> HttpResponse:
    """Every agreement by what is due: what ends soon first."""
    here = at_work(request)
    found, now = room.agreements(here.secret), timezone.now()
    given = {"groups": words.groups(found, now=now), "lead": words.lead(found, now=now)}
    return render(request, "privacy/agreements.html", given)


def seek(request: HttpRequest) -> HttpResponse:
    """Find the organisation with which something was agreed."""
    here = at_work(request)
    form = Seek(request.POST or None)
    found = room.sought(here.secret, form.cleaned_data["q"]) if form.is_valid() else ()
    given = {
        "form": form,
        "found": [(one, OF_KINDS[one.kind]) for one in found],
        "asked": form.is_bound and form.is_valid(),
    }
    return render(request, "privacy/agreement_seek.html", given)


@takes_files("the signed paper of an agreement, of which a fingerprint is kept")
def record(request: HttpRequest, number: UUID) -> HttpResponse:
    """Record an agreement with one organisation."""
    here = at_work(request)
    party = room.party(here.secret, number)
    if party is None:
        raise Http404
    if request.method != "POST" and not proving.recently(request, minutes=ROOM):
        return proving.ask(request, ROUTE)
    form = Record(
        request.POST or None, request.FILES or None, found=lambda asked: room.sought(here.secret, asked)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        terms = Terms(
            told["kind"], number, told["with_"], told["number"], told["digest"],
            tuple(Category(one) for one in told["categories"]), tuple(Purpose(one) for one in told["purposes"]),
            told["begins"], told["ends"],
        )  # fmt: skip
        answer, made = room.agree(here.secret, terms, collected_under=packs.now_in_force(serving.pack()).version)
        if answer == "done":
            return HttpResponseRedirect(f"{HERE}{made}/")
        if answer == "prove":
            return proving.ask(request, ROUTE)
        form.add_error(None, str(words.ANSWERS[answer]))
    given = {"form": form, "party": party, "kind": OF_KINDS[party.kind]}
    return render(request, "privacy/agreement_record.html", given, status=400 if form.errors else 200)


def one(request: HttpRequest, number: UUID) -> HttpResponse:
    """One agreement, whole; what was recorded is never changed."""
    here = at_work(request)
    found = room.agreement(here.secret, number)
    if found is None:
        raise Http404
    given = {"row": words.row(found, now=timezone.now()), "may_end": found.state in {"in force", "not begun"}}
    return render(request, "privacy/agreement.html", given)


def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """End an agreement before its time; what it opened is closed at once."""
    here = at_work(request)
    found = room.agreement(here.secret, number)
    if found is None:
        raise Http404
    if request.method != "POST" and not proving.recently(request, minutes=ROOM):
        return proving.ask(request, ROUTE)
    form = End(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = room.end(here.secret, number, why=form.cleaned_data["why"])
        if answer == "done":
            return HttpResponseRedirect(f"{HERE}{number}/")
        if answer == "prove":
            return proving.ask(request, ROUTE)
        form.add_error(None, str(words.ANSWERS[answer]))
    given = {"form": form, "row": words.row(found, now=timezone.now())}
    return render(request, "privacy/agreement_end.html", given, status=400 if form.errors else 200)
