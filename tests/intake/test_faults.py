"""What cannot be taken is named with its place and reason, and keeps nothing else from going in."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.x12.samples import interchange, transaction
from tests.intake.book import CLAIMS, PEOPLE, by_sponsor, enrolment, filing, remittance, written
from tests.intake.house import House, bring, wellkept

pytestmark = pytest.mark.database
BAD = "19801515"


def broken(folder: Path) -> Path:
    """Three sets of claims, of which the second has an impossible birth date."""
    return written(
        folder, "some.837", filing(CLAIMS[:1]), filing(CLAIMS[1:2]).replace("19790101", BAD), filing(CLAIMS[2:])
    )


def test_a_broken_set_is_put_aside_and_the_others_go_in(house: House, tmp_path: Path) -> None:
    said = bring(house, by_sponsor(tmp_path), broken(tmp_path), expect=1)
    assert "2 sets taken, 1 put aside" in said
    assert "Put aside: set 0002, segment 38, DMG02: This is not a date (CCYYMMDD)." in said
    assert BAD not in said
    assert house.count("benefits_filing") == len(CLAIMS) - 1
    kept = house.rows("select interchange, set_number, segment, element, reason, fatal from intake_setaside")
    assert kept == [("000000001", "0002", 38, "DMG02", "This is not a date (CCYYMMDD).", True)]
    assert house.rows("select number, accepted from intake_set where kind = '837P' order by place") == [
        ("0001", True), ("0002", False), ("0003", True),
    ]  # fmt: skip


def test_values_are_shown_to_whoever_asks_for_them_at_the_terminal(house: House, tmp_path: Path) -> None:
    done = wellkept(house, "import", "x12", "--show-values", broken(tmp_path))
    assert f"DMG02: This is not a date (CCYYMMDD). [{BAD}]" in done.stderr
    assert house.rows("select count(*) from intake_setaside where reason like %s", f"%{BAD}%") == [(0,)]


def test_lenient_takes_a_broken_envelope_and_strict_refuses_its_interchange(house: House, tmp_path: Path) -> None:
    path = written(tmp_path, "some.834", enrolment(PEOPLE[:4]))
    path.write_text(
        path.read_text().replace("GE*1*1", "GE*2*1")
        + written(tmp_path, "good.834", enrolment(PEOPLE[4:]), number="000000002").read_text()
    )
    said = bring(house, path, mode="strict", expect=1)
    assert "Refused: segment 48, GE01: The interchange is refused. GE01 does not count the transaction sets" in said
    assert house.count("people_person") == 1
    assert house.count("intake_staged") == 0
    assert house.rows("select accepted from intake_set order by place") == [(False,), (True,)]
    said = bring(house, path, mode="lenient", expect=1)
    assert "Noted: segment 48, GE01" in said
    assert house.count("people_person") == len(PEOPLE)


def test_a_set_of_another_guide_is_named_and_the_rest_goes_in(house: House, tmp_path: Path) -> None:
    dental = "005010X224A2"
    text = interchange(transaction(filing(), dental), guide=dental, number="000000005")
    path = written(tmp_path, "both.834", enrolment(PEOPLE[:2]))
    path.write_text(text + path.read_text())
    said = bring(house, path, expect=1)
    assert "Refused: set 0001, segment 3: This is a dental claim file (837D, 005010X224A2). We read" in said
    assert house.count("people_person") == 2
    assert house.rows("select counts ->> 'refused' from intake_file") == [("1",)]


WRONG = {
    "empty": b"", "binary": bytes(range(256)) * 50, "document": b"%PDF-1.7\n1 0 obj << >> endobj\n" * 20,
    "nulls": b"\0" * 5000, "text": b"Dear Sir, the file follows.\n" * 30, "cut": b"ISA*00*          *00*      ",
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_called_so_in_a_sentence(house: House, tmp_path: Path, name: str) -> None:
    path = tmp_path / "wrong.834"
    path.write_bytes(WRONG[name])
    said = bring(house, path, by_sponsor(tmp_path), expect=1)
    assert "This is not an X12 file: it holds no interchange header (ISA) that can be read." in said
    assert "Traceback" not in said
    assert house.count("people_person") == len(PEOPLE)


def test_a_folder_and_a_missing_file_are_refused_before_anything_is_read(house: House, tmp_path: Path) -> None:
    for path, word in ((tmp_path, "is a directory"), (tmp_path / "none.834", "does not exist")):
        said = bring(house, by_sponsor(tmp_path), path, expect=2)
        assert word in said
    assert house.count("intake_file") == 0


def test_two_imports_never_run_at_once(house: House, tmp_path: Path) -> None:
    with house.cluster.connect("umr", "intake", autocommit=True) as other:
        other.execute("select pg_advisory_lock(7733100)")
        said = bring(house, by_sponsor(tmp_path), expect=2)
    assert "Another import is running. Wait until it has ended." in said
    assert house.count("intake_file") == 0
    bring(house, by_sponsor(tmp_path))


def test_each_file_is_answered_with_a_999_that_repeats_no_value(house: House, tmp_path: Path) -> None:
    bring(house, broken(tmp_path), expect=1, acknowledge=str(tmp_path))
    answer = (tmp_path / "some.999").read_text()
    assert "AK2*837*0002*005010X222A1~IK3*DMG*14**8~IK4*2**8~IK5*R*5~" in answer
    assert "AK9*P*3*3*2~" in answer
    assert BAD not in answer
    assert "QUITZOW" not in answer


def test_the_999_goes_into_a_folder_that_is_there(house: House, tmp_path: Path) -> None:
    said = bring(house, by_sponsor(tmp_path), expect=2, acknowledge=str(tmp_path / "nowhere"))
    assert "does not exist" in said


def disk(*command: str) -> subprocess.CompletedProcess[bytes]:
    """Something only an administrator of the machine may do."""
    return subprocess.run(command, check=False, capture_output=True)


@pytest.fixture
def full(house: House, tmp_path: Path) -> Iterator[Path]:
    """Staging lies on a disk of four megabytes."""
    folder = house.state.parent / "tiny"
    folder.mkdir()
    mounted = disk("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder))
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip("mounting a small disk takes an administrator of this machine")
    owner = (house.state / "postgres/data").stat()
    place = folder / "space"
    place.mkdir()
    os.chown(place, owner.st_uid, owner.st_gid)
    try:
        house.do(f"create tablespace tiny location '{place}'")
        house.do("alter table intake_staged set tablespace tiny")
        yield folder
    finally:
        house.do("truncate intake_staged")
        house.do("alter table intake_staged set tablespace pg_default")
        house.do("drop tablespace tiny")
        disk("umount", "--lazy", str(folder))
        folder.rmdir()


def test_a_full_disk_is_told_plainly_and_loses_nothing(house: House, tmp_path: Path, full: Path) -> None:
    many = written(tmp_path, "many.837", *(filing(CLAIMS) for _ in range(3_000)))
    done = wellkept(house, "import", "x12", many)
    assert done.returncode == 2, done.stderr
    assert "The disk of the database is full. Nothing is lost" in done.stderr
    assert "Traceback" not in done.stderr
    disk("mount", "-o", "remount,size=64m", str(full))
    done = wellkept(house, "import", "x12", by_sponsor(tmp_path), written(tmp_path, "few.835", remittance()))
    assert done.returncode == 0, done.stderr
    assert house.count("benefits_decision") == len(CLAIMS)
    assert house.count("intake_staged") == 0
