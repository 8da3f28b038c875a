"""Closing one's own account: what happens then is said first, and it is shown once more that it is you (U-30, U-08)."""

from typing import Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.accounts import leaving
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Role
from wellkept.web.account import frame
from wellkept.web.shell import proving
from wellkept.web.shell.context import public_nav
from wellkept.web.shell.forms import Form
from wellkept.web.shell.visitor import forget

LEAVE: Final = (Role.MEMBER, Role.PROVIDER, Role.EMPLOYER, Role.AGENT, Role.PARTNER)


class Closing(Form):
    """That it is meant."""

    asks = Asks(
        "closing", "2026-11", "registration", {"sure": ONCE},
        why=gettext_lazy("It keeps an account from being closed by a slip of the hand."),
    )  # fmt: skip

    sure = forms.BooleanField(label=gettext_lazy("Yes, close my account"))


def close(request: HttpRequest) -> HttpResponse:
    """What closing means, and the form; then the page of somebody who is signed out."""
    here = frame.own(request)
    if here.who.role not in LEAVE:
        return frame.page(request, here, "closing_staff", {})
    if not proving.recently(request):
        return proving.ask(request)
    form = Closing(request.POST if request.method == "POST" else None)
    given = {"form": form, "member": here.who.role == Role.MEMBER}
    if not form.is_valid():
        return frame.page(request, here, "closing", given, status=400 if form.errors else 200)
    match leaving.close(here.secret):
        case "yes":
            vars(request).update(nav=public_nav(), signed_in_as="", policy_unread=None, private=True)
            response = render(request, "account/closed.html", {"member": given["member"], "pack": settings.PACK})
            forget(request, response)
            return response
        case "last":
            form.add_error(None, _("Nobody else could decide who comes in. Let a colleague decide first, then close."))
            return frame.page(request, here, "closing", given, status=400)
        case _:
            return proving.ask(request)
