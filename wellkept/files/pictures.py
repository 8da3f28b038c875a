"""Pictures read by their own structure and written anew with the picture alone.

Sources: JPEG, ITU-T T.81 (1992), annex B, with Exif 3.0 for the orientation; PNG, third edition (2025); TIFF 6.0
(1992), section 2; HEIF, ISO/IEC 23008-12 (2022). A picture of more than 100 million dots is refused: it is a bomb.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

MOST_DOTS: Final = 100_000_000
PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# What of a PNG belongs to the picture besides its critical chunks. The rest is text, times, places and films.
_PNG_KEPT: Final = frozenset({b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"tRNS", b"sBIT", b"bKGD"})
# Application segments that say how to show a JPEG: JFIF, colour profile, Adobe's colour transform.
_JPEG_KEPT: Final = frozenset({0xE0, 0xE2, 0xEE})
_JPEG_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_ORIENTATION: Final = 0x0112


class NoPictureError(ValueError):
    """The bytes do not hold together as what their beginning says."""


class TooLargeError(ValueError):
    """More dots than a paper has."""


def jpeg(content: bytes) -> bytes:
    """The picture up to its end mark, with its orientation and without comments, places and what follows."""
    kept, turned, at, framed = [b"\xff\xd8"], b"", 2, False
    for marker, start, end in _segments(content):
        at, part = end, content[start:end]
        if marker in _JPEG_FRAMES:
            framed = True
            _dots(*struct.unpack(">HH", part[5:9]))
        if marker == 0xE1 and part[4:10] == b"Exif\0\0" and not turned:
            turned = _turned(part[10:])
        elif marker in _JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(part)
    if not framed or content[at - 2 : at] != b"\xff\xd9":
        raise NoPictureError
    return kept[0] + turned + b"".join(kept[1:])


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, first byte and end of each segment; a scan with all its data is one. Ends with the end mark."""
    at = 2
    while True:
        if content[at : at + 1] != b"\xff" or at + 2 > len(content):
            raise NoPictureError
        marker = content[at + 1]
        if marker == 0xD9:
            yield marker, at, at + 2
            return
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if marker in (0x00, 0x01, 0xFF) or 0xD0 <= marker <= 0xD8 or length < 2 or end > len(content):
            raise NoPictureError
        if marker in _JPEG_FRAMES and length < 8:
            raise NoPictureError
        if marker == 0xDA:
            found = _NEXT_MARKER.search(content, end)
            if not found:
                raise NoPictureError
            end = found.start()
        yield marker, at, end
        at = end


def _turned(exif: bytes) -> bytes:
    """An Exif segment that says the orientation alone; nothing where none is told."""
    sign = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if sign is None or len(exif) < 8:
        return b""
    start = struct.unpack(f"{sign}I", exif[4:8])[0]
    count = struct.unpack(f"{sign}H", exif[start : start + 2].ljust(2, b"\0"))[0]
    for number in range(min(count, 200)):
        entry = exif[start + 2 + number * 12 : start + 14 + number * 12]
        if len(entry) == 12 and struct.unpack(f"{sign}HHI", entry[:8]) == (_ORIENTATION, 3, 1):
            way = struct.unpack(f"{sign}H", entry[8:10])[0]
            return _orientation(way) if 2 <= way <= 8 else b""
    return b""


def _orientation(way: int) -> bytes:
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, way, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def png(content: bytes) -> bytes:
    """One still picture, chunk by chunk; what follows its end is left away."""
    kept, kinds = [PNG_SIGNATURE], list[bytes]()
    for kind, chunk in _chunks(content):
        if not kinds and (kind != b"IHDR" or len(chunk) != 25):
            raise NoPictureError
        if kind == b"IHDR":
            _dots(*struct.unpack(">II", chunk[8:16]))
        kinds.append(kind)
        if kind[:1].isupper() or kind in _PNG_KEPT:
            kept.append(chunk)
    if b"IDAT" not in kinds:
        raise NoPictureError
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and bytes of each chunk up to the end; each with the check sum it says."""
    at, kind = len(PNG_SIGNATURE), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        chunk = content[at : at + length + 12]
        if len(chunk) != length + 12 or not kind.isalpha():
            raise NoPictureError
        if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise NoPictureError
        yield kind, chunk
        at += length + 12


def tiff(content: bytes) -> bytes:
    """The same bytes, where each directory of pages lies within them, at most 50 pages of a paper's size."""
    sign = "<" if content[:2] == b"II" else ">"
    at, seen = struct.unpack(f"{sign}I", content[4:8])[0] if len(content) >= 8 else 0, set[int]()
    while at:
        count = struct.unpack(f"{sign}H", content[at : at + 2])[0] if at + 2 <= len(content) else 0
        end = at + 2 + count * 12
        if at in seen or not count or end + 4 > len(content) or len(seen) >= 50:
            raise NoPictureError
        seen.add(at)
        _dots(*_page(content[at + 2 : end], sign))
        at = struct.unpack(f"{sign}I", content[end : end + 4])[0]
    if not seen:
        raise NoPictureError
    return content


def _page(entries: bytes, sign: str) -> tuple[int, int]:
    """Width and height as a directory says them."""
    sizes = {}
    for at in range(0, len(entries), 12):
        tag, form = struct.unpack(f"{sign}HH", entries[at : at + 4])
        if tag in (0x0100, 0x0101):
            sizes[tag] = struct.unpack(
                f"{sign}{'H' if form == 3 else 'I'}", entries[at + 8 : at + (10 if form == 3 else 12)]
            )[0]
    if len(sizes) != 2:
        raise NoPictureError
    return sizes[0x0100], sizes[0x0101]


def heic(content: bytes) -> bytes:
    """The same bytes, where they are boxes of a still picture from the first to the last."""
    at, kinds = 0, []
    while at < len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        if length < 8 or at + length > len(content):
            raise NoPictureError
        kinds.append(kind)
        at += length
    if content[8:12] not in _HEIC_BRANDS or kinds[0] != b"ftyp" or not {b"meta", b"mdat"} <= set(kinds):
        raise NoPictureError
    return content


def _dots(width: int, height: int) -> None:
    if not width or not height:
        raise NoPictureError
    if width * height > MOST_DOTS:
        raise TooLargeError
