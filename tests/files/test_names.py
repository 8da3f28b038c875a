"""A name is shown as text and given back in one header, whatever somebody wrote in it."""

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.files.names import LONGEST, cleaned, seen
from wellkept.web.shell.downloads import download

SHARED = Path(os.environ.get("WELLKEPT_SHARED", "../shared")) / "data" / "adversarial"
NAMES = {
    "bill.pdf": "bill.pdf",
    "a.pdf.exe": "a.pdf",
    "C:\\Users\\me\\bill.PDF": "bill.pdf",
    "../../etc/passwd": "passwd.pdf",
    "/etc/shadow": "shadow.pdf",
    "": "paper.pdf",
    "..": "paper.pdf",
    "CON": "paper.pdf",
    "con.pdf": "paper.pdf",
    "bill.": "bill.pdf",
    "bi\0ll.pdf": "bill.pdf",
    "bi\r\nSet-Cookie: x=1\r\n.pdf": "bi Set-Cookie x=1.pdf",
    "bill\u202efdp.exe": "bill fdp.pdf",
    'bi"ll;.pdf': "bi ll.pdf",
    "Factura de Núñez.pdf": "Factura de Núñez.pdf",
    "領収書.pdf": "領収書.pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_made_harmless(name: str) -> None:
    assert cleaned(name, ending=".pdf") == NAMES[name]


@given(st.text(max_size=300))
def test_no_name_leaves_a_folder_a_line_end_or_an_unseen_sign(name: str) -> None:
    for made in (cleaned(name, ending=".pdf"), seen(name)):
        assert len(made) <= LONGEST + 4
        assert not set(made) & set('/\\"\r\n\0;')
        assert not [one for one in made if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")]
    header = download(b"", name=cleaned(name, ending=".pdf"), media_type="application/pdf").headers[
        "Content-Disposition"
    ]
    assert header.startswith("attachment; filename")
    assert header.isascii() or "filename*=" in header


@pytest.mark.skipif(not SHARED.is_dir(), reason="the hostile inputs are not beside this checkout")
def test_no_naughty_string_breaks_a_name() -> None:
    for name in json.loads((SHARED / "blns" / "blns.json").read_text()):
        assert cleaned(name, ending=".pdf").endswith(".pdf")
        download(b"", name=cleaned(name, ending=".pdf"), media_type="application/pdf")
