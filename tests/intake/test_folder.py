"""A watched folder: each file is read once and to its end, whatever happens meanwhile, and links are not followed."""

import os
from pathlib import Path
from uuid import uuid4

import pytest

from tests.exchange.fhir.test_fhir import COVERAGE, PATIENT, benefit
from tests.exchange.fhir.test_fhir import written as ndjson
from tests.intake.book import CLAIMS, by_sponsor, enrolment, filing, remittance, written
from tests.intake.house import House, wellkept

pytestmark = pytest.mark.database
# At the given statement of the database, or renaming of a file, the process kills itself.
KILLED = """
import os, pathlib, signal, sys
from django.db.backends.utils import CursorWrapper
from wellkept.cli import main

at, count = int(sys.argv.pop(1)), 0

def counting(honest):
    def counted(self, *given, **named):
        global count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(self, *given, **named)
    return counted

CursorWrapper.execute = counting(CursorWrapper.execute)
pathlib.Path.rename = counting(pathlib.Path.rename)
pathlib.Path.replace = counting(pathlib.Path.replace)
try:
    main(prog_name="wellkept")
finally:
    print(count, file=sys.stderr)
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def lie_still(folder: Path) -> None:
    """Let every file be an hour old."""
    for path in folder.iterdir():
        if not path.is_symlink():
            about = path.stat()
            os.utime(path, (about.st_mtime - 3600, about.st_mtime - 3600))


def look(house: House, inbox: Path, *, expect: int = 0) -> str:
    """One round."""
    lie_still(inbox)
    done = wellkept(house, "import", "folder", inbox)
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def names(inbox: Path) -> set[str]:
    return {path.name for path in inbox.iterdir()}


def filled(inbox: Path) -> None:
    """One file of each kind of claim and enrolment."""
    by_sponsor(inbox)
    written(inbox, "claims.837", filing())
    written(inbox, "paid.835", remittance())


def test_files_are_read_and_named_done_with_their_999_beside(house: House, inbox: Path) -> None:
    filled(inbox)
    (inbox / "half.834.part").write_text("ISA")
    said = look(house, inbox)
    assert "all.834: all of it was taken." in said
    read = {"all.834", "claims.837", "paid.835"}
    assert names(inbox) == {"half.834.part"} | {f"{n}.done" for n in read} | {f"{n}.999" for n in read}
    assert "~AK9*A*1*1*1~" in (inbox / "claims.837.999").read_text()
    assert house.count("benefits_claim") == len(CLAIMS)


def test_a_file_that_comes_twice_is_said_so_and_read_once(house: House, inbox: Path) -> None:
    by_sponsor(inbox)
    look(house, inbox)
    by_sponsor(inbox).rename(inbox / "again.834")
    said = look(house, inbox)
    assert "again.834: all of it was taken. The same bytes were read before, as all.834, at " in said
    assert house.count("intake_file") == 1
    by_sponsor(inbox)
    look(house, inbox)
    assert {"all.834.done", "again.834.done", "all.834.2.done"} <= names(inbox)


def test_what_was_put_aside_is_reported_beside_the_file_without_its_value(house: House, inbox: Path) -> None:
    path = written(inbox, "bad.834", enrolment().replace("19790101", "QUITZOW!"))
    said = look(house, inbox)
    assert "bad.834: something was put aside." in said
    assert not path.exists()
    report = (inbox / "bad.834.aside.txt").read_text()
    assert "Put aside: set 0001, " in report
    assert "This is not a date (CCYYMMDD)." in report
    assert "QUITZOW" not in report + said
    assert "~AK9*R*1*1*0~" in (inbox / "bad.834.999").read_text()


def test_links_folders_and_other_files_are_left_alone(house: House, inbox: Path, tmp_path: Path) -> None:
    outside = by_sponsor(tmp_path)
    (inbox / "link.834").symlink_to(outside)
    (inbox / "folder.834").mkdir()
    (inbox / ".hidden.834").write_text("ISA")
    (inbox / "letter.txt").write_text("ISA")
    os.mkfifo(inbox / "pipe.834")
    before = names(inbox)
    look(house, inbox)
    assert names(inbox) == before
    assert house.count("intake_file") == house.count("people_person") == 0


def test_what_was_half_handed_in_goes_after_a_day_and_not_before(house: House, inbox: Path) -> None:
    names_of = [f".{uuid4()}.part" for _ in range(3)]
    for name in names_of:
        (inbox / name).write_text("ISA")
    outside = inbox.parent / "outside"
    outside.write_text("ISA")
    (inbox / f".{uuid4()}.part").symlink_to(outside)
    (inbox / "theirs.part").write_text("ISA")
    for path in (inbox / names_of[0], inbox / names_of[1], inbox / "theirs.part"):
        os.utime(path, (0, 0))
    said = wellkept(house, "import", "folder", inbox).stdout
    assert "2 files that were half handed in a day ago were removed." in said
    assert (inbox / names_of[2]).exists()
    assert (inbox / "theirs.part").exists()
    assert outside.exists()
    assert len(list(inbox.iterdir())) == 3


def test_a_table_without_its_mapping_and_what_is_no_file_of_ours_are_kept_where_it_is_seen(
    house: House, inbox: Path
) -> None:
    (inbox / "claims.csv").write_text("a,b\n1,2\n")
    (inbox / "nothing.835").write_bytes(b"")
    (inbox / "wrong.csv").write_text("a,b\n1,2\n")
    (inbox / "wrong.mapping").write_text("not = [toml")
    look(house, inbox)
    assert {"claims.csv.aside", "nothing.835.aside", "wrong.csv.aside"} <= names(inbox)
    reasons = dict(house.rows("select f.name, s.reason from intake_setaside s join intake_file f on f.id = s.file_id"))
    assert "has no mapping beside it" in reasons["claims.csv"]
    assert "holds no interchange header" in reasons["nothing.835"]
    assert "cannot be read with its mapping" in reasons["wrong.csv"]


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_a_file_that_may_not_be_read_is_kept_where_it_is_seen(house: House, inbox: Path) -> None:
    by_sponsor(inbox).chmod(0)
    look(house, inbox)
    assert house.rows("select reason from intake_setaside") == [
        ("The file cannot be read: its permissions do not allow it.",),
    ]  # fmt: skip


def test_resources_of_one_round_know_each_other(house: House, inbox: Path) -> None:
    ndjson(inbox, benefit()).rename(inbox / "eob.ndjson")
    ndjson(inbox, PATIENT, COVERAGE).rename(inbox / "people.ndjson")
    look(house, inbox)
    assert {"eob.ndjson.done", "people.ndjson.done"} <= names(inbox)
    assert house.count("benefits_claim", "status = 'paid'") == 1


def test_a_file_that_is_still_written_is_left_until_it_lies_still(house: House, inbox: Path) -> None:
    path = by_sponsor(inbox)
    future = path.stat().st_mtime + 3600
    os.utime(path, (future, future))
    done = wellkept(house, "import", "folder", inbox)
    assert done.returncode == 0, done.stderr
    assert "all.834.done" in names(inbox)  # two looks saw it the same


def test_a_folder_that_is_not_there_is_said_so(house: House, tmp_path: Path) -> None:
    done = wellkept(house, "import", "folder", tmp_path / "none")
    assert done.returncode == 2
    assert "cannot be looked through: No such file or directory." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    return {}


@pytest.mark.parametrize("part", range(10))
def test_a_killed_round_is_carried_to_the_same_end(
    house: House, inbox: Path, seen: dict[str, object], part: int
) -> None:
    filled(inbox)
    lie_still(inbox)
    if not seen:
        done = wellkept(house, "0", "import", "folder", inbox, script=KILLED)
        assert done.returncode == 0, done.stderr
        seen |= {"count": int(done.stderr.split()[-1]), "end": house.written(), "names": names(inbox)}
        house.empty()
        for path in inbox.iterdir():
            path.unlink()
        filled(inbox)
        lie_still(inbox)
    count = seen["count"]
    assert isinstance(count, int)
    at = 2 + part * (count - 3) // 9
    killed = wellkept(house, str(at), "import", "folder", inbox, script=KILLED)
    assert killed.returncode == -9, killed.stderr
    while "all.834" in names(inbox) or house.count("intake_file", "applied_at is null") or house.count("intake_staged"):
        look(house, inbox)  # until the server has noticed the death
    look(house, inbox)
    assert house.written() == seen["end"]
    assert {name for name in names(inbox) if not name.endswith(".part")} == seen["names"]


def test_what_is_written_beside_a_file_overwrites_nothing_that_a_link_points_to(
    house: House, inbox: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.write_text("another's")
    by_sponsor(inbox)
    written(inbox, "bad.834", enrolment().replace("19790101", "QUITZOW!"))
    for name in ("all.834.999.part", "bad.834.999.part", "bad.834.aside.txt.part"):
        (inbox / name).symlink_to(kept)
    look(house, inbox)
    assert kept.read_text() == "another's"
    assert not (inbox / "bad.834.aside.txt").is_symlink()
    assert "AK9" in (inbox / "all.834.999").read_text()


def test_a_name_breaks_no_line_of_what_is_said(house: House, inbox: Path) -> None:
    by_sponsor(inbox).rename(inbox / "x\nforged.834: all of it was taken.\x1b[2J.834")
    said = look(house, inbox)
    assert not [line for line in said.splitlines() if line.startswith("forged")]
    assert "\x1b" not in said


def test_a_name_that_is_no_text_stops_nothing(house: House, inbox: Path) -> None:
    by_sponsor(inbox).rename(os.fsdecode(os.fsencode(inbox) + b"/\xff.834"))
    assert "?.834: all of it was taken." in look(house, inbox)
    assert house.rows("select name from intake_file") == [("?.834",)]
