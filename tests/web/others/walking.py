"""What somebody meets behind a door: every link and form of every page, each with its route and its real numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.urls import URLResolver, get_resolver, resolve

from tests.web.others.company import Company

AWAY: Final = ("wellkept.web.site", "wellkept.web.entrance", "wellkept.web.shell")
"""Pages for anyone, and those before anybody is known: they hold nothing of a person."""
EACH: Final = 2
"""Of each route, so many addresses of one owner are walked."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form of somebody's page: where it goes, and what is in it as it stands."""

    address: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Met:
    """By address, who met it: pages and files, and forms."""

    pages: dict[str, set[str]] = field(default_factory=dict)
    forms: dict[str, tuple[Sent, set[str]]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """All that each read on the way, in small letters."""

    def known(self, route: str) -> str:
        """An address of a route with real numbers of somebody's, wherever they met those; empty where nobody did."""
        begin, _, rest = route.rpartition(">")
        for path in (*self.pages, *self.forms):
            met = route_of(path)
            if met.startswith(f"{begin}>"):
                parts = begin.count("/") + 1
                return "/".join(path.split("/")[: parts + 1]) + rest
        return ""

    def routes(self) -> set[str]:
        """Every route that somebody met."""
        return {route_of(path) for path in (*self.pages, *self.forms)}


class Reading(HTMLParser):
    """The links of a page, and its forms filled in with what stands there, or the first that may be chosen."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.links, self.forms = path, list[str](), list[Sent]()
        self.inside: Sent | None = None
        self.choosing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow where it leads, note what it asks."""
        has = {name: value or "" for name, value in attrs}
        link = urlsplit(urljoin(self.path, has.get("href") or has.get("src") or ""))
        if link.path.startswith("/") and not link.netloc and not link.scheme:
            self.links.append(link.path)
        if tag == "form":
            action = urlsplit(urljoin(self.path, has.get("action", ""))).path
            self.inside = Sent(action) if has.get("method", "").lower() == "post" else None
            self.forms += [self.inside] if self.inside else []
        elif self.inside and tag == "select":
            self.choosing = has.get("name", "")
        elif self.inside and tag == "option" and has.get("value") and self.choosing:
            self.inside.fields.setdefault(self.choosing, has["value"])
        elif self.inside and tag in ("input", "textarea", "button") and has.get("name") and has.get("type") != "file":
            self.inside.fields.setdefault(has["name"], has.get("value") or "1")

    def handle_endtag(self, tag: str) -> None:
        """The form is over."""
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.choosing = ""


def walk(company: Company, name: str, places: Sequence[str], met: Met) -> None:
    """Follow every link from somebody's first pages, some addresses of each route."""
    client, waiting, seen = company.client(name), [*places], dict[str, set[str]]()
    asked = set[str]()
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        walked = seen.setdefault(route, set())
        if not route or path in asked or len(walked) == (EACH if "<" in route else 1):
            continue
        asked.add(path)
        answer = client.get(path)
        assert answer.status_code < 500, (name, path)
        if answer.status_code == 302:
            waiting.append(urlsplit(answer.headers["Location"]).path)
        if answer.status_code != 200:
            continue
        walked.add(path)
        met.pages.setdefault(path, set()).add(name)
        text = said(answer)
        met.words[name] = met.words.get(name, "") + text.lower()
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = Reading(path)
        page.feed(text)
        waiting += page.links
        for form in page.forms:
            if "<" in route_of(form.address):
                met.forms.setdefault(form.address, (form, set()))[1].add(name)


def route_of(path: str) -> str:
    """The route of an address behind a door; empty for what anyone may see and what is not there."""
    try:
        found = resolve(path)
    except Exception:  # noqa: BLE001  (an address of no route)
        return ""
    module = getattr(found.func, "__module__", "")
    return "" if module.startswith(AWAY) or not module.startswith("wellkept.web.") else found.route


def routes(under: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every route behind a door."""
    for one in (under or get_resolver()).url_patterns:
        route = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif not one.callback.__module__.startswith(AWAY):
            yield route


def said(answer: Any) -> str:
    """The text of an answer, also of one that comes in pieces."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(content).decode("utf-8", "replace")
