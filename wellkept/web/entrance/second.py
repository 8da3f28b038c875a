"""The second half of a sign-in, for accounts that have a second way. Nothing is open before it.

Serves R-10, P-20, P-21. What is half done stands in the database, named by the one cookie, for ten minutes.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import passkeys, seconds
from wellkept.accounts.seconds import Owed
from wellkept.web.entrance.arrivals import arrived, entered
from wellkept.web.entrance.second_forms import Second
from wellkept.web.entrance.throttle import WAYS, too_many
from wellkept.web.shell import browsers
from wellkept.web.shell.passkeys import site, with_passkeys
from wellkept.web.shell.public import public

PAGE: Final = "entrance/second_way.html"
WHY: Final = "Whoever owes a second way has not signed in yet."


@public(WHY)
def second(request: HttpRequest) -> HttpResponse:
    """A code of the app, a recovery code, or a passkey; afterwards to one's own door, under a new secret."""
    here = arrived(request)
    owed = seconds.owed(here.secret) if here.secret else None
    if owed is None or here.secret is None:
        return elsewhere(request)
    form = Second(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, owed, form)
    if not WAYS.allows(request):
        return too_many(request, PAGE, form)
    begun = seconds.by_code(here.secret, form.cleaned_data["code"], browser=browsers.of(request))
    if begun:
        return entered(request, begun)
    form.add_error("code", _("This code does not work. A code works once: wait for the next one, and try again."))
    still = seconds.owed(here.secret)
    return page(request, still, form) if still else HttpResponseRedirect("/sign-in/")


@public(WHY)
def passkey(request: HttpRequest) -> HttpResponse:
    """The same with a passkey that signed."""
    here = arrived(request)
    owed = seconds.owed(here.secret) if here.secret else None
    if owed is None or here.secret is None or request.method != "POST":
        return elsewhere(request)
    browser = browsers.of(request)
    found = passkeys.signed(
        "second", request.POST.get("credential", ""), secret=here.secret, site=site(request), browser=browser
    )
    begun = seconds.by_passkey(here.secret, found.account, browser=browser) if found else None
    if begun:
        return entered(request, begun)
    form = Second({"code": ""})
    form.errors.clear()
    form.add_error(None, _("This passkey did not sign. Try again, or use another way."))
    return page(request, owed, form)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Where nothing is owed: on, where a session is open; to the sign-in; or why it needs a cookie."""
    here = arrived(request)
    if here.secret is None:
        return render(request, "entrance/cookie.html", status=403)
    return HttpResponseRedirect("/sign-in/cookie/" if here.who else "/sign-in/")


def page(request: HttpRequest, owed: Owed, form: Second) -> HttpResponse:
    """The page for what is owed."""
    with_passkeys(request)
    return render(request, PAGE, {"form": form, "owed": owed}, status=400 if form.errors else 200)
