"""On the first page after a sign-in: whether we can still reach whoever signed in, asked calmly and rarely.

Serves U-28. After a mail came back, where an address waits for its code, and months after it was last confirmed.
"""

from typing import Final

from django.db import Error
from django.http import HttpRequest

from wellkept.notices import reaching
from wellkept.notices.reaching import Asks
from wellkept.policy import practices
from wellkept.web.shell import serving

HOMES: Final = frozenset(
    f"/{door}/"
    for door in (
        "member", "provider", "employer", "agent", "partner", "desk", "privacy", "operations", "staff", "account",
    )
)  # fmt: skip
"""The first page of each door."""


def notice(request: HttpRequest) -> Asks:
    """What to ask on this page: nothing but on the first page of a door, to whoever is signed in."""
    secret = getattr(request, "session_secret_hash", None)
    if secret is None or request.path not in HOMES:
        return Asks.NOTHING
    try:
        return reaching.asks(secret, months=months())
    except Error:
        return Asks.NOTHING


def months() -> int:
    """After how many months somebody is asked again."""
    return practices.number(serving.original(), "contact_confirmed_months")
