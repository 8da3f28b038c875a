"""Showing once more that it is you, before something about the account changes; then back to a page of a closed list.

Serves R-10, P-18. The session goes on under a new secret.
"""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import again as proofs
from wellkept.accounts import passkeys
from wellkept.web.entrance.arrivals import Arrival, arrived, greet, home
from wellkept.web.entrance.second_forms import Again
from wellkept.web.entrance.throttle import PASSWORDS, too_many
from wellkept.web.shell import browsers, proving
from wellkept.web.shell.passkeys import site, with_passkeys
from wellkept.web.shell.visitor import remember

PAGE: Final = "entrance/again.html"


def again(request: HttpRequest) -> HttpResponse:
    """By the password, or a code of the app."""
    here = arrived(request)
    if here.secret is None or here.who is None:
        return HttpResponseRedirect("/sign-in/")
    form = Again(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, here, form)
    if not PASSWORDS.allows(request):
        return too_many(request, PAGE, form)
    new = proofs.by_word(here.secret, form.cleaned_data["word"])
    if new:
        return proved(request, here, new)
    form.add_error("word", _("This does not show that it is you. After 20 tries you have to sign in again."))
    return page(request, here, form)


def passkey(request: HttpRequest) -> HttpResponse:
    """By a passkey of the same account that signed."""
    here = arrived(request)
    if here.secret is None or here.who is None:
        return HttpResponseRedirect("/sign-in/")
    if request.method != "POST":
        return HttpResponseRedirect(proving.AGAIN)
    browser = browsers.of(request)
    found = passkeys.signed(
        "again", request.POST.get("credential", ""), secret=here.secret, site=site(request), browser=browser
    )
    new = proofs.proved(here.secret) if found else None
    if new:
        return proved(request, here, new)
    form = Again({"word": ""})
    form.errors.clear()
    form.add_error(None, _("This passkey did not sign. Try again, or use your password."))
    return page(request, here, form)


def proved(request: HttpRequest, here: Arrival, secret: str) -> HttpResponse:
    """Back to where it was asked for, with the session's new secret."""
    response = HttpResponseRedirect(proving.back(wanted(request)) or (home(here.who.role) if here.who else "/"))
    remember(request, response, secret)
    return response


def wanted(request: HttpRequest) -> str:
    """The name of the page to go back to; "" for one that is not on the list."""
    name = request.GET.get("to", "")
    return name if name in proving.RETURNS else ""


def page(request: HttpRequest, here: Arrival, form: Again) -> HttpResponse:
    """The question, and what comes after it."""
    if here.who:
        greet(request, here.who)
    with_passkeys(request)
    name = wanted(request)
    query = f"?{urlencode({'to': name})}" if name else ""
    given = {"form": form, "query": query, "then": proving.RETURNS.get(name, "")}
    return render(request, PAGE, given, status=400 if form.errors else 200)
