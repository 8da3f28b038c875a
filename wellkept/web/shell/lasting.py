"""How long a sign-in lasts, said on each page of whoever is signed in, with a warning in time and a way to go on.

Serves R-11. Sources: WCAG 2.2, 2.2.1 and 2.2.6; OWASP ASVS 5.0, 7.3. No page keeps a sign-in alive by itself: only what
its reader does counts as use.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wellkept.accounts import visits
from wellkept.accounts.visits import Left
from wellkept.web.shell.public import View, reason_of

LEAD: Final = 300
"""Seconds before the end at which the warning comes; WCAG asks for 20 at least."""


@dataclass(frozen=True, slots=True)
class Lasts:
    """In how many seconds the sign-in ends, unused and in any case, and when that is."""

    left: Left
    lead: int
    ends: datetime

    @property
    def whatever(self) -> bool:
        """Whether it ends then whatever happens."""
        return self.left.whole <= self.left.unused


class Lasting:
    """Middleware: ``request.lasts`` is a ``Lasts`` or false, asked for only when a page prints it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: View, _args: list[object], _kwargs: dict[str, object]) -> None:
        """Put the question on the request, where the page is not open to everybody."""
        secret = getattr(request, "session_secret_hash", None)
        if secret is not None and not reason_of(request, "public_reason"):
            vars(request)["lasts"] = SimpleLazyObject(lambda: lasts(request, secret))


def lasts(request: HttpRequest, secret: bytes) -> Lasts | None:
    """How long it goes on; None where it has ended, and while nobody can know. The page that says so has a script."""
    try:
        left = visits.left(secret, use=False)
    except Error:
        return None
    if left is None:
        return None
    vars(request)["scripts"] = True
    return Lasts(left, LEAD, timezone.now() + timedelta(seconds=left.seconds))
