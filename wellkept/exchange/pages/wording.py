"""The words of a page, so that two looks at it can be compared.

Letters alone count, in small form: a new date, another price or a counter is no change of what a page says.
"""

import hashlib
import unicodedata
from html.parser import HTMLParser
from typing import Final

UNREAD: Final = ("script", "style", "noscript", "template", "svg")
PLAIN: Final = ("text/html", "application/xhtml+xml")


class Words(HTMLParser):
    """Collects what a person reads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter what is not read. A page that sends its reader on says where: that is read."""
        self.unread += tag in UNREAD
        given = dict(attrs)
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh":
            self.found.append(given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        self.unread -= tag in UNREAD and self.unread > 0

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002  (as it is called)
        """Pass over "<![…>" as a browser does (HTML Standard, 13.2.5.42); the reader itself raises for most of them."""
        return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self.unread:
            self.found.append(data)


def digest(body: bytes, *, media_type: str, charset: str) -> bytes:
    """SHA-256 of the words of a page; of its bytes where it is no page of words."""
    if media_type not in PLAIN:
        return hashlib.sha256(body).digest()
    try:
        text = body.decode(charset, "replace")
    except LookupError:  # a character set nobody knows
        text = body.decode("utf-8", "replace")
    page = Words()
    page.feed(text)
    return hashlib.sha256(" ".join(words(" ".join(page.found))).encode()).digest()


def words(text: str) -> list[str]:
    """The words of a text: its letters in compatible small form, in order."""
    small = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char if char.isalpha() else " " for char in small).split()
