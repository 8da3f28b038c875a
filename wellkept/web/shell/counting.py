"""Counts every answer as the pack lets it, and asks a browser to keep two days that many share, where the pack does.

Serves U-02, U-21 to U-23, U-25, U-26, P-22, R-16. It stands above the kept pages and the files, so it sees every
answer. What a browser calls itself, where it came from and its cookie are looked at here and forgotten.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from http.cookies import Morsel
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import http_date

from wellkept.policy import practices
from wellkept.statistics import agents, counters, hits, referrers, remembered
from wellkept.statistics.agents import PROOF_AGENT
from wellkept.statistics.counters import Mark
from wellkept.statistics.dimensions import PROOF
from wellkept.statistics.hits import Hit
from wellkept.web.shell import language, serving
from wellkept.web.shell.public import View

PUBLIC: Final = "public"
DOORS: Final = frozenset(
    {
        "account", "member", "provider", "employer", "agent", "partner", "colleagues", "desk", "privacy", "operations",
        "staff",
    }
)  # fmt: skip
MEASURED: Final = "wellkept.web.site."
"""Where time spent is measured: the public site. No script runs where somebody signs in or is signed in."""


LONGEST: Final = 200
"""How long a path of ours may be to be looked up."""


class Counting:
    """Middleware: counts the answer, and asks the browser to keep today where it may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.read: set[str] = set()
        # Asked once: each of these would otherwise cost more than the counting itself.
        self.mode, self.counters = counters.counted(), counters.ours()
        self.remembers = practices.flag(serving.original(), "return_visit_cookie")
        self.session, self.visited = brought("session"), brought("visits")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, counted."""
        response = self.get_response(request)
        if self.mode == "hits":
            self.counters.count(hits.marks(hit(request, response), audience=PROOF if is_proof(request) else ""))
        elif self.mode == "totals":
            self.counters.count(self.totals(request, response))
        return response

    def process_view(self, request: HttpRequest, view: View, _args: list[object], _kwargs: dict[str, object]) -> None:
        """Marks a page on which time spent is measured: the page brings the script that does it."""
        if request.method in ("GET", "HEAD") and view.__module__.startswith(MEASURED) and measures(request):
            marks = vars(request)
            marks["measured"] = marks["scripts"] = True

    def totals(self, request: HttpRequest, response: HttpResponse) -> Iterator[Mark]:
        """What to count of a page that was read: the page, how it was come to, and whether the browser was here."""
        agent, route = request.META.get("HTTP_USER_AGENT", "")[: agents.LONGEST], self.route_read(request, response)
        if agents.is_crawler(agent):
            yield "crawlers", "", "requests"
        elif route:
            came_from = request.META.get("HTTP_REFERER", "").partition("?")[0][: referrers.MOST]
            own, proof = request.META.get("HTTP_HOST", ""), agent.startswith(PROOF_AGENT)
            yield from read(route, came_from, own, settings.WELLKEPT_OPERATOR, proof=proof)
            if self.remembers and door_of(route) == PUBLIC:
                yield from self.visits(request, response, PROOF if proof else PUBLIC)

    def route_read(self, request: HttpRequest, response: HttpResponse) -> str:
        """The route of the page this answer is, "" where it is none. One a browser still had is a page, too."""
        match = request.resolver_match
        if match is None or request.method != "GET" or response.status_code not in (200, 304):
            return ""
        route = f"/{match.route}"
        if response.status_code == 304:
            return route if route in self.read else ""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return ""
        self.read.add(route)
        return route

    def visits(self, request: HttpRequest, response: HttpResponse, audience: str) -> Iterator[Mark]:
        """Count a visit and remember it. Whoever asks for privacy or has a session is asked to keep nothing."""
        if asks_for_privacy(request):
            yield "visits", audience, remembered.UNKNOWN
            return
        cookies, secure = request.META.get("HTTP_COOKIE", ""), request.is_secure()
        if cookies and self.session[secure].search(cookies):
            return
        today = date.fromisoformat(self.counters.hour()[0])
        kept = self.visited[secure].search(cookies) if cookies else None
        found = remembered.visit(kept[1] if kept else "", today)
        if found:
            yield "visits", audience, found.counted
            remember(response, found.value, today, secure=secure)


@lru_cache(maxsize=2048)
def read(route: str, came_from: str, own: str, _operator: str, *, proof: bool) -> tuple[Mark, ...]:
    """What to count of a page read that was come to so: worked out once for all who come the same way."""
    door = door_of(route)
    audience = PROOF if proof else door
    page = ("pages", audience, route)
    before, path = referrers.parted(came_from, own.lower())
    if before == referrers.OURS:
        asked_from = route_of(path)
        return (page, ("next", audience, f"{asked_from} > {route}")) if asked_from else (page,)
    return (page, ("referrers", audience, before)) if door == PUBLIC else (page,)


def hit(request: HttpRequest, response: HttpResponse) -> Hit:
    """The request and its answer as a hit."""
    meta = request.META
    return Hit(
        query=meta.get("QUERY_STRING", ""),
        status=response.status_code,
        size=size_of(request, response),
        agent=meta.get("HTTP_USER_AGENT", ""),
        cookie=bool(meta.get("HTTP_COOKIE")),
        referrer=meta.get("HTTP_REFERER", ""),
        own=meta.get("HTTP_HOST", "").lower(),
    )


def size_of(request: HttpRequest, response: HttpResponse) -> int | None:
    """How many bytes the body has; None where it is sent piece by piece."""
    if request.method == "HEAD" or response.status_code == 304:
        return 0
    if not response.streaming:
        return len(response.content)
    said = response.headers.get("Content-Length", "")
    return int(said) if said.isdigit() else None


def door_of(route: str) -> str:
    """Whose page a route is: its door, "public" where it stands open."""
    first = route[1:].partition("/")[0]
    return first if first in DOORS else PUBLIC


def route_of(path: str) -> str:
    """The route of one of our paths, "" where it has none."""
    if not 0 < len(path) <= LONGEST:
        return ""
    try:
        return f"/{resolve(language.parted(path, language.offered())[1]).route}"
    except Resolver404:
        return ""


def is_proof(request: HttpRequest) -> bool:
    """Whether one of our own tries asks, which say so: they are counted apart, as whoever says the same would be."""
    return str(request.META.get("HTTP_USER_AGENT", "")).startswith(PROOF_AGENT)


def asks_for_privacy(request: HttpRequest) -> bool:
    """Whether the browser sent Global Privacy Control (W3C, section 3.1: Sec-GPC is 1)."""
    return bool(request.META.get("HTTP_SEC_GPC") == "1")


def measures(request: HttpRequest) -> bool:
    """Whether a page may measure how long it is looked at: where totals are kept, and the browser does not object."""
    return counters.counted() == "totals" and not asks_for_privacy(request)


def brought(which: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How to find a cookie of ours among all that a browser brings, by its whole name: without TLS, and over it.

    No other is looked at, which reading them all would do, and take longer than the counting.
    """
    names = [re.escape(serving.cookie_name(which, secure=secure)) for secure in (False, True)]
    plain, bound = (re.compile(rf"(?:^|;\s*){name}=([^;\s]*)") for name in names)
    return plain, bound


def remember(response: HttpResponse, value: str, today: date, *, secure: bool) -> None:
    """Ask the browser to keep two days until the month is over. The same line for all who come on the same days."""
    made = _cookie(serving.cookie_name("visits", secure=secure), value, today, secure=secure)
    response.cookies[made.key] = made
    response.headers["Cache-Control"] = "private, no-cache"


@lru_cache(maxsize=64)
def _cookie(name: str, value: str, today: date, *, secure: bool) -> Morsel[str]:
    """The cookie, made once for all who get it."""
    made = HttpResponse()
    ends = remembered.ends(today, ZoneInfo(serving.original().time_zone))
    made.set_cookie(
        name, value, expires=http_date(ends.timestamp()), path="/", secure=secure, httponly=True, samesite="Lax"
    )
    return made.cookies[name]
