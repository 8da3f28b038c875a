"""This was not me: everything of the account is shut at once, and somebody of ours waits for a call (U-30)."""

from typing import Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from wellkept.accounts import events, own, visits
from wellkept.accounts.events import Event
from wellkept.accounts.visits import Visit
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Role
from wellkept.web.account import frame
from wellkept.web.shell import browsers
from wellkept.web.shell.context import public_nav
from wellkept.web.shell.forms import Form
from wellkept.web.shell.visitor import forget

SESSION: Final = "session"


class Shut(Form):
    """Whether the other ways to sign in go, too."""

    asks = Asks("not me", "2026-11", "registration", {"ways": ONCE})

    ways = forms.BooleanField(
        label=gettext_lazy("Remove my passkeys, authenticator app and recovery codes, too"),
        help_text=gettext_lazy("Choose this if one of them is not yours."),
        required=False,
    )


def not_me(request: HttpRequest, number: UUID) -> HttpResponse:
    """What will happen, and a button; then what happened, whom to call, and which number to say."""
    here = frame.own(request)
    about = meant(here.secret, number)
    if about is None:
        raise Http404
    form = Shut(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        shown = "event" if isinstance(about, Event) else "visit"
        given = {shown: about, "number": number, "form": form, "member": here.who.role == Role.MEMBER}
        return frame.page(request, here, "not_me", given)
    kind = about.kind if isinstance(about, Event) else SESSION
    quoted = own.not_me(here.secret, about=kind, ways=form.cleaned_data["ways"], browser=browsers.of(request))
    if quoted is None:
        return HttpResponseRedirect("/sign-in/")
    vars(request).update(nav=public_nav(), signed_in_as="", policy_unread=None, private=True)
    response = render(request, "account/not_me_done.html", {"quoted": quoted, "pack": settings.PACK})
    forget(request, response)
    return response


def meant(secret: bytes, number: UUID) -> Event | Visit | None:
    """The open sign-in or the event of the session's own account that has this number."""
    found = next((one for one in visits.visits(secret) if one.occasion == number), None)
    return found or events.one(secret, number)
