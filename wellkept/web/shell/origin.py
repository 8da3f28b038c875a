"""Forms come from our own pages: Sec-Fetch-Site says so, else Origin or Referer must name this host.

Serves P-20: there is no cookie against forged requests, so forms work with cookies refused.
Source: Fetch Metadata Request Headers (W3C); RFC 6454, section 7.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.web.shell.errors import refusal
from wellkept.web.shell.public import View, reason_of

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """Middleware: a request that changes something is refused unless one of our own pages sent it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on; the decision is made once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: View, _args: list[object], _kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """The refusal, or None where the request may go on."""
        if request.method in _SAFE or is_ours(request) or reason_of(request, "from_anywhere_reason"):
            return None
        return refusal(
            request, sentence=_("We could not tell that this form came from our own page, so we did nothing.")
        )


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says the request was sent by a page of this origin. Saying nothing is not enough."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(sender)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
