"""How somebody likes to read: one cookie of choices from a closed list, and nothing that anybody could write into it.

Serves U-23, U-44, P-20. Only where the pack's practice turns it on; an operator that promises no such cookie has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from django.http import HttpRequest, HttpResponse

from wellkept.policy import practices
from wellkept.web.shell import serving

TEXT: Final = ("normal", "large", "larger")
CONTRAST: Final = ("normal", "more")
NO_NOTICE: Final = "none"
YEAR: Final = 31_536_000


@dataclass(frozen=True, slots=True)
class Choices:
    """How pages look to somebody, and the version of the policy whose announcement they put away ("none")."""

    text: str = TEXT[0]
    contrast: str = CONTRAST[0]
    notice: str = NO_NOTICE

    @property
    def written(self) -> str:
        """The choices as the cookie holds them: "large.more.2026-11-22"."""
        return f"{self.text}.{self.contrast}.{self.notice}"

    @property
    def classes(self) -> str:
        """The classes of the root element; "" where everything is as it comes."""
        chosen = (f"text-{self.text}", f"contrast-{self.contrast}")
        return " ".join(one for one in chosen if not one.endswith("-normal"))


class Preferences:
    """Middleware: sets ``preferences`` on the request, and takes back a cookie that holds anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer."""
        found = chosen(request)
        vars(request)["preferences"] = found or Choices()
        response = self.get_response(request)
        if found is None and cookie_name(request) not in response.cookies:
            response.delete_cookie(cookie_name(request), path="/", samesite="Lax")
        return response


def offered() -> bool:
    """Whether this operator lets a browser keep such choices."""
    return practices.flag(serving.original(), "preferences_cookie")


def chosen(request: HttpRequest) -> Choices | None:
    """What the browser kept, the choices of everybody where it kept nothing, None where it brought anything else."""
    kept = request.COOKIES.get(cookie_name(request)) if offered() else None
    return Choices() if kept is None else possible(announced()).get(kept)


def announced() -> tuple[str, ...]:
    """The versions of the policy that are or were announced: every one that revised another."""
    return tuple(one.version for one in serving.original().versions[1:])


@cache
def possible(versions: tuple[str, ...]) -> Mapping[str, Choices]:
    """Every value the cookie may have, where these versions of the policy were ever announced."""
    every = [Choices(*one) for one in product(TEXT, CONTRAST, (NO_NOTICE, *versions))]
    return {one.written: one for one in every}


def cookie_name(request: HttpRequest) -> str:
    """The one cookie of choices."""
    return serving.cookie_name("preferences", secure=request.is_secure())


def remember(request: HttpRequest, response: HttpResponse, choices: Choices) -> None:
    """Ask the browser to keep the choices for a year; where all is as it comes there is nothing to keep."""
    if choices == Choices():
        response.delete_cookie(cookie_name(request), path="/", samesite="Lax")
        return
    response.set_cookie(
        cookie_name(request),
        choices.written,
        max_age=YEAR,
        path="/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
