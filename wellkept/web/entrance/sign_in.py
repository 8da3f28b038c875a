"""Signing in and out, and what has to be agreed to first.

Serves U-23, U-30, U-41, P-20, P-21, P-25.
"""

from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.accounts import actions
from wellkept.consent import actions as consent
from wellkept.consent.documents import documents
from wellkept.policy.words import Role
from wellkept.web.entrance.forms import Agree, SignIn
from wellkept.web.entrance.throttle import PASSWORDS
from wellkept.web.shell.public import public
from wellkept.web.shell.visitor import forget, remember

HOMES: Final = {Role.MEMBER: "/member/", Role.REPRESENTATIVE: "/desk/", Role.PRIVACY_OFFICER: "/privacy/"}


@public("Whoever signs in has not signed in yet.")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; afterwards to one's own door, with a new session."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not PASSWORDS.allows(request):
            raise ValidationError(_("There were too many tries from here. Please wait a few minutes, or call us."))
        secret = actions.sign_in(login=form.cleaned_data["login"], password=form.cleaned_data["password"])
        if secret is not None:
            response = HttpResponseRedirect("/sign-in/cookie/")
            remember(request, response, secret)
            return response
        form.add_error(
            None, _("This name and this password do not belong together. Check both, or ask for a new access code.")
        )
    return render(request, "entrance/sign_in.html", {"form": form}, status=400 if form.errors else 200)


@public("It says why signing in needs a cookie, to a browser that refused it (P-20, U-23).")
def cookie(request: HttpRequest) -> HttpResponse:
    """On to the account's own door, or the explanation where the browser did not keep the session's cookie."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        return render(request, "entrance/cookie.html", status=403)
    if consent.owed(secret):
        return HttpResponseRedirect("/sign-in/agree/")
    return HttpResponseRedirect(HOMES.get(Role(who.role), "/"))


def agree(request: HttpRequest) -> HttpResponse:
    """One document after another that has to be agreed to; then on."""
    secret = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        return HttpResponseRedirect("/sign-in/")
    vars(request)["signed_in_as"] = who.actor or _("a member")
    owed = consent.owed(secret)
    texts = {(d.name, d.version): d for d in documents(settings.PACK)}
    waiting = [texts[one] for one in owed if one in texts]
    if not waiting:
        return HttpResponseRedirect("/sign-in/cookie/")
    form = Agree(request.POST or None)
    if request.method == "POST" and form.is_valid():
        consent.acknowledge(secret, name=waiting[0].name, version=waiting[0].version)
        return HttpResponseRedirect("/sign-in/agree/")
    given = {"form": form, "document": waiting[0], "more": len(waiting) - 1}
    return render(request, "entrance/agree.html", given, status=400 if form.errors else 200)


@public("Signing out needs no more than the cookie it ends.")
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends, here and in the database."""
    if request.method != "POST":
        return HttpResponseRedirect("/")
    secret = getattr(request, "session_secret_hash", None)
    if secret:
        actions.sign_out(secret)
    response = render(request, "entrance/signed_out.html")
    forget(request, response)
    return response
