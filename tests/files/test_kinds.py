"""What a paper is, its bytes say; what is none is refused with a sentence, and a picture keeps the picture alone."""

import contextlib
import os
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files import papers
from wellkept.files import kinds
from wellkept.files.kinds import HEIC, JPEG, PDF, PNG, TIFF, Kind, checked

SHARED = Path(os.environ.get("WELLKEPT_SHARED", "../shared")) / "data" / "adversarial"
GOOD = {
    PDF: papers.pdf(),
    JPEG: papers.jpeg(),
    PNG: papers.png(),
    TIFF: papers.tiff(),
    HEIC: papers.heic(),
}
GIF = b"GIF89a\x01\0\x01\0\0\0\0<script>alert(1)</script>;"
BAD = {
    "empty": b"",
    "eicar": papers.eicar(),
    "eicar in a zip": papers.archive("eicar.com") + papers.eicar(),
    "pdf then html": b"%PDF-1.4\n<html><script>alert(1)</script></html>",
    "pdf with html and an end": b"%PDF-1.4\n<html></html>\n%%EOF",
    "pdf that is a zip too": papers.pdf() + papers.archive() + b"\n%%EOF",
    "pdf that ends as a zip": papers.pdf() + papers.archive(),
    "pdf behind something": b"\0" + papers.pdf(),
    "pdf with a program": papers.pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "pdf with a hidden program": papers.pdf(b"/OpenAction<</S/Java#53cript/#4aS(app.alert(1))>>"),
    "pdf that starts one": papers.pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "pdf with a file in it": papers.pdf(b"/Names<</EmbeddedFiles 5 0 R>>"),
    "gif with a script": GIF,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg behind a byte order mark": b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "xml": b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>',
    "zip": papers.archive(),
    "docx": papers.archive("[Content_Types].xml", "word/document.xml"),
    "gzip": b"\x1f\x8b\x08\0" + bytes(20),
    "program": b"MZ" + bytes(100),
    "text": b"I paid 49.60 dollars.",
    "png of a bomb": papers.png(width=60_000, height=60_000),
    "png without dots": papers.png(width=0),
    "png with a wrong sum": papers.png().replace(b"IDAT", b"IDaT"),
    "png with a script in its picture": papers.png(extra=papers.chunk(b"PLTE", b"<script>alert(1)</script>")),
    "jpeg of a bomb": papers.jpeg(width=60_000, height=60_000),
    "jpeg with a script in its profile": papers.jpeg(extra=papers.segment(0xE2, b"<script>alert(1)</script>")),
    "tiff that bites its tail": papers.tiff(following=8),
    "tiff of a bomb": papers.tiff(width=60_000, height=60_000),
    "heic of a film": papers.box(b"ftyp", b"isom\0\0\0\0isom") + papers.box(b"mdat", bytes(20)),
    "heic with something behind": papers.heic() + papers.archive(),
}


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.words)
def test_what_a_phone_or_a_scanner_sends_is_taken_as_what_it_is(kind: Kind) -> None:
    found, kept = checked(GOOD[kind])
    assert found is kind
    assert checked(kept)[0] is kind


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_paper_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        checked(BAD[name])
    (sentence,) = refusal.value.messages
    assert sentence.endswith(".")
    assert len(sentence.split()) > 3


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(ValidationError, match="10 MB"):
        checked(papers.pdf() + bytes(kinds.LARGEST))


def test_a_photo_keeps_the_way_it_was_held_and_not_where() -> None:
    photo = papers.jpeg(
        extra=papers.segment(0xE1, papers.exif(6)) + papers.segment(0xFE, b"canary"), after=papers.archive() + b"canary"
    )
    kept = checked(photo)[1]
    assert b"canary" not in kept
    assert b"GPS" not in kept
    assert b"PK" not in kept
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept
    assert kept.endswith(b"\xff\xd9")
    assert checked(kept)[1] == kept


def test_a_drawing_keeps_no_words_no_places_and_no_film() -> None:
    extra = b"".join(papers.chunk(kind, b"canary") for kind in (b"tEXt", b"eXIf", b"acTL", b"fcTL", b"fdAT", b"zTXt"))
    kept = checked(papers.png(extra=extra) + papers.archive())[1]
    assert b"canary" not in kept
    assert kept == papers.png()


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_damaged_paper_is_taken_or_refused_and_breaks_nothing(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from(list(GOOD.values()))))
    for _bite in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        kind, kept = checked(cut)
    except ValidationError:
        return
    assert checked(kept) == (kind, kept)


@settings(deadline=None)
@given(start=st.sampled_from([content[:12] for content in GOOD.values()]), rest=st.binary(max_size=200))
def test_whatever_follows_the_first_bytes_breaks_nothing(start: bytes, rest: bytes) -> None:
    with contextlib.suppress(ValidationError):
        checked(start + rest)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the hostile inputs are not beside this checkout")
def test_no_hostile_text_is_a_paper() -> None:
    for path in sorted((SHARED / "payloads").iterdir()):
        with pytest.raises(ValidationError):
            checked(path.read_bytes())
