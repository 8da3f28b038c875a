"""Papers: a template and finished words become a tagged PDF or a picture, in this process and without a network.

What is written on a paper reaches its template as JSON and never as markup, so a name made of markup is printed as it
stands. Templates lie in ``papers``, hold no words of their own, and read nothing outside that folder.

Source: ISO 14289-1 (PDF/UA-1), which asks for tags, a title and a language.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import typst

Data = Mapping[str, object]

_HERE: Final = Path(__file__).parent
_NOWHERE: Final = _HERE / "no packages"
_MISSING: Final = "□"
_UNKNOWN: Final = re.compile(r"the text `?\"(.+?)\"`? could not be displayed", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES: Final = 25
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")
# Control characters, half characters, and signs that turn the direction of what follows.
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_ONE_AT_A_TIME: Final = Lock()


def pdf(template: str, data: Data) -> bytes:
    """The paper as a tagged PDF (PDF/UA-1); the same data give the same bytes.

    ``data`` holds at least ``title``, ``lang`` and ``made_on`` (an ISO date). A character that no face of ours can draw
    is printed as an empty box.
    """
    text = _as_text(data)
    for _try in range(_TRIES):
        try:
            return _pressed(template, text, dpi=None)
        except typst.TypstError as error:
            unknown = _UNKNOWN.search(error.message)
            if unknown is None:
                raise
            text = _without(text, unknown[1])
    return _pressed(template, "".join(c if ord(c) < 0x250 else _MISSING for c in text), dpi=None)


def pages(made: bytes) -> int:
    """How many pages a PDF of ours has (ISO 32000-1, 7.7.3.3: each is an object of the type Page)."""
    return len(_PAGE.findall(made))


def image(template: str, data: Data, *, dpi: int) -> bytes:
    """The first page of the paper as a picture (PNG) of so many dots an inch."""
    return _pressed(template, _as_text(data), dpi=dpi)


def _pressed(template: str, text: str, *, dpi: int | None) -> bytes:
    """One compiler a template is kept: made anew for each paper, it would keep what it remembers of every one."""
    with _ONE_AT_A_TIME:
        made = _compiler(template).compile(
            format="png" if dpi else "pdf", ppi=dpi, sys_inputs={"data": text}, timestamp=0,
            pdf_standards=[] if dpi else ["ua-1"],
        )  # fmt: skip
    pages = made if isinstance(made, list) else [made]
    if not pages or pages[0] is None:
        raise RuntimeError("The paper has no page.")
    return pages[0]


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(
        _HERE / "papers" / f"{template}.typ", root=_HERE / "papers", font_paths=_fonts(), ignore_system_fonts=True,
        package_path=_NOWHERE, package_cache_path=_NOWHERE,
    )  # fmt: skip


@cache
def _fonts() -> typst.Fonts:
    """Our faces and those the compiler brings. What is installed on the machine would change the bytes."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_HERE / "fonts"])


def _as_text(data: Data) -> str:
    return json.dumps(_printable(data), ensure_ascii=False)


def _printable(value: object) -> object:
    match value:
        case str():
            return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", value))
        case Mapping():
            return {str(name): _printable(one) for name, one in value.items()}
        case list() | tuple():
            return [_printable(one) for one in value]
    return value


def _without(text: str, unknown: str) -> str:
    """The text with a box for each character the compiler could not draw."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), unknown)
    return text.translate({ord(character): _MISSING for character in plain if ord(character) > 0x7F})
