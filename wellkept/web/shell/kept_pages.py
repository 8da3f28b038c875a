"""Public pages kept as finished bytes for a moment: the same for everyone who asks for the same page in the same way.

Serves U-01, U-25, B-11. What the tries found is looked at twice a second and drops every page when it is new, so that
none says what was so two seconds ago; a new day drops every page, too. A page that shows more of the database than the
tries is kept a second and a half. A page is kept under its address and under choices from closed lists, so that no
header can lay one visitor's answer before another (RFC 9111, section 4.1; web cache poisoning).
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic
from typing import Final
from urllib.parse import parse_qsl

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from wellkept.web.shell import counting, evidence, preferences, serving, visitor
from wellkept.web.shell.public import mark_of, reason_of

SECONDS: Final = 1.5
STEADY_SECONDS: Final = 10.0
"""How long a page is kept, and one that says so of itself: its "3 minutes ago" may be that much late."""
LOOKED_AFTER: Final = 0.5
RENEWED_AT: Final = 2 / 3
MOST_PAGES: Final = 600
MOST_BYTES: Final = 24_000_000
LARGEST: Final = 1_000_000
LONGEST_QUERY: Final = 200
DOOR: Final = "wellkept.web.site."
VARIES: Final = ("Accept-Encoding", "Cookie", "Sec-GPC")
_GZIP: Final = re.compile(r"\bgzip\b")
_READ: Final = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg+xml")

Key = tuple[bool, str, str, bool, bool, str]


@dataclass(slots=True)
class KeptPage:
    """The bytes of one answer, compressed or not, its headers, and what the middleware above asks of its request.

    ``kept_at`` is a moment of the monotonic clock and ``lasts`` how many seconds it is good; ``renewing`` is set by the
    first request that makes it anew.
    """

    body: bytes
    headers: Mapping[str, str]
    etag: str
    match: ResolverMatch
    scripts: bool
    kept_at: float
    lasts: float
    renewing: bool = False


class KeptPages:
    """Middleware above everything that makes a page, and below what counts and names headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: dict[Key, KeptPage] = {}
        self.size = 0
        self.dropped_at = 0.0
        self.day = date.min
        self.lock = Lock()
        self.shown: object = None
        self.looked_at = -LOOKED_AFTER
        self.looking = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, kept or made."""
        key = key_of(request)
        if key is None:
            return varying(request, self.get_response(request))
        page = self.held(key)
        if page is None:
            began = monotonic()
            response = whole(request, self.get_response)
            if not may_be_kept(request, response):
                return varying(request, response)
            page = self.keep(key, request, varying(request, response), began=began)
        return given(page, request)

    def held(self, key: Key) -> KeptPage | None:
        """The page kept under ``key``; None where none is young enough, or where this request is to make it anew."""
        if not self.pages:
            return None
        self.look()
        page = self.pages.get(key)
        if page is None or (age := monotonic() - page.kept_at) >= page.lasts:
            return None
        if age < page.lasts * RENEWED_AT or page.renewing:
            return page
        page.renewing = True
        return None

    def look(self) -> None:
        """Drop every page where it is another day, or the tries have found something else than the pages say.

        One looks at a time. While the database does not answer, the others get what was known last. The first look
        drops what was kept before it, since nothing says what that showed.
        """
        pack = serving.original()
        if (today := serving.today(pack)) != self.day:
            self.drop()
            self.day = today
        if monotonic() - self.looked_at >= LOOKED_AFTER and self.looking.acquire(blocking=False):
            try:
                found = evidence.verdicts(pack, HttpRequest())
                if found is not self.shown and found != self.shown:
                    self.drop()
                self.shown, self.looked_at = found, monotonic()
            finally:
                self.looking.release()

    def drop(self) -> None:
        """Keep nothing of before."""
        with self.lock:
            self.pages, self.size, self.dropped_at = {}, 0, monotonic()

    def keep(self, key: Key, request: HttpRequest, response: HttpResponse, *, began: float) -> KeptPage:
        """Keep the answer, begun at that moment, under ``key``. The oldest go where there are too many pages or bytes.

        What was begun before the tries found something new is answered and not kept.
        """
        body, match = bytes(response.content), request.resolver_match
        if match is None:
            raise ValueError("Only the answer of one of our own routes is kept.")
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {**response.headers, "ETag": etag, "Content-Length": str(len(body))}
        lasts = STEADY_SECONDS if reason_of(request, "steady_reason") else SECONDS
        scripts = bool(getattr(request, "scripts", False))
        page = KeptPage(body, headers, etag, match, scripts=scripts, kept_at=began, lasts=lasts)
        with self.lock:
            if began < self.dropped_at:
                return page
            before = self.pages.pop(key, None)
            self.pages[key] = page
            self.size += len(body) - (len(before.body) if before else 0)
            while len(self.pages) > MOST_PAGES or self.size > MOST_BYTES:
                self.size -= len(self.pages.pop(next(iter(self.pages))).body)
        return page


def key_of(request: HttpRequest) -> Key | None:
    """Under what the answer may be kept; None where it may not: a form, a session, a value nobody gave out."""
    if request.method not in ("GET", "HEAD") or visitor.cookie_name(request) in request.COOKIES:
        return None
    query, choices = request.META.get("QUERY_STRING", ""), preferences.chosen(request)
    if choices is None or len(query) > LONGEST_QUERY or not is_our_host(request):
        return None
    gzip = bool(_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    private = counting.asks_for_privacy(request)
    return request.is_secure(), request.path_info, query, gzip, private, choices.written


def is_our_host(request: HttpRequest) -> bool:
    """Whether the request names a host of ours; any other is refused further in, every time."""
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def whole(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The answer to the same request as a GET, which is what HEAD asks about (RFC 9110, section 9.3.2)."""
    asked, request.method = request.method, "GET"
    try:
        return get_response(request)
    finally:
        request.method = asked


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer is a public page of the site that is the same for everyone, and holds nothing for one."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and is_of_the_site(request)
        and not reason_of(request, "never_kept_reason")
        and not serving.signed_in(request)
        and not getattr(request, "private", False)
        and not re.search("no-store|private", response.headers.get("Cache-Control", ""))
        and response.headers.get("Content-Type", "").startswith(_READ)
        and len(response.content) <= LARGEST
        and asks_only_what_it_declares(request)
    )


def is_of_the_site(request: HttpRequest) -> bool:
    """Whether a view of the public site, marked as such, answered."""
    match = request.resolver_match
    if match is None or not match.func.__module__.startswith(DOOR):
        return False
    return bool(reason_of(request, "public_reason"))


def asks_only_what_it_declares(request: HttpRequest) -> bool:
    """Whether each name in the query is one the view says that it reads."""
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return True
    asked = {name for name, _value in parse_qsl(query, keep_blank_values=True)}
    return bool(asked) and asked <= set(mark_of(request, "reads_names") or ())


def varying(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer of the site, telling what else than its address it depends on."""
    if is_of_the_site(request):
        patch_vary_headers(response, VARIES)
    return response


def given(page: KeptPage, request: HttpRequest) -> HttpResponse:
    """The page as a new answer, or that it has not changed since the browser asked last."""
    marks = vars(request)
    marks["resolver_match"], marks["scripts"] = page.match, page.scripts
    if has(page.etag, request.META.get("HTTP_IF_NONE_MATCH", "")):
        return HttpResponseNotModified(headers={"ETag": page.etag, "Vary": page.headers["Vary"]})
    return HttpResponse(page.body, headers=dict(page.headers))


def has(etag: str, known: str) -> bool:
    """Whether the browser says that it has these bytes (RFC 9110, section 13.1.2: weakly compared)."""
    if not known:
        return False
    tags = [one.removeprefix("W/") for one in parse_etags(known)]
    return etag in tags or tags == ["*"]
