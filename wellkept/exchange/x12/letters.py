"""Bytes into text, in pieces, whatever the machine that wrote them.

UTF-8 with or without a byte-order mark, UTF-16 of both orders (with a mark, or known by the zeros around "ISA"), and
ISO 8859-1: a byte that is no UTF-8 is read as ISO 8859-1 on its own, so one such byte spoils nothing else.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_LONE_BYTE = re.compile("[\udc80-\udcff]")
_SIXTEEN = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"I\0": "utf-16-le",
    b"\0I": "utf-16-be",
}


class Stream(Protocol):
    """Anything that bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


@dataclass(slots=True)
class Oddities:
    """How many characters had to be mended; read it when the text is at its end."""

    lone_bytes: int = 0
    nulls: int = 0


def texts(stream: Stream, size: int, oddities: Oddities) -> Iterator[str]:
    """The text of ``stream`` in pieces of about ``size`` bytes. A byte-order mark comes as U+FEFF."""
    head = _head(stream)
    encoding = _SIXTEEN.get(head[:2], "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)("replace" if encoding != "utf-8" else "surrogateescape")
    yield _mended(decoder.decode(head), oddities)
    while piece := stream.read(size):
        yield _mended(decoder.decode(piece), oddities)
    yield _mended(decoder.decode(b"", final=True), oddities)


def _head(stream: Stream) -> bytes:
    """The first four bytes, however few a read returns."""
    head = b""
    while len(head) < 4 and (piece := stream.read(4 - len(head))):
        head += piece
    return head


def _mended(text: str, oddities: Oddities) -> str:
    """Text without lone bytes and without U+0000, which no database takes."""
    if text.isascii() and "\0" not in text:
        return text
    text, lone = _LONE_BYTE.subn(lambda match: chr(ord(match[0]) - 0xDC00), text)
    oddities.lone_bytes += lone
    oddities.nulls += text.count("\0")
    return text.replace("\0", "\ufffd")
