"""Signing in and out, and what has to be agreed to first.

Serves U-23, U-30, U-37, U-41, P-20, P-21, P-25, R-10. No address to go on to is taken: everyone lands at home.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import actions, visits
from wellkept.consent import actions as consent
from wellkept.consent.documents import Document, documents, said_in
from wellkept.policy import practices
from wellkept.policy.words import Refused
from wellkept.web.entrance.arrivals import Arrival, arrived, entered, greet, home
from wellkept.web.entrance.forms import Agree, SignIn
from wellkept.web.entrance.throttle import PASSWORDS, too_many
from wellkept.web.shell import browsers, serving, typed
from wellkept.web.shell.passkeys import with_passkeys
from wellkept.web.shell.public import public
from wellkept.web.shell.visitor import drop, forget

PAGE: Final = "entrance/sign_in.html"


@public("Whoever signs in has not signed in yet.")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; afterwards to one's own door, with a new session. The one this browser had before ends."""
    here = arrived(request)
    if request.method != "POST":
        return HttpResponseRedirect("/sign-in/cookie/") if here.who else welcome(request, here)
    with_passkeys(request)
    form = SignIn(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=400)
    if not PASSWORDS.allows(request):
        return too_many(request, PAGE, form)
    told = form.cleaned_data
    begun = actions.sign_in(
        login=told["login"], password=told["password"], before=here.secret, browser=browsers.of(request)
    )
    if begun is None:
        form.add_error(None, _("This name and this password do not belong together. Check both and try again."))
        form.add_error(None, _("After 100 wrong tries this way closes. The other ways on this page stay open."))
        return render(request, PAGE, {"form": form}, status=400)
    return entered(request, begun)


def welcome(request: HttpRequest, here: Arrival) -> HttpResponse:
    """The empty form; where a session has ended it says so.

    The cookie of one that ran out stays: by it this browser may still try its password where others closed that way
    (R-10). That of a session which was ended is taken back.
    """
    pack, standing = serving.pack(), visits.standing(here.secret) if here.secret else "none"
    ended = standing in ("ran out", "")
    idle, lasts = (practices.number(pack, name) for name in ("session_idle_minutes", "session_hours"))
    with_passkeys(request)
    response = render(
        request, PAGE, {"form": SignIn(), "ended": ended, "idle": idle, "lasts": lasts, "typed": typed.waits(request)}
    )
    if not standing:
        drop(request, response)
    return response


@public("It says why signing in needs a cookie, to a browser that refused it (P-20, U-23).")
def cookie(request: HttpRequest) -> HttpResponse:
    """On to the account's own door, or the explanation where the browser did not keep the session's cookie."""
    here = arrived(request)
    if here.secret is None:
        return render(request, "entrance/cookie.html", status=403)
    if here.who is None:
        return HttpResponseRedirect("/sign-in/")
    if consent.owed(here.secret):
        return HttpResponseRedirect("/sign-in/agree/")
    return HttpResponseRedirect(typed.place(request) or home(here.who.role))


def agree(request: HttpRequest, name: str = "", version: str = "") -> HttpResponse:
    """One document after another that has to be agreed to; then on. The address names the text that was on the page."""
    here = arrived(request)
    if here.secret is None or here.who is None:
        return HttpResponseRedirect("/sign-in/")
    greet(request, here.who)
    waiting = texts(consent.owed(here.secret))
    if not waiting:
        return HttpResponseRedirect("/sign-in/cookie/")
    if request.method != "POST" and name:
        return HttpResponseRedirect("/sign-in/agree/")
    form = Agree(request.POST if request.method == "POST" else None)
    if form.is_valid():
        consent.acknowledge(here.secret, name=name, version=version, language=waiting[0].language)
        return HttpResponseRedirect("/sign-in/agree/")
    given = {"form": form, "document": waiting[0], "more": len(waiting) - 1}
    return render(request, "entrance/agree.html", given, status=400 if form.errors else 200)


def texts(owed: list[tuple[str, str]]) -> list[Document]:
    """The texts of the documents owed. Raises ``Refused`` for one that cannot be read."""
    known = {(one.name, one.version): one for one in documents(settings.PACK)}
    if any(one not in known for one in owed):
        raise Refused(_("A text that you have to agree to first is missing. Please call us."), clause="U-41")
    return [said_in(serving.language(), settings.PACK, known[one]) for one in owed]


@public("Signing out needs no more than the cookie it ends.")
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends, here and in the database."""
    here = arrived(request)
    if request.method != "POST":
        return HttpResponseRedirect("/")
    if here.secret:
        actions.sign_out(here.secret)
    response = render(request, "entrance/signed_out.html")
    forget(request, response)
    return response
