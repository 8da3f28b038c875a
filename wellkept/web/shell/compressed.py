"""Public pages travel compressed; pages behind a door never do.

A page that holds a secret beside what a stranger chose tells it by its length (BREACH, 2013). A public page holds none.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from wellkept.web.shell.headers import is_private


class Compressed(GZipMiddleware):
    """Middleware: gzip for answers that are the same for everybody, to the byte."""

    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where it may be."""
        if request.method != "GET" or getattr(request, "form_token", None) or is_private(request):
            return response
        return super().process_response(request, response)
