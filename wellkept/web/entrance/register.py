"""Registration: birth date first and alone, then what finds somebody on the roster; everybody gets the same answer.

Serves U-05, U-14, U-30, P-12, P-15, R-13. Nothing typed is kept: the page queues one keyed hash, and a job looks up.
"""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import actions
from wellkept.policy import practices
from wellkept.web.entrance.forms import BirthDate, Code, Who
from wellkept.web.shell import serving
from wellkept.web.shell.public import public

CHILD: Final = 13
CLOSED: Final = "closed_here"
WHY: Final = "Whoever registers has not signed in yet."


@public(WHY)
def first(request: HttpRequest) -> HttpResponse:
    """The birth date, alone."""
    if CLOSED in request.COOKIES:
        return closed(request)
    form = BirthDate(request.POST or None)
    if request.method == "POST" and form.is_valid():
        born: date = form.cleaned_data["birth_date"]
        if years(born, serving.today(serving.pack())) < CHILD:
            return closed(request)
        known = {"birth_date_month": born.month, "birth_date_day": born.day, "birth_date_year": born.year}
        return render(request, "entrance/who.html", {"form": Who(initial={"birth_date": born}), "known": known})
    given = {"form": form, "audiences": practices.names(serving.pack(), "audiences")}
    return render(request, "entrance/birth_date.html", given, status=400 if form.errors else 200)


@public(WHY)
def who(request: HttpRequest) -> HttpResponse:
    """Number, group and name. Everybody gets the same page back."""
    if CLOSED in request.COOKIES:
        return closed(request)
    if request.method != "POST":
        return HttpResponseRedirect("/register/")
    form = Who(request.POST)
    if not form.is_valid():
        return render(request, "entrance/who.html", {"form": form}, status=400)
    told = form.cleaned_data
    if years(told["birth_date"], serving.today(serving.pack())) < CHILD:
        return closed(request)
    name = f"{told['first_name']} {told['last_name']}"
    actions.ask_for_code(member=told["member_number"], group=told["group_number"], name=name, born=told["birth_date"])
    return render(request, "entrance/asked.html", {"days": practices.number(serving.pack(), "access_code_days")})


@public(WHY)
def code(request: HttpRequest) -> HttpResponse:
    """The code from the letter, and the sign-in it opens."""
    if CLOSED in request.COOKIES:
        return closed(request)
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if years(told["birth_date"], serving.today(serving.pack())) < CHILD:
            return closed(request)
        answer = actions.redeem(
            code=told["code"], born=told["birth_date"], login=told["login"], password=told["password"]
        )
        if answer == "yes":
            return render(request, "entrance/registered.html")
        if answer == "name taken":
            form.add_error("login", _("Somebody else signs in with that name. Please choose another."))
        else:
            form.add_error("code", _("This code and this birth date open nothing. Check both, or ask for a new code."))
    return render(request, "entrance/code.html", {"form": form}, status=400 if form.errors else 200)


def closed(request: HttpRequest) -> HttpResponse:
    """Closed to this browser for as long as it stays open. Nothing typed was kept; the cookie says only *closed here*."""
    response = render(request, "entrance/closed.html")
    response.set_cookie(CLOSED, "1", path="/register/", secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


def years(born: date, today: date) -> int:
    """Full years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
