"""The session cookie, read once: its hash for the gate, and the token that signed-in forms carry.

Serves P-20, P-21. No database is asked here; the gate finds out whose session it is, if anybody's.
"""

import hashlib
import hmac
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from wellkept.web.shell import serving, typed
from wellkept.web.shell.errors import refusal
from wellkept.web.shell.public import View, reason_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST = 100


class Visitor:
    """Middleware: sets ``session_secret``, its hash and ``form_token``, None without cookie; guards signed-in forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer."""
        secret = request.COOKIES.get(cookie_name(request), "")
        secret = secret if len(secret) <= LONGEST else ""
        marks = vars(request)
        marks["session_secret"] = secret or None
        marks["session_secret_hash"] = hashlib.sha256(secret.encode()).digest() if secret else None
        marks["form_token"] = token(secret) if secret else None
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: View, _args: list[object], _kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """The refusal of a form that does not carry its session's token."""
        expected = getattr(request, "form_token", None)
        if request.method in SAFE or expected is None or reason_of(request, "public_reason"):
            return None
        if constant_time_compare(request.POST.get("token", ""), expected):
            return None
        return refusal(
            request, sentence=_("This form is from another session. Please go back, load the page again and repeat.")
        )


def cookie_name(request: HttpRequest) -> str:
    """The one cookie of a session."""
    return serving.cookie_name("session", secure=request.is_secure())


def token(secret: str) -> str:
    """The token of a session's forms (HMAC-SHA-256): it tells nothing of the secret."""
    return hmac.new(secret.encode(), b"wellkept.form", hashlib.sha256).hexdigest()[:32]


def remember(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    """Give the browser the session's cookie, without a lifetime: it ends with the browser (P-20).

    What its last cookie kept of a form that was sent too late goes with it.
    """
    typed.carry(request, secret)
    response.set_cookie(
        cookie_name(request), secret, path="/", secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def drop(request: HttpRequest, response: HttpResponse) -> None:
    """Take the session's cookie back."""
    response.delete_cookie(cookie_name(request), path="/", samesite="Lax")


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Take the cookie back and whatever else of ours the browser keeps, and what waits for it."""
    typed.forget(request)
    drop(request, response)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
