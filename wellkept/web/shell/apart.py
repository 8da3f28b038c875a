"""Where the entrance is a process of its own, each process answers its own addresses and no other.

Serves R-10, U-30. Source: RFC 9110, 15.5.20 (421): a request that came to the wrong process.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.policy import entrances

Answer = Callable[[HttpRequest], HttpResponse]


class Apart:
    """Middleware, after the language is off the address."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or 421 for an address of the other process."""
        kind, own = settings.ENTRANCE, entrances.belongs(request.path_info)
        if (kind == entrances.APART and own) or (kind == entrances.ALONE and not own):
            return HttpResponse(_("Another process of this portal answers this address."), "text/plain", status=421)
        return self.get_response(request)
