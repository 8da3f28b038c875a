"""Nothing typed is lost when a sign-in runs out: what was sent too late comes back in its form after signing in again.

Serves R-11, U-30. Sources: WCAG 2.2, 2.2.5 and 2.2.6. Only the pages named here; never a password, a code or a file.
The way back is the name of a page of the list, never an address that somebody sent.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from wellkept.accounts import typed
from wellkept.web.shell import language, refill, serving

PAGES: Final = frozenset(
    {
        "member-contact", "member-ask", "member-wrong", "member-sharing", "member-claim-new", "member-claim-edit",
        "member-claim-answer", "member-change-new", "member-change-edit", "member-change-answer",
        "member-other-insurance", "member-other-insurance-answer", "desk-case", "desk-registration", "privacy-request",
        "privacy-how-mended", "privacy-link-propose", "privacy-link-review", "privacy-link-withdraw",
        "operations-pair", "operations-join", "operations-split", "colleagues-invite", "staff-invite",
    }
)  # fmt: skip
"""The pages whose forms take time to fill in, by the name of their route."""

NEVER: Final = frozenset(
    {"token", "password", "old", "new", "code", "response", "secret", "social", "word", "file", "paper", "papers"}
)
"""Fields that are kept nowhere, whatever page has them."""

MARK: Final = "typed"
"""What the address says for one look: that the form is to be filled in again."""


class Typed:
    """Middleware, after the cookie was read: fills a form in again for whoever typed it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; with the form filled in where somebody comes back to it."""
        said = _mine(request) if request.method == "GET" and MARK in request.GET else None
        if said is None:
            return self.get_response(request)
        vars(request)["typed_back"] = True
        response = self.get_response(request)
        match = request.resolver_match
        here = match is not None and (match.view_name, _words(match.kwargs)) == (said["page"], said["named"])
        if here and response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
            text = refill.filled(response.content.decode(response.charset), said["fields"])
            response.content = text.encode(response.charset)
            typed.drop(request.session_secret_hash)  # type: ignore[attr-defined]  # there was one to open it
        return response


def keep(request: HttpRequest) -> bool:
    """Keep what was sent, where the sign-in of this browser ran out and the page is one of the list."""
    match, secret = request.resolver_match, _secret(request)
    if request.method != "POST" or match is None or secret is None or match.view_name not in PAGES:
        return False
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NEVER}
    if not any(value.strip() for values in fields.values() for value in values):
        return False
    said = {
        "page": match.view_name, "named": _words(match.kwargs), "fields": fields, "language": serving.language(),
    }  # fmt: skip
    try:
        return typed.keep(secret, said)
    except Error:
        return False


def place(request: HttpRequest) -> str | None:
    """Where whoever just signed in goes back to: the page whose form they had filled in; None without one."""
    said = _mine(request)
    if said is None or said["page"] not in PAGES:
        return None
    try:
        path = reverse(said["page"], kwargs=said["named"])
    except NoReverseMatch:
        return None
    return language.led(f"{path}?{MARK}", said["language"])


def carry(request: HttpRequest, secret: str) -> None:
    """What this browser's cookie kept goes with it when it gets another one; it never fails a sign-in."""
    old = _secret(request)
    if old is not None and old != secret:
        try:
            typed.carry(old, secret)
        except Error:
            return


def forget(request: HttpRequest) -> None:
    """Destroy what waits for this browser."""
    digest: bytes | None = getattr(request, "session_secret_hash", None)
    try:
        if digest is not None:
            typed.drop(digest)
    except Error:
        return


def waits(request: HttpRequest) -> bool:
    """Whether what was typed waits for its owner to sign in."""
    digest: bytes | None = getattr(request, "session_secret_hash", None)
    try:
        return digest is not None and typed.waits(digest)
    except Error:
        return False


def _mine(request: HttpRequest) -> Mapping[str, Any] | None:
    secret = _secret(request)
    try:
        return typed.mine(secret) if secret is not None else None
    except Error:
        return None


def _secret(request: HttpRequest) -> str | None:
    return getattr(request, "session_secret", None)


def _words(named: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in named.items()}
