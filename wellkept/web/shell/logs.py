"""Our own request log: method, route, status, milliseconds. No path, query, address, agent, referrer or identifier.

Serves U-02, U-25. The route is the pattern ("policy/<str:clause>/"), so it holds no value anyone chose.
"""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Final

from django.http import HttpRequest, HttpResponse

_LOG: Final = logging.getLogger("wellkept.request")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestLog:
    """Middleware, outermost: one line an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, once it has been counted."""
        began = perf_counter()
        response = self.get_response(request)
        spent = (perf_counter() - began) * 1000
        method = request.method if request.method in _METHODS else "OTHER"
        _LOG.info("%s %s %d %.1f ms", method, _route(request), response.status_code, spent)
        return response


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"/{match.route}" if match else "no-route"
