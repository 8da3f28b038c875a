"""Signing in by the operator's own sign-on (OpenID Connect), for people who work here and were invited.

Serves U-23, U-30, U-31, P-01, P-20. Only the entrance asks the sign-on anything. No address to go on to is taken.
"""

import logging
import secrets
import time
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.accounts import actions, openid, staffing
from wellkept.accounts import again as proofs
from wellkept.accounts.actions import Begun
from wellkept.accounts.hashes import openid as hashed
from wellkept.exchange.openid import flow, settings, tokens
from wellkept.exchange.openid.settings import SignOn, SignOnError
from wellkept.exchange.openid.tokens import Said
from wellkept.web.entrance.arrivals import Arrival, arrived, entered, home
from wellkept.web.entrance.staff_forms import InvitedSignOn
from wellkept.web.entrance.throttle import CODES, SIGN_ONS, too_many
from wellkept.web.shell import browsers
from wellkept.web.shell.own_address import origin
from wellkept.web.shell.public import from_anywhere, public
from wellkept.web.shell.visitor import LONGEST, cookie_name, remember

_LOG: Final = logging.getLogger("wellkept.sign_on")
BACK: Final = "/sign-in/openid/back/"
FAILED: Final = "/sign-in/openid/failed/"
PAGE: Final = "entrance/invited_sign_on.html"
WHY: Final = "Whoever signs in has not signed in yet."


@public(WHY)
def start(request: HttpRequest) -> HttpResponse:
    """Off to the sign-on, with a secret in the session's cookie that the return must bring back."""
    here, found = arrived(request), usable()
    if here.who:
        return HttpResponseRedirect("/sign-in/cookie/")
    if found is None or not SIGN_ONS.allows(request):
        return HttpResponseRedirect(FAILED)
    secret = secrets.token_urlsafe(32)
    openid.begin(secret)
    response = away(request, found, secret)
    remember(request, response, secret)
    return response


@public("Whoever was invited to work here has no account yet.")
def invited(request: HttpRequest) -> HttpResponse:
    """The invitation of somebody who will sign in by the sign-on; then a page that leads there."""
    here, found = arrived(request), usable()
    if here.who:
        return HttpResponseRedirect("/sign-in/cookie/")
    if found is None:
        return HttpResponseRedirect("/sign-in/staff/")
    form = InvitedSignOn(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=400 if form.errors else 200)
    if not CODES.allows(request):
        return too_many(request, PAGE, form)
    secret = secrets.token_urlsafe(32)
    openid.begin(secret, code=form.cleaned_data["code"], login=form.cleaned_data["login"])
    response = render(request, "entrance/on_the_way.html")
    remember(request, response, secret)
    return response


@public(WHY)
def on(request: HttpRequest) -> HttpResponse:
    """On to the sign-on, for a browser that set out with an invitation. Alone this leads to nothing."""
    here, found, secret = arrived(request), usable(), held(request)
    if here.who or found is None or not secret or not SIGN_ONS.allows(request):
        return HttpResponseRedirect(FAILED)
    return away(request, found, secret)


def again(request: HttpRequest) -> HttpResponse:
    """Off to show once more who one is, for somebody who is signed in; the session's own secret comes back."""
    here, found, secret = arrived(request), usable(), held(request)
    if here.who is None:
        return HttpResponseRedirect("/sign-in/")
    if found is None or not SIGN_ONS.allows(request):
        return HttpResponseRedirect(FAILED)
    openid.begin(secret)
    return away(request, found, secret, again=True)


def away(request: HttpRequest, found: SignOn, secret: str, *, again: bool = False) -> HttpResponse:
    """Off to the sign-on, at the address that it publishes."""
    try:
        address = flow.there(found, secret=secret, back=back_to(request), again=again)
    except SignOnError as error:
        return failed(str(error))
    return HttpResponseRedirect(address)


@public("The sign-on sends a browser back here before it has a session.")
def back(request: HttpRequest) -> HttpResponse:
    """Back from the sign-on: a session for the account it names, or one page for every way in which that fails."""
    here, found, secret = arrived(request), usable(), held(request)
    way = openid.take(secret) if found and secret else None
    if found is None or way is None:
        return failed("no way")
    try:
        said = flow.returned(found, secret=secret, back=back_to(request), query=request.GET.dict())
    except SignOnError as error:
        return failed(str(error))
    if here.who:
        return shown(request, here, said)
    if way.code and way.login:
        subject = hashed(said.issuer, said.subject)
        _said, account = staffing.redeem_hashed(code=way.code, login=way.login, subject=subject)
    else:
        account = openid.account(issuer=said.issuer, subject=said.subject)
    if account is None:
        return failed("nobody here")
    before, browser = actions.secret_hash(secret), browsers.of(request)
    if said.second:
        begun = actions.begin_session(account, before=before, method="two-step sign-on", browser=browser)
        return entered(request, Begun(begun, complete=True))
    return entered(request, actions.go_on(account, before=before, method="staff sign-on", browser=browser))


def shown(request: HttpRequest, here: Arrival, said: Said) -> HttpResponse:
    """Somebody who is signed in came back: the same person, who showed there just now who they are, or nothing."""
    same = here.who and openid.account(issuer=said.issuer, subject=said.subject) == here.who.account
    new = proofs.proved(here.secret) if here.who and here.secret and same and said.now else None
    if here.who is None or new is None:
        return failed("not shown again")
    response = HttpResponseRedirect(home(here.who.role))
    remember(request, response, new)
    return response


@public("It says that signing in did not work, and holds nothing of what was tried.")
def not_there(request: HttpRequest) -> HttpResponse:
    """What to do when the sign-on did not lead in."""
    arrived(request)
    return render(request, "entrance/sign_on_failed.html", status=403)


@public("The sign-on tells us here of whoever signed out there.")
@from_anywhere("The sign-on's own machine posts here; what it posts is signed.")
def signed_out(request: HttpRequest) -> HttpResponse:
    """End what somebody began by the sign-on, when it says so (OpenID Connect Back-Channel Logout 1.0, section 2.7)."""
    arrived(request)
    found, token = usable(), request.POST.get("logout_token", "")
    if request.method != "POST" or found is None or not SIGN_ONS.allows(request):
        return HttpResponse(status=400)
    try:
        out = tokens.sign_out(found, token, now=time.time())
    except SignOnError as error:
        _LOG.warning("sign-on: %s", error)
        return HttpResponse(status=400)
    openid.signed_out(issuer=out.issuer, subject=out.subject, token=token, until=out.until)
    return HttpResponse(status=200)


def usable() -> SignOn | None:
    """The operator's sign-on; None where there is none, or none that may be used, which the log says."""
    try:
        return settings.configured()
    except (SignOnError, OSError) as error:
        _LOG.error("sign-on: %s", error if isinstance(error, SignOnError) else "no secret")
        return None


def named() -> str:
    """What pages call it; "" where there is none."""
    found = usable()
    return found.name if found else ""


def back_to(request: HttpRequest) -> str:
    """Our own address to return to, from the operator's host name and never from what a request says."""
    return origin(request) + BACK


def held(request: HttpRequest) -> str:
    """The secret in the session's cookie; "" where there is none that we could have given."""
    secret = request.COOKIES.get(cookie_name(request), "")
    return secret if len(secret) <= LONGEST else ""


def failed(word: str) -> HttpResponse:
    """Off to the page that says so, away from an address that holds a code. The log gets one word of ours."""
    _LOG.warning("sign-on: %s", word)
    return HttpResponseRedirect(FAILED)
