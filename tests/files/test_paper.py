"""Papers are tagged, say what they were given and nothing else, and are the same bytes each time."""

import csv
import io
import json
import os
import struct
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from wellkept.files import paper
from wellkept.files.letterhead import letterhead
from wellkept.policy import packs

SHARED = Path(os.environ.get("WELLKEPT_SHARED") or Path(__file__).parents[3] / "shared")
HOSTILE = (
    '#eval("1+1")',
    ']#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd")',
    "= A heading",
    "*bold* _it_ `raw` $x^2$ <label> @ref",
    "\\u{41} // comment /* more */",
    '"}); data.from',
    "O'Brien-Ștefănescu",
)


def card(name: str, *, operator: str = "umr", phone: str = "") -> dict[str, object]:
    """What a card is made from."""
    head = letterhead(packs.named(operator)) | ({"phone": phone} if phone else {})
    words = ("card", "member", "call", "front", "back", "cut")
    return {
        "title": "Your ID card",
        "lang": "en",
        "made_on": date(2026, 11, 22).isoformat(),
        "from": head,
        "to": [],
        "foot": "Questions?",
        "name": name,
        "lead": "Show it.",
        "facts": [["Member number", "XYZ1"]],
        "sums": [["Deductible", "call us"]],
        "says": ["Call before care."],
        "words": {word: word for word in words},
    }


def text_of(made: bytes) -> str:
    """What a reader hears."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_a_paper_is_a_tagged_pdf_with_a_language_and_a_title(operator: str) -> None:
    reader = PdfReader(io.BytesIO(paper.pdf("card_sheet", card("Maria Alvarez", operator=operator))))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a value of the format, not one of ours)
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert (root["/Lang"], reader.metadata and reader.metadata.title) == ("en", "Your ID card")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  (as above)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_same_words_are_the_same_bytes_and_other_words_others() -> None:
    first = paper.pdf("card_sheet", card("Maria Alvarez"))
    other = paper.pdf("card_sheet", card("Tom Alvarez"))
    assert first == paper.pdf("card_sheet", card("Maria Alvarez"))
    assert first != other
    assert "Maria" not in text_of(other)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_made_of_markup_is_printed_as_it_stands(name: str) -> None:
    assert "".join(name.split()) in "".join(text_of(paper.pdf("card_sheet", card(name))).split())


@pytest.mark.parametrize(
    ("name", "printed"),
    [("王小明", "□□□"), ("Ann\x00\x07 Lee", "Ann Lee"), ("Ann\u202eeeL", "AnneeL"), ("Zoë \ud800X", "Zoë X")],
)
def test_what_no_face_can_draw_is_a_box_and_what_nobody_sees_is_left_out(name: str, printed: str) -> None:
    assert printed in text_of(paper.pdf("card_sheet", card(name)))


def test_every_hostile_name_of_the_list_becomes_a_paper() -> None:
    if not (SHARED / "data/adversarial/names.csv").is_file():
        pytest.skip("The shared data are not here.")
    with (SHARED / "data/adversarial/names.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    nasty = json.loads((SHARED / "data/adversarial/blns/blns.json").read_text(encoding="utf-8"))
    for name in [*names, *nasty]:
        assert paper.pdf("card_sheet", card(name[:120])).startswith(b"%PDF")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.text(max_size=40))
def test_any_name_becomes_a_paper(name: str) -> None:
    assert paper.pdf("card_sheet", card(name)).startswith(b"%PDF")


def test_a_picture_has_both_sides_and_bears_the_phone_number() -> None:
    with_number, without = (
        paper.image("card_image", card("Maria Alvarez", phone=phone), dpi=200) for phone in ("1-800-555-0100", " ")
    )
    width, height = struct.unpack(">II", with_number[16:24])
    assert (with_number[:8], width, height) == (b"\x89PNG\r\n\x1a\n", 737, 945)
    assert with_number != without


def test_no_template_asks_for_a_package() -> None:
    for path in (Path(paper.__file__).parent / "papers").glob("*.typ"):
        assert "@preview" not in path.read_text(encoding="utf-8"), path.name


def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "papers" / "spy.typ").write_text('#set document(title: "x")\n#read("../secret.txt")')
    monkeypatch.setattr(paper, "_HERE", tmp_path)
    paper._compiler.cache_clear()
    with pytest.raises(Exception, match=r"outside|escape|access|found"):
        paper.pdf("spy", {"title": "x", "lang": "en", "made_on": "2026-11-22"})
    paper._compiler.cache_clear()
    paper._fonts.cache_clear()
