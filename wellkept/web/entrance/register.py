"""Registration: birth date first and alone, then what finds somebody on the roster; everybody gets the same answer.

Serves U-05, U-14, U-30, P-12, P-13, P-15, R-13. The page looks nobody up: it queues one row, sealed, and a job answers.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import actions
from wellkept.policy import practices
from wellkept.web.entrance.arrivals import arrived, greet, home
from wellkept.web.entrance.forms import BirthDate, Code
from wellkept.web.entrance.paths import PATHS, Path, Which
from wellkept.web.entrance.throttle import ASKS, CODES, too_many
from wellkept.web.shell import serving
from wellkept.web.shell.forms import Form
from wellkept.web.shell.public import public

CHILD: Final = 13
CLOSED: Final = "closed_here"
WHY: Final = "Whoever registers has not signed in yet."

View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """The view, for whoever may register: not a browser closed to a child, not somebody who is signed in."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        here = arrived(request)
        if CLOSED in request.COOKIES:
            return closed(request)
        if here.who:
            greet(request, here.who)
            return render(request, "entrance/already.html", {"home": home(here.who.role)})
        return view(request, **named)

    return answer


@public(WHY)
@guarded
def first(request: HttpRequest) -> HttpResponse:
    """The birth date, alone."""
    form = BirthDate(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if is_child(form):
            return closed(request)
        audiences = offered()
        if len(audiences) == 1:
            return asked(request, PATHS[audiences[0]](initial=form.cleaned_data))
        return render(request, "entrance/which.html", {"form": Which(initial=form.cleaned_data, offered=audiences)})
    return render(request, "entrance/birth_date.html", {"form": form}, status=400 if form.errors else 200)


@public(WHY)
@guarded
def which(request: HttpRequest) -> HttpResponse:
    """Which kind of account; then the questions of that path, with the birth date on it still."""
    if request.method != "POST":
        return HttpResponseRedirect("/register/")
    form = Which(request.POST, offered=offered())
    valid = form.is_valid()
    if is_child(form):
        return closed(request)
    if not valid:
        return render(request, "entrance/which.html", {"form": form}, status=400)
    born = {"birth_date": form.cleaned_data["birth_date"]}
    return asked(request, PATHS[form.cleaned_data["audience"]](initial=born))


@public(WHY)
@guarded
def path(request: HttpRequest, audience: str) -> HttpResponse:
    """What finds somebody of that kind on its list. Everybody gets the same page back, whichever path they took."""
    if audience not in offered():
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect("/register/")
    form = PATHS[audience](request.POST)
    valid = form.is_valid()
    if is_child(form):
        return closed(request)
    if not valid:
        return asked(request, form, status=400)
    if not ASKS.allows(request):
        return too_many(request, "entrance/path.html", form)
    born = form.cleaned_data["birth_date"]
    actions.ask(audience=audience, roster=form.presented(), born=born, told=form.told())
    pack = serving.pack()
    given = {name: practices.number(pack, name) for name in ("access_code_days", "registrations_in_business_days")}
    return render(request, "entrance/asked.html", given)


def asked(request: HttpRequest, form: Path, *, status: int = 200) -> HttpResponse:
    """The page of one path."""
    return render(request, "entrance/path.html", {"form": form}, status=status)


def offered() -> tuple[str, ...]:
    """The kinds of account that this operator has, in the order of its practice."""
    return practices.names(serving.pack(), "audiences")


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
