"""What an access administrator can do: ask, agree, decline, remove, take back. Serves U-30, U-31, P-01.

The database finds who acts from the session, and lets nobody decide alone or about themself.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from wellkept.accounts import staffing
from wellkept.web.shell import proving
from wellkept.web.staff import words
from wellkept.web.staff.forms import Invite, Other
from wellkept.web.staff.frame import place, somebody

HOME = "staff-home"


def invite(request: HttpRequest) -> HttpResponse:
    """Ask that somebody is invited; a second access administrator decides."""
    here = place(request)
    if request.method != "POST" and not proving.recently(request):
        return proving.ask(request, "staff-invite")
    form = Invite(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        said = staffing.ask_to_invite(here.secret, role=told["role"], actor=told["actor"], login=told["login"])
        if said == "prove":
            return proving.ask(request, "staff-invite")
        if said == "yes":
            return HttpResponseRedirect("/staff/?done=asked")
        form.add_error("login" if said == "name taken" else None, str(words.WHY_NOT[said]))
    given = {"form": form, "alone": here.alone}
    return render(request, "staff/invite.html", given, status=400 if form.errors else 200)


def person(request: HttpRequest, number: UUID) -> HttpResponse:
    """One who works here, and what can be done: another role, a new way in, removal."""
    here = place(request)
    one = somebody(here, number)
    if not proving.recently(request):
        return proving.ask(request, HOME)
    form = Other(request.POST if request.method == "POST" else None, now=one.role)
    if form.is_valid():
        return answered(request, staffing.ask_to_change(here.secret, number, role=form.cleaned_data["role"]), "asked")
    given = {
        "form": form, "one": one, "alone": here.alone, "role": words.role(one.role), "opens": words.OPENS[one.role],
        "ways": words.way(one.ways),
    }  # fmt: skip
    return render(request, "staff/person.html", given, status=400 if form.errors else 200)


@require_POST
def renew(request: HttpRequest, number: UUID) -> HttpResponse:
    """Ask that somebody gets a new code who cannot come in any more."""
    here = place(request)
    somebody(here, number)
    return answered(request, staffing.ask_to_renew(here.secret, number), "asked")


@require_POST
def remove(request: HttpRequest, number: UUID) -> HttpResponse:
    """Remove somebody at once, alone."""
    here = place(request)
    somebody(here, number)
    return answered(request, staffing.remove(here.secret, number), "removed")


def decide(request: HttpRequest, number: UUID) -> HttpResponse:
    """What somebody else asked: look at it, then agree. A code that comes of it is shown here, once."""
    here = place(request)
    found = next((one for one in staffing.changes(here.secret) if one.id == number and one.outcome is None), None)
    if found is None:
        return answered(request, "gone", "changed")
    if not proving.recently(request):
        return proving.ask(request, HOME)
    if request.method != "POST":
        given = {"one": found, "asked": words.asked(found), "by": words.by(found), "opens": words.OPENS[found.role]}
        return render(request, "staff/decide.html", given)
    said, code = staffing.agree(here.secret, number)
    if said == "code":
        return render(request, "staff/code.html", {"code": code, "one": found, "days": staffing.days()})
    return answered(request, said, "changed")


@require_POST
def decline(request: HttpRequest, number: UUID) -> HttpResponse:
    """Decline what somebody else asked, or withdraw what one asked oneself."""
    return answered(request, staffing.decline(place(request).secret, number), "declined")


@require_POST
def take_back(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take an invitation back that nobody has used."""
    return answered(request, staffing.withdraw(place(request).secret, number), "taken-back")


@require_POST
def read(request: HttpRequest, number: UUID) -> HttpResponse:
    """Say that one has read of a removal."""
    here = place(request)
    return answered(request, "yes" if staffing.read_removal(here.secret, number) else "gone", "read")


def answered(request: HttpRequest, said: str, word: str) -> HttpResponse:
    """Back to the list, to the step that asks who it is, or the page that says why nothing was done."""
    if said in ("yes", "declined"):
        return HttpResponseRedirect(f"/staff/?done={word}")
    if said == "prove":
        return proving.ask(request, HOME)
    return render(request, "staff/not_done.html", {"why": words.WHY_NOT[said]}, status=409)
