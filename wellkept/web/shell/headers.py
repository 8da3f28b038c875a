"""The headers every answer bears: nothing from elsewhere, nothing kept, nothing told to other sites.

Serves U-08, U-24, U-32, P-24. Sources: Content Security Policy Level 3; Fetch, section 3.7 (CORP); RFC 6797 (HSTS).
"""

from collections.abc import Callable, Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse

from wellkept.web.shell import serving
from wellkept.web.shell.public import reason_of

Answer = Callable[[HttpRequest], HttpResponse]

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_SCRIPTS: Final = "; script-src 'self'; connect-src 'self'"
_DENIED: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get",
    "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking",
)  # fmt: skip
_PASSKEYS: Final = ("publickey-credentials-create", "publickey-credentials-get")
_ONE_YEAR: Final = 31_536_000


class Headers:
    """Middleware, outermost but for the log: sets each header the view did not set itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        for name, value in _headers(request):
            response.headers.setdefault(name, value)
        return response


def leading_to(request: HttpRequest, *hosts: str) -> str:
    """The content security policy of a leaving page: its forms, and no others, end at these hosts (U-35, P-03).

    A browser holds the redirect after a form to ``form-action`` too (Content Security Policy Level 3, section 6.4.1).
    """
    ends = " ".join(["form-action 'self'", *(f"https://{host}" for host in hosts)])
    own = _POLICY.replace("form-action 'self'", ends)
    return own + (_SCRIPTS if getattr(request, "scripts", False) else "")


def _headers(request: HttpRequest) -> Iterator[tuple[str, str]]:
    yield "Content-Security-Policy", _POLICY + (_SCRIPTS if getattr(request, "scripts", False) else "")
    yield "Referrer-Policy", "same-origin"
    yield "X-Content-Type-Options", "nosniff"
    yield "Cross-Origin-Opener-Policy", "same-origin"
    yield "Cross-Origin-Resource-Policy", "same-origin"
    ours = _PASSKEYS if getattr(request, "passkeys", False) else ()
    yield "Permissions-Policy", ", ".join(f"{one}=({'self' if one in ours else ''})" for one in _DENIED)
    yield "Cache-Control", "no-store" if is_private(request) else "no-cache"
    if request.is_secure():
        yield "Strict-Transport-Security", f"max-age={_ONE_YEAR}; includeSubDomains"


def is_private(request: HttpRequest) -> bool:
    """Whether the answer must be stored nowhere: always, save on a page named public that nobody signed in asks for."""
    return serving.signed_in(request) or bool(getattr(request, "private", not reason_of(request, "public_reason")))
