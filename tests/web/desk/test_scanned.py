"""A paper goes by the operator's scanner before anything of it is kept, and is never opened in line."""

from pathlib import Path
from typing import Any

import pytest

from tests.files import papers
from tests.files.scanner import ends_what_is_open, scanner
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import AT, main, sent, taken, thread, uploaded
from wellkept.files import scanning
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.usefixtures("no_appeals")
KEPT = "select count(*) from files_attachment where person_id = %s"


def asking(staff: Staff) -> str:
    return f"ask/{staff.world.claims['paid']}/"


def test_what_the_scanner_finds_is_not_kept(
    visit: Visit, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    had = staff.ask(KEPT, [staff.world.people["maria"]])
    with scanner(tmp_path / "s", b"stream: Eicar-Test-Signature FOUND\0") as heard:
        bad = uploaded("bill.pdf", papers.pdf())
        answer = staff.post(visit("maria"), f"{AT}{asking(staff)}", words="kept words", papers=bad)
    assert answer.status_code == 400
    assert "bill.pdf: Our scanner found something harmful" in main(answer)
    assert "kept words" in main(answer)
    assert b"".join(heard) == papers.pdf()
    assert staff.ask(KEPT, [staff.world.people["maria"]]) == had


def test_without_its_answer_nothing_is_kept(
    visit: Visit, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "nobody"))
    had = staff.ask(KEPT, [staff.world.people["maria"]])
    bad = uploaded("bill.pdf", papers.pdf())
    answer = staff.post(visit("maria"), f"{AT}{asking(staff)}", words="kept words", papers=bad)
    assert "We cannot look at files for viruses just now" in main(answer)
    assert staff.ask(KEPT, [staff.world.people["maria"]]) == had


def test_what_is_clean_is_saved_and_never_opened_in_line(
    visit: Visit, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    with scanner(tmp_path / "s", b"stream: OK\0"):
        good = uploaded("bill.pdf", papers.pdf())
        address = sent(staff, visit("maria"), asking(staff), words="Look.", papers=good)
    asked = (
        "select a.id from files_attachment a join service_casestep s on s.id = a.about"
        " join service_case c on c.id = s.case_id where c.about = %s"
    )
    ((paper,),) = staff.ask(asked, [thread(address)])
    given = visit("maria").get(f"{address}papers/{paper}/")
    assert given.content == papers.pdf()
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    staff.post(visit("maria"), f"{address}withdraw/")


@pytest.mark.parametrize("answer", [b"stream: OK\0", b""])
@pytest.mark.parametrize("door", ["begin", "write", "answer"])
def test_nothing_is_open_while_the_scanner_looks(
    visit: Visit, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: str, answer: bytes
) -> None:
    address = f"{AT}{asking(staff)}" if door == "begin" else sent(staff, visit("maria"), asking(staff), words="Look.")
    who, form = "maria", dict[str, Any](words="kept words", papers=uploaded("bill.pdf", papers.pdf()))
    if door == "answer":
        who, address = "dana", taken(staff, visit, address)
        form["what"] = "accepted"
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    ended, end = ends_what_is_open(staff.house)
    with scanner(tmp_path / "s", answer, end):
        page = staff.post(visit(who), address, **form)
    assert ended == []
    if answer:
        assert page.status_code == 302
    else:
        assert page.status_code == 400
        assert "bill.pdf: We cannot look at files for viruses just now" in main(page)
        assert "kept words" in main(page)


def test_a_scanner_that_does_not_answer_is_not_asked_again(
    visit: Visit, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def away(content: bytes) -> None:
        asked.append(len(content))
        raise scanning.CannotLookError("nobody there")

    monkeypatch.setattr(scanning, "checked", away)
    two = [uploaded(name, papers.pdf()) for name in ("a.pdf", "b.pdf")]
    page = main(staff.post(visit("maria"), f"{AT}{asking(staff)}", words="kept words", papers=two))
    assert "a.pdf: nobody there" in page
    assert "b.pdf: nobody there" in page
    assert len(asked) == 1


@pytest.mark.parametrize("cookie", [None, "a-cookie-of-nobody"])
def test_a_stranger_does_not_make_the_scanner_work(
    visit: Visit, staff: Staff, monkeypatch: pytest.MonkeyPatch, cookie: str | None
) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(scanning, "checked", asked.append)
    client = visit("a stranger")
    form = dict[str, Any](words="x", papers=uploaded("bill.pdf", papers.pdf()))
    if cookie:
        client.cookies["umr_session"] = cookie
        form["token"] = token(cookie)
    assert client.post(f"{AT}{asking(staff)}", form).status_code in (302, 403)
    assert asked == []
