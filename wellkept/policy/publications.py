"""The publications of a pack: ``publications/<day>-<slug>.md``, a heading and a text, shown from its day on.

::

    # How to read a bill

    A text in Markdown without HTML or pictures. Links stay inside this site, or name the register: [[link:key]].

Serves U-15, P-17. A translation, ``<day>-<slug>.es.md``, says the same in another language.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

from wellkept.policy.inside import leading_out
from wellkept.policy.sections import fault
from wellkept.policy.shapes import Pack, Publication

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).disable(["image", "autolink", "code", "fence"])
_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_HEADING: Final = re.compile(r"# (\S.*)")
_BIG: Final = re.compile(r"(?m)^#(?!#)[ \t]")


def read(folder: Path) -> tuple[Publication, ...]:
    """Every publication of the pack, newest first; raises ``PackError`` with the line of the first fault."""
    files = sorted(folder.glob("*.md"))
    originals = [path for path in files if "." not in path.stem]
    for path in files:
        if "." in path.stem and path.with_name(f"{path.stem.partition('.')[0]}.md") not in originals:
            raise fault(path, 1, "There is no original of this translation.")
    return tuple(sorted(map(_read, originals), key=lambda one: (one.day, one.key), reverse=True))


def in_language(language: str, one: Publication) -> Publication:
    """``one`` in ``language`` where it has been translated, and as it is where not."""
    path = one.path.with_name(f"{one.path.stem}.{language}.md")
    return replace(_read(path), language=language) if path.is_file() else one


def out(pack: Pack, day: date) -> tuple[Publication, ...]:
    """The publications that are out on ``day``, newest first."""
    return tuple(one for one in pack.publications if one.day <= day)


def _read(path: Path) -> Publication:
    found = _NAME.fullmatch(path.stem.partition(".")[0])
    if found is None:
        raise fault(path, 1, "A publication is named by its day and a short name, such as 2026-11-22-your-bill.md.")
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        raise fault(path, 1, f"There is no day {found[1]}.") from None
    try:
        first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    except (UnicodeDecodeError, OSError) as error:
        raise fault(path, 1, f"This file cannot be read as UTF-8 text: {error}.") from None
    heading = _HEADING.fullmatch(first.rstrip())
    if heading is None:
        raise fault(path, 1, 'A publication begins with its heading, "# What it is about".')
    if not rest.strip():
        raise fault(path, 2, "This publication says nothing.")
    if another := _BIG.search(rest):
        line = 2 + rest.count("\n", 0, another.start())
        raise fault(path, line, 'A publication has one heading of its own; those of its parts begin with "## ".')
    return Publication(key=found[0], day=day, heading=heading[1].strip(), body_html=_html(path, rest), path=path)


def _html(path: Path, text: str) -> str:
    tokens = _MARKDOWN.parse(text)
    for line, target in leading_out(tokens):
        raise fault(path, 2 + line, f'The link to "{target}" leaves this site; name a link of the register instead.')
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})).strip()
