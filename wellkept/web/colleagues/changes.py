"""Renewing, renaming, removing, letting administer, taking back an invitation: by an administrator who was asked anew.

Serves U-30, P-13, P-15. The database finds who acts from the session and decides; a page that is sent twice says so.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.accounts import colleagues
from wellkept.web.colleagues.forms import Rename
from wellkept.web.colleagues.frame import administrator, colleague
from wellkept.web.colleagues.home import done, why_not
from wellkept.web.shell import proving


def renew(request: HttpRequest, number: UUID) -> HttpResponse:
    """For 90 days more."""
    here = administrator(request)
    colleague(here, number)
    if request.method != "POST":
        return HttpResponseRedirect("/colleagues/")
    return answered(request, colleagues.renew(here.secret, number), "renewed")


def administers(request: HttpRequest, number: UUID) -> HttpResponse:
    """Let a colleague decide who comes in, or no longer: first the page that says what it means."""
    here = administrator(request)
    who = colleague(here, number)
    if request.method != "POST":
        return (
            asked(request, "administers", who=who) if proving.recently(request) else proving.ask(request, "colleagues")
        )
    answer = colleagues.set_administers(here.secret, number, administers=not who.administers)
    return answered(request, answer, "taken" if who.administers else "given")


def rename(request: HttpRequest, number: UUID) -> HttpResponse:
    """Another name for a colleague, who may have married; what they did before keeps the name it was written with."""
    here = administrator(request)
    who = colleague(here, number)
    if request.method != "POST" and not proving.recently(request):
        return proving.ask(request, "colleagues")
    form = Rename(request.POST if request.method == "POST" else None, initial={"name": who.name})
    if not form.is_valid():
        given = {"who": who, "form": form}
        return render(request, "colleagues/rename.html", given, status=400 if form.errors else 200)
    return answered(request, colleagues.rename(here.secret, number, name=form.cleaned_data["name"]), "renamed")


def remove(request: HttpRequest, number: UUID) -> HttpResponse:
    """Close a colleague's account at once: first the page that says what it means."""
    here = administrator(request)
    who = colleague(here, number)
    if request.method != "POST":
        return asked(request, "remove", who=who) if proving.recently(request) else proving.ask(request, "colleagues")
    return answered(request, colleagues.remove(here.secret, number), "removed")


def withdraw(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take back an invitation that nobody has used."""
    here = administrator(request)
    if request.method != "POST":
        return HttpResponseRedirect("/colleagues/")
    return answered(request, colleagues.withdraw(here.secret, number), "withdrawn")


def asked(request: HttpRequest, page: str, **given: object) -> HttpResponse:
    """The page before an act that somebody else will feel."""
    return render(request, f"colleagues/{page}.html", given)


def answered(request: HttpRequest, answer: str, word: str) -> HttpResponse:
    """Back to the list, to the step that asks who it is, or the page that says why nothing was done."""
    if answer == "yes":
        return HttpResponseRedirect(done(word))
    if answer == "prove":
        return proving.ask(request, "colleagues")
    return render(request, "colleagues/not_done.html", {"why": why_not(answer)}, status=409)
