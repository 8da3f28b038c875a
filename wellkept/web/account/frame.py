"""Whose account a page of this door is about: the session's own, whichever door its holder otherwise uses.

Serves U-30. No address of this door names an account.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.access.queries import Who
from wellkept.policy.words import Refused
from wellkept.web.shell import doors
from wellkept.web.shell.values import NavItem


@dataclass(frozen=True, slots=True)
class Own:
    """Whoever asks: the hash of the session's secret, whose it is, and how their own door frames a page."""

    secret: bytes
    who: Who
    frame: Mapping[str, object]


def own(request: HttpRequest) -> Own:
    """The session's own account. Raises ``Refused``: ``no session``."""
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    who = access.who(secret) if secret else None
    if secret is None or who is None:
        raise Refused(_("You are signed out. Please sign in."), clause="U-30", reason="no session")
    return Own(secret, who, doors.framed(request, who))


def page(
    request: HttpRequest, here: Own, template: str, given: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page of this door in the frame of its reader's own."""
    return render(request, f"account/{template}.html", {**here.frame, **given}, status=status)


def places() -> tuple[NavItem, ...]:
    """What can be changed about an account, in the order of its page."""
    return (
        NavItem(_("Change your password"), "/account/password/"),
        NavItem(_("Ways to sign in"), "/account/ways/"),
        NavItem(_("Change your e-mail address"), "/account/address/"),
        NavItem(_("How we reach you"), "/account/reach/"),
        NavItem(_("If you forget your password"), "/account/recovery/"),
        NavItem(_("Close your account"), "/account/close/"),
    )
