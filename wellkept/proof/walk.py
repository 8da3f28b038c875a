"""A walk through every public page: each address of ours that a page without a session links to, once a round."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from wellkept.policy import cookies
from wellkept.proof.ground import Answer, Ground

MOST: Final = 400
READ: Final = 500
"""How many pages are remembered as they were read: those of a walk, in both languages."""
MISSING: Final = "/no-such-page/"
FORMS: Final = (
    "/register/",
    "/register/code/",
    "/sign-in/",
    "/sign-in/forgotten/",
    "/sign-in/mailed/",
    "/sign-in/staff/",
)
"""The way in: the only public pages that may ask for something about somebody."""
WRITING: Final = ("/contact/write/", "/contact/papers/")
"""Where one can write to us. Only who wants to write meets a question there, and everybody can call instead."""
PASSKEY: Final = "credential"
"""The field of the way in that a browser fills with what a passkey signed: it comes empty, and is not shown."""
CHOICES: Final = {"/search/": {"words"}, "/preferences/": {"text", "contrast", "notice"}}
"""What other public pages may ask, and no more: what to look for in them, and how they look."""
NAMED: Final = {"canonical", "alternate"}
"""Links of a page's head that name an address and ask nothing there."""


class Reading(HTMLParser):
    """One reading of a page: its tags with their attributes, and the words that are read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style."""
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self.inside:
            self.words += data


@lru_cache(maxsize=READ)
def read(text: str) -> Reading:
    """A page as it was read the first time: several probes of a round look at the same pages."""
    return Reading(text)


class Page:
    """What a probe looks at in a page: tags with their attributes, and the words that are read."""

    def __init__(self, text: str) -> None:
        known = read(text)
        self.tags, self.words = known.tags, known.words

    def links(self) -> list[str]:
        """Where its links lead."""
        return [attrs["href"] for tag, attrs in self.tags if tag == "a" and "href" in attrs]

    def fields(self) -> list[dict[str, str]]:
        """What its forms ask."""
        return [attrs for tag, attrs in self.tags if tag in ("input", "select", "textarea")]


def spoken(text: str) -> str:
    """The words of a page, one space between them."""
    return " ".join(Page(text).words.split())


def public(ground: Ground) -> dict[str, Answer]:
    """Every public page by its path, asked with no cookie; the walk of this round."""
    if "public" not in ground.memo:
        ground.memo["public"] = walked(ground, base="")
    found: dict[str, Answer] = ground.memo["public"]
    return found


def walked(ground: Ground, *, base: str, most: int = MOST) -> dict[str, Answer]:
    """The pages in the order they were met; one that nobody has is among them."""
    waiting, found = ["/", MISSING], dict[str, Answer]()
    while waiting and len(found) < most:
        path = waiting.pop(0)
        answer = found[path] = ground.ask(path, base=base) if base else ground.ask(path)
        if is_page(answer):
            near = [urlsplit(urljoin(path, href)) for href in Page(answer.text).links()]
            ours = [one.path for one in near if not one.scheme and not one.netloc and one.path.startswith("/")]
            ours = [one for one in dict.fromkeys(ours) if not one.startswith(elsewhere(ground))]
            waiting += [one for one in ours if one not in found and one not in waiting]
    return found


def elsewhere(ground: Ground) -> tuple[str, ...]:
    """Where the pages in other languages lie: the same views under another address, which ``languages`` walks."""
    return tuple(f"/{language}/" for language in ground.pack.languages[1:])


def is_page(answer: Answer) -> bool:
    """Whether it is a page a person reads. One that sends on is none: what lies behind a sign-in sends to it."""
    return answer.headers.get("content-type", "").startswith("text/html") and answer.status not in range(300, 400)


def pages(ground: Ground) -> dict[str, Answer]:
    """The walk's pages that a person reads."""
    return {path: answer for path, answer in public(ground).items() if is_page(answer)}


def mapped(ground: Ground) -> list[str]:
    """The paths that the site map names, in the language that holds."""
    answer = ground.ask("/sitemap.xml")
    paths = [urlsplit(one).path for one in re.findall(r"<loc>([^<]+)</loc>", answer.text)]
    return [one for one in paths if not one.startswith(elsewhere(ground))] if answer.status == 200 else []


def sheets(ground: Ground) -> dict[str, str]:
    """Every style sheet and drawing the public pages load, by path."""
    if "sheets" not in ground.memo:
        asked = {
            attrs.get("href") or attrs.get("src", "")
            for answer in pages(ground).values()
            for tag, attrs in Page(answer.text).tags
            if tag in ("link", "img", "script")
        }
        ours = sorted(one for one in asked if one.startswith("/") and not one.startswith("//"))
        ground.memo["sheets"] = {path: ground.ask(path).text for path in ours}
    found: dict[str, str] = ground.memo["sheets"]
    return found


def hidden(path: str, text: str) -> list[str]:
    """The names of the fields that a person does not see, save our own mark of a form, and what a passkey fills."""
    fields = [one for one in Page(text).fields() if one.get("type") == "hidden" and one.get("name") != "token"]
    passkey = {"type": "hidden", "name": PASSKEY, "value": ""}
    return [one.get("name", "") for one in fields if path not in FORMS or one != passkey]


def undeclared(ground: Ground, answer: Answer) -> list[str]:
    """The names of cookies an answer sets that are not among those this operator declares, or are its session's.

    A page that stands open may ask to keep what may be refused, and no key of a session.
    """
    secure = ground.base.startswith("https:")
    named = {one.name(ground.pack, secure=secure) for one in cookies.of(ground.pack)[1:]}
    return [line for line in answer.cookies if line.partition("=")[0] not in named]


def loaded(answer: Answer) -> list[str]:
    """Every address that a browser asks by itself, or sends something to, because of this page."""
    names = ("src", "srcset", "poster", "data", "action", "formaction", "ping", "background", "manifest", "archive")
    found = [attrs[name] for _tag, attrs in Page(answer.text).tags for name in names if name in attrs]
    found += [
        attrs.get("href", "")
        for tag, attrs in Page(answer.text).tags
        if tag in ("link", "base", "image", "use") and attrs.get("rel") not in NAMED
    ]
    found += [
        attrs.get("content", "")
        for tag, attrs in Page(answer.text).tags
        if tag == "meta" and attrs.get("http-equiv", "").lower() == "refresh"
    ]
    found += styled(" ".join(attrs.get("style", "") for _tag, attrs in Page(answer.text).tags))
    return found + styled(answer.text) + answer.headers.get("link", "").split(",")


def styled(text: str) -> list[str]:
    """Every address a style sheet names."""
    return re.findall(r"""url\(\s*["']?([^"')]+)""", text) + re.findall(r"""@import\s+["']([^"']+)""", text)


def leaves(address: str) -> bool:
    """Whether an address leads to another origin."""
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme not in ("", "data")
