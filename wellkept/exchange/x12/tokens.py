"""Text into segments, in batches, with the delimiters each ISA announces. Memory stays at one piece of text.

X12.5 gives the ISA fixed places: the element separator is its 4th character, the component separator its 105th, the
segment terminator its 106th; ISA11 holds the repetition separator from version 00402 on. Line breaks are no part of
any segment (unless they are a delimiter), so wrapped files read like the others.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

SEGMENT_LIMIT = 100_000
"""Characters. A longer segment is no segment (the longest of any guide has some 2,000); the next ISA is looked for."""

_HEADER_ROOM = 256
_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)
_HEADER = re.compile(r"ISA[^A-Za-z0-9 \r\n]")
_BLANK = " \r\n\t\x1a\ufeff\ufffd"

Segment = list[str]
Batch = list[Segment]


@dataclass(frozen=True, slots=True)
class Header:
    """An ISA: its sixteen elements behind the identifier, and the delimiters. ``fixed``: it has its 106 characters."""

    elements: tuple[str, ...]
    element: str
    component: str
    repetition: str
    terminator: str
    fixed: bool
    at: int


@dataclass(frozen=True, slots=True)
class Stray:
    """Text that belongs to no interchange: from character ``at`` (0 is the first), ``length`` characters.

    ``why`` is "outside", "header" (it holds an ISA nobody can read) or "long" (no terminator within the limit).
    """

    at: int
    length: int
    why: str


Token = Header | Stray | Batch


class _Window:
    """The text that has been read and not yet been used. ``base`` is the place of its first character in the file."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.text = ""
        self.base = 0
        self.ended = False

    def more(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            self.ended = True
        else:
            self.text += piece

    def fill(self, length: int) -> None:
        while len(self.text) < length and not self.ended:
            self.more()

    def drop(self, length: int) -> None:
        self.text = self.text[length:]
        self.base += length


def tokens(pieces: Iterator[str]) -> Iterator[Token]:
    """Every interchange of the text: its ``Header``, then batches of segments; and ``Stray`` for what is none."""
    window = _Window(pieces)
    header: Header | None = None
    while True:
        if header is None:
            found = _seek(window)
            yield from found
            if not found or not isinstance(found[-1], Header):
                return
            header = found[-1]
        header = yield from _inside(window, header)
        if isinstance(header, Header):
            yield header
        elif window.ended and not window.text:
            return


def _seek(window: _Window) -> list[Header | Stray]:
    """The next readable ISA, preceded by what had to be skipped; without a ``Header`` the text is at its end."""
    start, skipped, broken, look = window.base, False, False, 0
    while True:
        match = _HEADER.search(window.text, look)
        if match is None:
            keep = 0 if window.ended else 3
            junk = window.text[: max(len(window.text) - keep, 0)]
            skipped = skipped or bool(junk.strip(_BLANK))
            window.drop(len(junk))
            look = 0
            if window.ended:
                return _stray(start, window.base, skipped=skipped, broken=broken)
            window.more()
            continue
        header = header_at(window, match.start())
        if header is None:
            broken, look = True, match.start() + 3
            continue
        skipped = skipped or bool(window.text[: match.start()].strip(_BLANK))
        found = _stray(start, header.at, skipped=skipped, broken=broken)
        _leave_header(window, match.start(), header)
        return [*found, header]


def _stray(start: int, end: int, *, skipped: bool, broken: bool) -> list[Header | Stray]:
    return [Stray(start, end - start, "header" if broken else "outside")] if skipped or broken else []


def header_at(window: _Window, place: int) -> Header | None:
    """The ISA that begins at ``place`` of the window, or ``None`` when it cannot be one."""
    window.fill(place + _HEADER_ROOM)
    text = window.text[place : place + _HEADER_ROOM]
    separator = text[3]
    fields = text.split(separator, 16)
    if len(fields) < 17 or len(fields[16]) < 2:
        return None
    elements = [field.replace("\r", "").replace("\n", "") for field in fields[:16]]
    component, terminator = fields[16][0], fields[16][1]
    if not _delimiters_hold(separator, component, terminator):
        return None
    if any(len(field.strip(" ")) > width for field, width in zip(elements, _WIDTHS, strict=True)):
        return None
    fixed = tuple(map(len, elements)) == _WIDTHS
    repetition = elements[11] if _separates(elements[11], {separator, component, terminator}) else ""
    return Header((*elements[1:], component), separator, component, repetition, terminator, fixed, window.base + place)


def _delimiters_hold(separator: str, component: str, terminator: str) -> bool:
    return _separates(terminator, {separator, component}) and component not in (separator, " ", "\r", "\n")


def _separates(sign: str, others: set[str]) -> bool:
    return len(sign) == 1 and not sign.isalnum() and sign != " " and sign not in others


def _leave_header(window: _Window, place: int, header: Header) -> None:
    """Drops the text up to the end of the ISA."""
    text, behind = window.text, place
    for _ in range(16):
        behind = text.index(header.element, behind) + 1
    window.drop(behind + 2)


def _inside(window: _Window, header: Header) -> Generator[Token, None, Header | None]:
    """Batches of one interchange, up to the next ISA (returned) or to the end of the text (``None``)."""
    terminator = header.terminator
    look = 0
    while True:
        place = _next_header(window.text, terminator, look)
        if place is not None:
            following = header_at(window, place)
            if following is None:
                look = place + 3
                continue
            if batch := split(window.text[:place], header):
                yield batch
            _leave_header(window, place, following)
            return following
        cut = window.text.rfind(terminator) + 1
        first = window.text.find(terminator)
        if first > SEGMENT_LIMIT or (first < 0 and len(window.text) > SEGMENT_LIMIT):
            yield Stray(window.base, SEGMENT_LIMIT, "long")
            return None
        if cut:
            if batch := split(window.text[:cut], header):
                yield batch
            window.drop(cut)
        look = 0
        if window.ended:
            if batch := split(window.text, header):
                yield batch
            window.drop(len(window.text))
            return None
        window.more()


def _next_header(text: str, terminator: str, look: int) -> int | None:
    """Where the next ISA stands at the beginning of a segment. ``text`` begins with a segment."""
    while (place := text.find("ISA", look)) >= 0:
        before = place - 1
        while before >= 0 and text[before] in " \r\n" and text[before] != terminator:
            before -= 1
        if (before < 0 or text[before] == terminator) and _HEADER.match(text, place):
            return place
        look = place + 3
    return None


def split(text: str, header: Header) -> Batch:
    """The segments of ``text`` as lists of elements; empty ones between two terminators are left out."""
    delimiters = (header.element, header.component, header.repetition, header.terminator)
    for line_break in "\r\n":
        if line_break in text and line_break not in delimiters:
            text = text.replace(line_break, "")
    separator = header.element
    return [raw.split(separator) for raw in text.split(header.terminator) if raw and not _is_blank(raw)]


def _is_blank(raw: str) -> bool:
    return raw[0] in _BLANK and not raw.strip(_BLANK)
