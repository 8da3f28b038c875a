"""Reads back the words of a PDF that we print: what stands on the paper, not what was meant to (ISO 32000-1, 9.4).

It knows what our own printer writes, and that alone: flat objects, deflated streams, fonts with a table to Unicode.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

OBJECT: Final = re.compile(rb"(?:^|\n)(\d+) 0 obj(.*?)\nendobj", re.DOTALL)
STREAM: Final = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
FONTS: Final = re.compile(rb"/(f\d+) (\d+) 0 R")
UNICODE: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
PAIR: Final = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
SHOWN: Final = re.compile(rb"/(f\d+) [\d.]+ Tf|(\[|\()((?:\\.|[^\\])*?)(?:\]\s*TJ|\)\s*Tj)|(\nET|\sET\b)", re.DOTALL)
PIECE: Final = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
NAMED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Letters = Mapping[int, str]


def text(made: bytes) -> str:
    """The words in the order they were set, one space between them."""
    objects = {int(number): body for number, body in OBJECT.findall(made)}
    fonts = {name: letters(objects, int(number)) for body in objects.values() for name, number in FONTS.findall(body)}
    said = " ".join(part for body in objects.values() for part in set_text(stream(body), fonts))
    return " ".join(said.split())


def stream(body: bytes) -> bytes:
    """What is deflated in an object; nothing where there is none, or it is no text."""
    found = STREAM.search(body)
    try:
        return zlib.decompress(found[1]) if found else b""
    except zlib.error:
        return b""


def letters(objects: Mapping[int, bytes], number: int) -> Letters:
    """What the glyphs of a font say."""
    found = UNICODE.search(objects.get(number, b""))
    table = stream(objects.get(int(found[1]), b"")) if found else b""
    return {int(glyph, 16): bytes.fromhex(said.decode()).decode("utf-16-be") for glyph, said in PAIR.findall(table)}


def set_text(content: bytes, fonts: Mapping[bytes, Letters]) -> Iterator[str]:
    """Each run of glyphs as letters, in a content stream."""
    if b"BT" not in content:
        return
    known: Letters = {}
    for font, kind, shown, _end in SHOWN.findall(content):
        if font:
            known = fonts.get(font, {})
        elif kind:
            pieces = PIECE.findall(shown) if kind == b"[" else [shown]
            yield "".join(known.get(glyph, "") for piece in pieces for glyph in glyphs(piece))


def glyphs(piece: bytes) -> Iterator[int]:
    """The numbers of glyphs in a literal string: two bytes each (Identity-H)."""
    plain = ESCAPE.sub(lambda found: escaped(found[1]), piece)
    return (int.from_bytes(plain[at : at + 2]) for at in range(0, len(plain) - 1, 2))


def escaped(what: bytes) -> bytes:
    """The byte behind a backslash."""
    return bytes([int(what, 8)]) if what[:1].isdigit() else NAMED.get(what, what)
