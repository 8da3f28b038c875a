"""Registration: birth date first and alone, then what finds somebody on the roster; everybody gets the same answer.

Serves U-05, U-14, U-30, P-12, P-15, R-13. Nothing typed is kept: the page queues one keyed hash, and a job looks up.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import actions
from wellkept.policy import practices
from wellkept.web.entrance.arrivals import arrived, greet, home
from wellkept.web.entrance.forms import BirthDate, Code, Who
from wellkept.web.entrance.throttle import ASKS, CODES, too_many
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.public import public

CHILD: Final = 13
CLOSED: Final = "closed_here"
WHY: Final = "Whoever registers has not signed in yet."

View = Callable[[HttpRequest], HttpResponse]


def guarded(view: View) -> View:
    """The view, for whoever may register: not a browser closed to a child, not somebody who is signed in."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        here = arrived(request)
        if CLOSED in request.COOKIES:
            return closed(request)
        if here.who:
            greet(request, here.who)
            return render(request, "entrance/already.html", {"home": home(here.who.role)})
        return view(request)

    return answer


@public(WHY)
@guarded
def first(request: HttpRequest) -> HttpResponse:
    """The birth date, alone."""
    form = BirthDate(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if is_child(form):
            return closed(request)
        return render(request, "entrance/who.html", {"form": Who(initial=form.cleaned_data)})
    given = {"form": form, "audiences": practices.names(serving.pack(), "audiences")}
    return render(request, "entrance/birth_date.html", given, status=400 if form.errors else 200)


@public(WHY)
@guarded
def who(request: HttpRequest) -> HttpResponse:
    """Number, group and name. Everybody gets the same page back."""
    if request.method != "POST":
        return HttpResponseRedirect("/register/")
    form = Who(request.POST)
    valid = form.is_valid()
    if is_child(form):
        return closed(request)
    if not valid:
        return render(request, "entrance/who.html", {"form": form}, status=400)
    if not ASKS.allows(request):
        return too_many(request, "entrance/who.html", form)
    told = form.cleaned_data
    name = f"{told['first_name']} {told['last_name']}"
    actions.ask_for_code(member=told["member_number"], group=told["group_number"], name=name, born=told["birth_date"])
    return render(request, "entrance/asked.html", {"days": practices.number(serving.pack(), "access_code_days")})


@public(WHY)
@guarded
def code(request: HttpRequest) -> HttpResponse:
    """The code from the letter, and the sign-in it opens."""
    form = Code(request.POST if request.method == "POST" else None)
    valid = form.is_valid()
    if is_child(form):
        return closed(request)
    if valid:
        if not CODES.allows(request):
            return too_many(request, "entrance/code.html", form)
        if redeemed(form):
            return render(request, "entrance/registered.html")
    return render(request, "entrance/code.html", {"form": form}, status=400 if form.errors else 200)


def redeemed(form: Code) -> bool:
    """Whether the code made an account; where it did not, the form says what can be mended, and no more."""
    told = form.cleaned_data
    match actions.redeem(code=told["code"], born=told["birth_date"], login=told["login"], password=told["password"]):
        case "yes":
            return True
        case "name taken":
            form.add_error("login", _("Somebody else signs in with that name. Please choose another."))
        case _:
            form.add_error("code", _("This code and this birth date open nothing. Check both, or ask for a new code."))
    return False


def closed(request: HttpRequest) -> HttpResponse:
    """Closed to this browser for as long as it stays open. Nothing typed was kept; the cookie says *closed here*."""
    response = render(request, "entrance/closed.html")
    response.set_cookie(CLOSED, "1", secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


def is_child(form: Form) -> bool:
    """Whether a checked form tells of a child, whatever else in it is wrong (16 CFR 312.2: under 13)."""
    born: date | None = form.cleaned_data.get("birth_date") if form.is_bound else None
    return born is not None and years(born, serving.today(serving.pack())) < CHILD


def years(born: date, today: date) -> int:
    """Full years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
