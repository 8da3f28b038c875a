"""Acts that ask again whether it is really you: shown within minutes, or shown once more first.

Serves R-10, P-18. Source: OWASP ASVS 5.0, 7.5. The way back is the name of a page from a closed list, never an address.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.accounts import visits

MINUTES: Final = 15
AGAIN: Final = "/sign-in/again/"

RETURNS: Final[Mapping[str, str | Promise]] = {
    "colleagues": _("Who can come in"),
    "privacy-agreements": _("Agreements"),
    "privacy-releases": _("Release under an agreement"),
    "privacy-contracts": _("What contracts take away"),
    "colleagues-invite": _("Invite a colleague"),
    "staff-home": _("Who works here"),
    "staff-invite": _("Invite somebody"),
    "privacy-watch": _("Openings that stand out"),
    "privacy-near": _("Who is near to our staff"),
    "privacy-unseen": _("Openings kept back"),
    "desk-authorities": _("Papers of representatives"),
    "account-password": _("Change your password"),
    "account-address": _("Change your e-mail address"),
    "member-news-how": _("How we tell you"),
    "member-contact": _("Where we write to you"),
    "member-helper-new": _("Name a helper"),
    "member-authorize": _("Authorize somebody"),
    "member-choices": _("My choices"),
    "account-ways": _("Ways to sign in"),
    "account-close": _("Close your account"),
    "account-recovery": _("Your secret response"),
}
"""The pages one may come back to, by the name of their route, and how each is called. None takes an argument."""


def recently(request: HttpRequest, minutes: int = MINUTES) -> bool:
    """Whether whoever is signed in here showed within these minutes that it is them; False where nobody is."""
    secret: bytes | None = getattr(request, "session_secret_hash", None)
    return secret is not None and visits.proved(secret, minutes=minutes)


def ask(request: HttpRequest, to: str = "") -> HttpResponseRedirect:
    """Off to show it once more, then to the page ``to`` (this one unless named; home where it is not listed)."""
    name = to or (request.resolver_match.view_name if request.resolver_match else "")
    return HttpResponseRedirect(f"{AGAIN}?{urlencode({'to': name})}" if name in RETURNS else AGAIN)


def back(name: str) -> str | None:
    """The address of a page of the list; None for any other name."""
    return reverse(name) if name in RETURNS else None
