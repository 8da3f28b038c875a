"""Small papers of each kind, made here: what a phone or a scanner would send, and what somebody hostile would."""

import io
import struct
import zipfile
import zlib


def pdf(extra: bytes = b"") -> bytes:
    """A PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R"
        + extra
        + b">>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
        b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*, width: int = 2, height: int = 2, extra: bytes = b"") -> bytes:
    """A PNG of some grey dots."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", zlib.compress(b"\0\x80\x80" * 2)) + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int = 6, place: bytes = b"canary-of-a-place") -> bytes:
    """What a phone writes: the way it was held, and where."""
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack("<HHII", 0x8825, 4, 1, 60)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + entries + struct.pack("<I", 0) + b"GPS" + place


def jpeg(*, extra: bytes = b"", after: bytes = b"", width: int = 16, height: int = 16) -> bytes:
    """A JPEG by its structure, with the data of one scan."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\x34\xff\x00\x56\xff\xd0\x78"
    jfif = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return b"\xff\xd8" + jfif + extra + segment(0xDB, bytes(65)) + frame + scan + b"\xff\xd9" + after


def tiff(*, sign: str = "<", width: int = 16, height: int = 16, following: int = 0) -> bytes:
    """A TIFF of one page."""
    entries = struct.pack(f"{sign}HHII", 0x0100, 4, 1, width) + struct.pack(f"{sign}HHII", 0x0101, 4, 1, height)
    head = b"II*\0" if sign == "<" else b"MM\0*"
    return head + struct.pack(f"{sign}IH", 8, 2) + entries + struct.pack(f"{sign}I", following) + bytes(64)


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def heic() -> bytes:
    """A HEIC by its boxes."""
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(20)) + box(b"mdat", bytes(40))


def archive(*names: str) -> bytes:
    """A ZIP of empty members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names or ("bill.txt",):
            packed.writestr(name, b"")
    return made.getvalue()


def eicar() -> bytes:
    """The harmless file that scanners take for a virus, joined here."""
    return (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
