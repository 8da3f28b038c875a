"""Signing in with a passkey alone, and the numbers that passkeys have to sign.

Serves R-10. The device must ask who holds it. A number works once, within five minutes, for what it was asked for.
"""

from typing import Final, get_args

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.accounts import passkeys
from wellkept.accounts.passkeys import Purpose
from wellkept.web.entrance.arrivals import arrived, entered
from wellkept.web.entrance.forms import SignIn
from wellkept.web.entrance.throttle import WAYS, too_many
from wellkept.web.shell import browsers
from wellkept.web.shell.passkeys import site, with_passkeys
from wellkept.web.shell.public import public

PAGE: Final = "entrance/sign_in.html"
PURPOSES: Final = frozenset(get_args(Purpose))


@public("Whoever signs in has not signed in yet.")
def sign_in(request: HttpRequest) -> HttpResponse:
    """A session for a passkey that signed; the sign-in page once more for anything else."""
    here = arrived(request)
    if request.method != "POST":
        return HttpResponseRedirect("/sign-in/")
    with_passkeys(request)
    form = SignIn()
    form.cleaned_data = {}
    if not WAYS.allows(request):
        return too_many(request, PAGE, form)
    credential = request.POST.get("credential", "")
    begun = passkeys.sign_in(credential, before=here.secret, site=site(request), browser=browsers.of(request))
    if begun:
        return entered(request, begun)
    said = SignIn({"login": "", "password": ""})
    said.errors.clear()
    said.add_error(None, _("This passkey did not sign you in. Try again, or use another way."))
    return render(request, PAGE, {"form": said}, status=400)


@public("A random number for a browser to sign; it opens nothing, and only a passkey makes something of it.")
def options(request: HttpRequest, purpose: str) -> HttpResponse:
    """What the browser needs, as JSON. Another site cannot ask (``SameOrigin``)."""
    here = arrived(request)
    if request.method != "POST" or purpose not in PURPOSES:
        raise Http404
    if not WAYS.allows(request):
        return HttpResponse(status=429)
    made = passkeys.options(purpose, secret=here.secret, site=site(request))  # type: ignore[arg-type]
    if made is None:
        return HttpResponse(status=403)
    return HttpResponse(made, "application/json")
