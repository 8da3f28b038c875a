"""What a person reads on the public pages, cut into passages that each have an address.

Serves U-01. Source of the parts: the pages themselves, as they are shown to somebody whom nothing is known about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from django.core.exceptions import ValidationError
from django.db import Error
from django.http import Http404, HttpRequest
from django.urls import resolve

from wellkept.policy import packs
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Refused
from wellkept.web.shell import serving
from wellkept.web.site.addresses import routes
from wellkept.web.site.audiences import AUDIENCES

UNREAD: Final = {"nav", "form", "svg", "script", "style", "details"}
HEADS: Final = {"h1", "h2", "h3", "dt"}
APART: Final = {"section", "h2", "dt"}
VOID: Final = {"br", "hr", "img", "input", "link", "meta", "wbr", "path", "circle", "rect"}
CHANGING: Final = {"crumb", "tag", "verdict"}
"""Classes of what is no text of its page: where it lies, and where a promise stood when the page was read."""
ANNOUNCED: Final = {"policy-notice", "policy-unread"}
LISTS: Final = {"policy/", "how-we-keep-it/", "search/", "preferences/"}
"""Pages that say what other pages say, or ask: their own passages would stand before the page that is meant."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One place on a public page: its address, its heading, what it says, and the page it stands on ("" at its top)."""

    href: str
    title: str
    text: str
    page: str = ""


class Reader(HTMLParser):
    """Reads the main part of a page: each part that has an id, and what stands before the first of them."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.open: list[tuple[str, bool]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; one with an id begins a part."""
        if tag in VOID:
            return
        given = dict(attrs)
        unread = tag in UNREAD or given.get("aria-labelledby") in ANNOUNCED
        unread = unread or bool(CHANGING & set((given.get("class") or "").split()))
        self.open.append((tag, unread))
        self.inside = self.inside or tag == "main"
        if self.inside and tag in APART and given.get("id") and not self.skipping:
            self.parts.append((str(given["id"]), [], []))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element and whatever was left open in it."""
        if tag in [name for name, _unread in self.open]:
            while self.open and self.open.pop()[0] != tag:
                pass
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        """Words belong to the part that began last: to its heading until it has one, then to its text."""
        said = " ".join(data.split())
        if not self.inside or not said or self.skipping:
            return
        _id, title, text = self.parts[-1]
        (title if self.heading and not text else text).append(said)

    @property
    def skipping(self) -> bool:
        """Whether something open is not read."""
        return any(unread for _tag, unread in self.open)

    @property
    def heading(self) -> bool:
        """Whether a heading is open."""
        return any(tag in HEADS for tag, _unread in self.open)


def passages(pack: Pack) -> list[Passage]:
    """Every passage of the public pages in the language now spoken, and each promise of the policy in force.

    Pages whose words change from hour to hour, such as counts, are left out: they are not what anybody looks for.
    """
    version = packs.now_in_force(pack)
    found = [Passage(f"/policy/{one.id.lower()}/", one.heading, one.text, one.id) for one in version.clauses]
    found += [one for route in routes("steady_reason") for one in of_page(f"/{route}", whole=route not in LISTS)]
    return found + [part for one in AUDIENCES for part in of_page(one.href, whole=True)]


def of_page(path: str, *, whole: bool) -> Iterator[Passage]:
    """The passages of one page, its top alone unless ``whole``; none where it cannot be read just now."""
    reader = Reader()
    reader.feed(page(path))
    (_id, head, lead), *parts = reader.parts
    title = " ".join(head[:1])
    if title:
        yield Passage(path, title, " ".join([*head[1:], *lead]) if whole else " ".join(lead[:3]))
    for name, heading, text in parts if whole else ():
        if heading and text:
            yield Passage(f"{path}#{name}", " ".join(heading), " ".join(text), title)


def page(path: str) -> str:
    """The page at ``path`` as anybody sees it; "" where there is none to read."""
    request, match = HttpRequest(), resolve(path)
    request.method, request.path, request.path_info, request.resolver_match = "GET", path, path, match
    request.META.update({"SERVER_NAME": serving.original().hosts[0], "SERVER_PORT": "443"})
    try:
        return str(match.func(request, *match.args, **match.kwargs).content.decode())
    except (Error, Http404, Refused, ValidationError):
        return ""
