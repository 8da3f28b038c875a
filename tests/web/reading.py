"""What a page says to those who see it and to those who hear it, string by string."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from django.test import Client

from tests.web.site.test_language import astray
from wellkept.policy.shapes import Pack

SAME: Final = Path(__file__).parents[1] / "house" / "same_words.txt"
SAID: Final = ("aria-label", "alt", "title", "placeholder", "content")
QUIET: Final = {"script", "style", "code", "kbd"}
VOID: Final = {"meta", "link", "br", "hr", "img", "input", "wbr", "col"}
A_WORD: Final = re.compile(r"[A-Za-zÁ-ú]{2,}")
NAMES: Final = re.compile(
    r"(?<!\S)/[\w/.-]*|[A-Z]-\d\d|\d{4}-\d{2}-\d{2}|https?://\S+|\S+@\S+|[A-Z]{2,}\d*|\d+ bytes"
    r"|[\w.-]+\.(?:example|org|gov|com|toml|md|py|txt|pdf|jpg|jpeg|png)\b"
)


class Said(HTMLParser):
    """The strings of a page in its own language; what names another language is left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.strings: set[str] = set()
        self.open: list[tuple[str, bool]] = []
        self.language = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given["lang"]
        other = given.get("lang", self.language) != self.language or tag in QUIET
        if tag not in VOID:
            self.open.append((tag, other))
        if not any(hidden for _tag, hidden in self.open) and not (tag == "meta" and given.get("name") != "description"):
            self.strings |= {given[name].strip() for name in SAID if given.get(name)}

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(hidden for _tag, hidden in self.open):
            self.strings.add(" ".join(data.split()))


def said(page: str) -> set[str]:
    """Every string of a page that has a word in it."""
    return {one for one in Said(page).strings if A_WORD.search(NAMES.sub("", one))}


def same() -> set[str]:
    """What may read alike in both languages."""
    lines = SAME.read_text(encoding="utf-8").splitlines()
    return {line.partition("\t")[0] for line in lines if line and not line.startswith("#")}


def untranslated(english: str, spanish: str, pack: Pack) -> set[str]:
    """The strings that stand on both pages and are neither names of the pack nor on the list."""
    names = {pack.display_name, pack.short_name, *pack.postal_address, *pack.mailboxes.values(), pack.phone}
    alike = (said(english) & said(spanish)) - same() - names
    return {one for one in alike if A_WORD.search(NAMES.sub("", without(one, names)))}


def without(text: str, names: set[str]) -> str:
    """A string without the names in it."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def walked(client: Client, *first: str, most: int = 30) -> dict[str, tuple[str, str]]:
    """Every page of a door that its pages lead to, in English and in Spanish."""
    link = re.compile(rf'href="(/{first[0].split("/")[1]}/[^"#]*)"')
    waiting, found = list(first), dict[str, tuple[str, str]]()
    while waiting and len(found) < most:
        path = waiting.pop(0)
        english = client.get(path)
        if english.status_code != 200 or not english.headers["Content-Type"].startswith("text/html"):
            continue
        found[path] = (english.content.decode(), client.get(f"/es{path}").content.decode())
        near = [unescape(one) for one in link.findall(found[path][0])]
        waiting += [one for one in dict.fromkeys(near) if one not in found and one not in waiting]
    return found


@cache
def program() -> str:
    """Every text that the program itself holds; the made-up people of the demonstration are no part of it."""
    house = Path(__file__).parents[2] / "wellkept"
    kinds = (".py", ".html", ".toml", ".sql")
    files = [path for path in house.rglob("*") if path.suffix in kinds and "demo" not in path.relative_to(house).parts]
    return "\n".join(unescape(path.read_text(encoding="utf-8")) for path in files)


def left(pages: dict[str, tuple[str, str]], brought: set[str], pack: Pack) -> dict[str, set[str]]:
    """The English of ours that stands on Spanish pages, but for what was ``brought``, with the pages it is on.

    What stands nowhere in the program is not ours: people typed it, or files said it, here or in another test.
    """
    result: dict[str, set[str]] = {}
    for path, (english, spanish) in pages.items():
        assert '<html lang="es">' in spanish, path
        assert astray(spanish) == [], path
        for one in untranslated(english, spanish, pack) - brought:
            if one not in program():
                continue
            result.setdefault(one, set()).add(path)
    return result
