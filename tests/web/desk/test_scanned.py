"""A paper goes by the operator's scanner before anything of it is kept, and is never opened in line."""

from pathlib import Path

import pytest

from tests.files import papers
from tests.files.test_scanning import scanner
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import AT, main, sent, thread, uploaded
from wellkept.files import scanning

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
