"""Reads one version of a policy: front matter, introduction, and a heading a clause.

::

    ---
    version: 2026-11-01
    posted: 2026-11-01
    effective: 2026-11-01
    ---
    An introduction.

    ## U-01 Visit without saying who you are

    What we promise, in Markdown without HTML, pictures or links that leave this site.

    Kept by: public-pages, no-foreign-requests

In place of the last line a clause that is not kept says ``not_kept = "<reason>, <date>"``. Where something keeps a part
of it all the same, the line before says ``Kept in part by: no-foreign-requests``, and that part is tried and shown.

A translation, ``2026-11-01.es.md``, has the same front matter and the same clauses, and their words alone: how a clause
is kept is said once, in the original.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from wellkept.policy.inside import leading_out
from wellkept.policy.sections import fault
from wellkept.policy.shapes import Clause, PolicyVersion

Numbered = tuple[int, str]

_SWITCHED_OFF: Final = ["image", "autolink", "code", "fence"]
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).disable(_SWITCHED_OFF)
_HEADING: Final = re.compile(r"^## ([A-Z]-\d{2}) (\S.*)$")
_KEPT: Final = re.compile(r"^Kept by: (\S.*)$")
_IN_PART: Final = re.compile(r"^Kept in part by: (\S.*)$")
_NOT_KEPT: Final = re.compile(r'^not_kept = "(.+), (\d{4}-\d{2}-\d{2})"$')
_CONTROL: Final = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_LAST: Final = ("Kept by:", "Kept in part by:", "not_kept")
_FRONT: Final = ("version", "posted", "effective")


def read(path: Path) -> PolicyVersion:
    """The version written in ``path``; raises ``PackError`` with the line of the first fault."""
    return parse(path, _text(path))


def read_words(path: Path) -> PolicyVersion:
    """The words of a translation, whose language its file names. They say nothing of how a clause is kept."""
    return replace(parse(path, _text(path), words=True), language=path.stem.partition(".")[2])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise fault(path, 1, f"This file cannot be read as UTF-8 text: {error}.") from None


def parse(path: Path, source: str, *, words: bool = False) -> PolicyVersion:
    """The version in ``source``, which came from ``path``, or its ``words`` alone."""
    lines = [(number, line.rstrip()) for number, line in enumerate(source.split("\n"), start=1)]
    front, rest = _front_matter(path, lines)
    posted, effective = _day(path, front, "posted"), _day(path, front, "effective")
    if effective < posted:
        raise fault(path, front["effective"][0], "A version cannot take effect before it is posted.")
    name = path.stem.partition(".")[0]
    if front["version"][1] != name:
        raise fault(path, front["version"][0], f'The version must be the name of its file, "{name}".')
    introduction, parts = _parts(path, rest)
    return PolicyVersion(
        version=front["version"][1],
        effective=effective,
        posted=posted,
        introduction=_plain(introduction),
        introduction_html=_html(path, introduction),
        introduction_source=_source(introduction),
        clauses=_clauses(path, parts, words=words),
        path=path,
    )


def _front_matter(path: Path, lines: list[Numbered]) -> tuple[dict[str, Numbered], list[Numbered]]:
    if lines[0][1] != "---":
        raise fault(path, 1, "A version begins with a line of three dashes and its front matter.")
    end = next((at for at, (_, line) in enumerate(lines[1:], start=1) if line == "---"), None)
    if end is None:
        raise fault(path, 1, "The front matter has no closing line of three dashes.")
    front: dict[str, Numbered] = {}
    for number, line in lines[1:end]:
        name, colon, text = line.partition(": ")
        if not colon or name not in _FRONT or name in front:
            sentence = f"The front matter holds {', '.join(_FRONT)}, each once, and this line is none of them."
            raise fault(path, number, sentence)
        front[name] = (number, text.strip())
    for name in _FRONT:
        if name not in front:
            raise fault(path, end + 1, f'The front matter has no "{name}".')
    return front, lines[end + 1 :]


def _day(path: Path, front: dict[str, Numbered], name: str) -> date:
    number, text = front[name]
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fault(path, number, f'"{name}" must be a day such as 2026-11-22.') from None


def _parts(path: Path, lines: list[Numbered]) -> tuple[list[Numbered], list[list[Numbered]]]:
    parts: list[list[Numbered]] = [[]]
    for number, line in lines:
        if not line.lstrip().startswith("#"):
            parts[-1].append((number, line))
        elif _HEADING.match(line):
            parts.append([(number, line)])
        else:
            raise fault(path, number, 'A heading is written as "## U-01 What it says".')
    return parts[0], parts[1:]


def _clauses(path: Path, parts: list[list[Numbered]], *, words: bool) -> tuple[Clause, ...]:
    clauses: dict[str, Clause] = {}
    for part in parts:
        clause = _words(path, part) if words else _clause(path, part)
        if clause.id in clauses:
            raise fault(path, clause.line, f"{clause.id} is here twice; it is first on line {clauses[clause.id].line}.")
        clauses[clause.id] = clause
    return tuple(clauses.values())


def _clause(path: Path, part: list[Numbered]) -> Clause:
    line, heading = part[0]
    found = _HEADING.match(heading)
    if found is None:  # _parts begins a part only with a heading that matches.
        raise AssertionError(heading)
    written = [(number, text) for number, text in part[1:] if text.strip()]
    if not written:
        raise fault(path, line, f"{found[1]} says nothing.")
    kept_by, not_kept = _keeping(path, found[1], *written[-1])
    in_part = _IN_PART.match(written[-2][1]) if not_kept and len(written) > 1 else None
    if in_part:
        kept_by = _controls(path, found[1], written[-2][0], in_part[1])
        written.pop()
    body = [(number, text) for number, text in part[1:] if number < written[-1][0]]
    for number, text in body:
        if text.startswith(_LAST):
            raise fault(path, number, f"{found[1]} says how it is kept more than once, or not on its last line.")
    if len(written) == 1:
        raise fault(path, line, f"{found[1]} says nothing.")
    return Clause(
        id=found[1],
        heading=found[2].strip(),
        body_html=_html(path, body),
        text=_plain(body),
        kept_by=kept_by,
        not_kept=not_kept,
        source=_source(body),
        line=line,
    )


def _words(path: Path, part: list[Numbered]) -> Clause:
    """A clause without its last line."""
    line, heading = part[0]
    found = _HEADING.match(heading)
    if found is None:  # as in _clause
        raise AssertionError(heading)
    for number, text in part[1:]:
        if text.startswith(_LAST):
            raise fault(path, number, "How a clause is kept is said in the original alone.")
    body = part[1:]
    if not _source(body):
        raise fault(path, line, f"{found[1]} says nothing.")
    return Clause(
        id=found[1],
        heading=found[2].strip(),
        body_html=_html(path, body),
        text=_plain(body),
        kept_by=(),
        not_kept=None,
        source=_source(body),
        line=line,
    )


def _keeping(path: Path, clause: str, number: int, line: str) -> tuple[tuple[str, ...], str | None]:
    if found := _NOT_KEPT.match(line):
        try:
            date.fromisoformat(found[2])
        except ValueError:
            raise fault(path, number, f"{clause} is not kept since a day that does not exist, {found[2]}.") from None
        return (), f"{found[1]}, {found[2]}"
    kept = _KEPT.match(line)
    if kept is None:
        raise fault(path, number, f'{clause} must end with "Kept by: ..." or not_kept = "<reason>, <date>".')
    return _controls(path, clause, number, kept[1]), None


def _controls(path: Path, clause: str, number: int, names: str) -> tuple[str, ...]:
    controls = tuple(name.strip() for name in names.split(","))
    for name in controls:
        if not _CONTROL.match(name):
            raise fault(path, number, f'{clause} is kept by "{name}", which is not how a control is named.')
    if len(set(controls)) != len(controls):
        raise fault(path, number, f"{clause} names a control twice.")
    return controls


def _html(path: Path, lines: list[Numbered]) -> str:
    tokens = _MARKDOWN.parse(_source(lines))
    first = next((number for number, text in lines if text.strip()), 1)
    for line, target in leading_out(tokens):
        raise fault(
            path, first + line, f'The link to "{target}" leaves this site; policy text may only link within it.'
        )
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})).strip()


def _source(lines: list[Numbered]) -> str:
    """The Markdown without the white space around it and at the ends of its lines."""
    return "\n".join(text.rstrip() for _, text in lines).strip()


def _plain(lines: list[Numbered]) -> str:
    """The text alone, a blank line between blocks."""
    tokens = _MARKDOWN.parse(_source(lines))
    return "\n\n".join(_inline(token.children or ()) for token in tokens if token.type == "inline")


def _inline(children: Sequence[Token]) -> str:
    return "".join("\n" if child.type in {"softbreak", "hardbreak"} else child.content for child in children)
