"""Handing a file in: by administrators alone, as it came, under a plain name, with an entry, into the inbox."""

import hashlib
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.desk.staff import Staff
from tests.web.operations.conftest import Visit
from wellkept.web.operations import spool
from wellkept.web.shell.visitor import token

ADDRESS = "/operations/hand-in/"
TEXT = b"ISA*00*          *00*          *ZZ*CANARY-7731~"


def sent(client: Client, text: bytes = TEXT, *, name: str = "mended.834", **told: Any) -> Any:
    """Post the form with a file."""
    cookie = client.cookies.get("umr_session")
    file = SimpleUploadedFile("x", text)
    # A browser may send any name; Django's own class would cut it.
    vars(file)["_name"] = name
    return client.post(ADDRESS, {"token": token(cookie.value) if cookie else "x", "file": file, **told})


def test_a_file_lies_in_the_inbox_as_it_came_and_has_its_entry(visit: Visit, staff: Staff, inbox: Path) -> None:
    before = staff.newest()
    page = sent(visit("olga"))
    assert (page.status_code, page.headers["Location"]) == (302, ADDRESS)
    (path,) = inbox.iterdir()
    assert path.name.startswith("mended-")
    assert path.suffix == ".834"
    assert path.read_bytes() == TEXT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (entry,) = staff.entries("olga", before)
    assert entry["kind"] == "handed in"
    assert entry["reason"] == f"mended.834, SHA-256 {hashlib.sha256(TEXT).hexdigest()}"
    shown = visit("olga").get(ADDRESS).text
    assert "mended.834" in shown
    assert "Not read yet" in shown
    assert "Handed in, not read yet" in visit("omar").get("/operations/").text
    assert "CANARY-7731" not in shown


def test_it_lies_where_the_reader_of_the_inbox_looks(
    visit: Visit, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLKEPT_INBOX", str(tmp_path / "elsewhere"))
    assert sent(visit("olga")).status_code == 302
    assert [path.suffix for path in (tmp_path / "elsewhere").iterdir()] == [".834"]
    assert list(inbox.iterdir()) == []


def test_what_was_read_since_is_known_by_its_bytes(visit: Visit, staff: Staff, inbox: Path) -> None:
    sent(visit("olga"), TEXT + b"again")
    assert list(inbox.iterdir())
    staff.ask(
        "insert into intake_file (id, digest, name, sender, mode, began, read_at, counts)"
        " values (gen_random_uuid(), %s, 'mended.834', '', 'lenient', now(), now(), '{}')",
        [hashlib.sha256(TEXT + b"again").digest()],
    )
    assert '<span class="tag good">Read</span>' in visit("olga").get(ADDRESS).text


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot"), (".part", "part"),
        ("a b;rm -rf $(x).835", "a-b-rm--rf-x"),
        ("\u202e\x00<script>.837", "script"), ("." * 300, "file"), ("n" * 400 + ".834", "nnn"), ("x.part", "x"),
        (".834.part", "834"), ("ümlaut.csv", "mlaut"),
    ],
)  # fmt: skip
def test_a_name_is_made_plain_and_leads_nowhere(visit: Visit, inbox: Path, name: str, plain: str) -> None:
    assert sent(visit("olga"), name=name).status_code in (302, 400)
    for path in inbox.iterdir():
        assert path.name.startswith(plain)
        assert not path.name.endswith(".part")
        assert len(path.name) < 130
    assert not list(inbox.parent.glob("*.ini"))
    assert len(list(inbox.iterdir())) <= 1


@pytest.mark.parametrize(
    "text", [b"", b"PK\x03\x04rest", b"\x1f\x8b\x08", b"I\x00S\x00A\x00", b"BZh91AY", b"\x7fELF\x00"]
)
def test_what_is_no_text_is_refused_and_gone(visit: Visit, staff: Staff, inbox: Path, text: bytes) -> None:
    before = staff.newest()
    page = sent(visit("olga"), text)
    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert list(inbox.iterdir()) == []
    assert staff.entries("olga", before) == []


def test_a_form_without_a_file_asks_for_one(visit: Visit, staff: Staff, inbox: Path) -> None:
    page = staff.post(visit("olga"), ADDRESS)
    assert (page.status_code, "Please choose a file." in page.text) == (400, True)
    assert list(inbox.iterdir()) == []


def test_a_file_that_is_too_long_is_broken_off_and_gone(
    visit: Visit, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "LONGEST", 100_000)
    page = sent(visit("olga"), b"x" * 400_000)
    assert (page.status_code, "longer than" in page.text) == (400, True)
    assert list(inbox.iterdir()) == []


def test_a_full_disk_takes_no_file(visit: Visit, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "room", lambda _folder: 10)
    assert sent(visit("olga")).status_code == 400
    assert list(inbox.iterdir()) == []


@pytest.mark.parametrize("who", ["dana", "nora", "priya", "tom", "a stranger", "ute"])
def test_nobody_else_s_file_is_written_at_all(
    visit: Visit, inbox: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    begun: list[Path] = []
    real = spool.Spooled.begin

    def noted(spooled: spool.Spooled) -> None:
        begun.append(spooled.path)
        real(spooled)

    monkeypatch.setattr(spool.Spooled, "begin", noted)
    page = sent(visit(who))
    assert page.status_code in (302, 403)
    assert list(inbox.iterdir()) == []
    assert who == "ute" or begun == []


def test_a_form_of_another_session_or_site_leaves_nothing(visit: Visit, inbox: Path) -> None:
    client = visit("olga")
    file = SimpleUploadedFile("a.834", TEXT)
    assert client.post(ADDRESS, {"token": "x" * 32, "file": file}).status_code == 403
    assert list(inbox.iterdir()) == []
    elsewhere = {"sec-fetch-site": "cross-site"}
    right = token(client.cookies["umr_session"].value)
    file.seek(0)
    assert client.post(ADDRESS, {"token": right, "file": file}, headers=elsewhere).status_code == 403
    assert list(inbox.iterdir()) == []


def test_a_link_in_the_inbox_is_not_followed(inbox: Path, tmp_path: Path) -> None:
    aim = tmp_path / "aim"
    aim.write_text("mine")
    link = inbox / "link.part"
    link.symlink_to(aim)
    with pytest.raises(FileExistsError):
        spool.Spooled(link, "x").begin()
    assert aim.read_text() == "mine"


def test_a_file_elsewhere_in_the_house_is_dropped_unread(visit: Visit, staff: Staff, inbox: Path) -> None:
    client = visit("olga")
    right = token(client.cookies["umr_session"].value)
    client.post("/operations/records/find/", {"token": right, "file": SimpleUploadedFile("a.834", TEXT)})
    assert list(inbox.iterdir()) == []
