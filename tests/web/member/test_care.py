"""Finding care and the plan's booklets: brought by the command, read by members, told to nobody."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from tests.cluster import Cluster
from tests.web.member.conftest import Visit
from tests.web.member.test_benefits import text
from tests.web.member.test_privacy import form
from tests.web.member.world import World

COMMAND = "import sys; from wellkept.cli import main; main(sys.argv[1:], prog_name='wellkept')"
HEAD = "name,npi,specialty,street,city,state,zip,phone,accepts_new,network,languages,as_of\n"
ROWS = (
    "Alder Bend Family Medicine,1999941010,Family medicine,12 Canal Street,Alder Bend,WI,54999,"
    "715-555-0142,yes,Harbor,,2026-11-01\n"
    "Novák Eye Clinic,,Eye care,3 Fern Avenue,Loonwater,WI,54998-0001,715-555-0177,no,Harbor,Czech,2026-11-01\n"
    "Sable Imaging,1999941028,Imaging,9 Quarry Road,Sable Crossing,MI,49999,906-555-0101,,Harbor,,2026-11-01\n"
)
PLACES = "zip,latitude,longitude\n54999,45.00,-90.00\n54998,45.00,-90.20\n49999,46.50,-87.40\n"
BOOKLETS = "file,kind,title,effective,sponsor,group_number\n"
PDF = b"%PDF-1.7\n%made for a test\n%%EOF\n"


def say(house: Cluster, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator says it."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "import", *words, "--operator", "umr"],
        env=os.environ | {"WELLKEPT_STATE": str(house.state), "WELLKEPT_ROLE": "intake"},
        capture_output=True,
        text=True,
        check=False,
    )


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


@pytest.fixture(scope="module")
def roster(house: Cluster, world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three offices, brought."""
    del world
    folder = tmp_path_factory.mktemp("roster")
    done = say(house, "offices", written(folder, "roster.csv", HEAD + ROWS))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 rows taken, 0 put aside" in done.stdout
    return folder


@pytest.fixture
def placed(house: Cluster, roster: Path) -> None:
    """Where their ZIP codes lie."""
    done = say(house, "places", written(roster, "places.csv", PLACES))
    assert done.returncode == 0, done.stdout + done.stderr


def looked(visit: Visit, **asked: str) -> str:
    """What the page shows to who looked, as text."""
    browser = visit("maria")
    shown = browser.post("/member/care/", {**form(browser.get("/member/care/").content), **asked})
    assert shown.status_code == 200, shown.content
    return text(shown.content)


@pytest.mark.usefixtures("roster")
def test_an_office_is_found_by_the_beginning_of_its_words_with_or_without_accents(visit: Visit) -> None:
    assert "Novák Eye Clinic" in looked(visit, name="novak ey")
    assert "Alder Bend Family Medicine" in looked(visit, name="bend family")
    nothing = looked(visit, name="' & !x:*) | zzz")
    assert "No office fits" in nothing
    assert "Alder Bend Family" not in nothing


@pytest.mark.usefixtures("roster")
def test_without_places_the_same_zip_comes_first_then_close_by_then_the_state(visit: Visit, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.organisations_place")
        connection.commit()
    shown = looked(visit, postal_code="54998")
    assert "We cannot measure from this ZIP code" in shown
    assert shown.index("Novák Eye Clinic") < shown.index("Alder Bend Family Medicine")
    assert "Sable Imaging" not in shown
    assert "miles" not in shown.split("2 offices")[1]


@pytest.mark.usefixtures("placed")
def test_with_places_the_nearest_comes_first_with_its_miles_and_the_circle_ends(visit: Visit) -> None:
    shown = looked(visit, postal_code="54999", radius="25")
    assert shown.index("Alder Bend Family Medicine") < shown.index("Novák Eye Clinic")
    assert "9.8 miles" in shown  # 0.2 degrees of longitude at 45 degrees north
    assert "Sable Imaging" not in shown
    assert "Novák" not in looked(visit, postal_code="54999", radius="5")


@pytest.mark.usefixtures("roster")
def test_what_somebody_looks_for_stands_in_no_address_and_no_log(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    looked(visit, specialty="Eye care")
    assert "Eye care" not in caplog.text
    assert "novak" not in caplog.text
    ignored = visit("maria").get("/member/care/?specialty=Eye+care")
    assert "Novák" not in text(ignored.content)


@pytest.mark.usefixtures("roster")
def test_a_search_for_nothing_and_a_zip_that_is_none_say_what_to_write(visit: Visit) -> None:
    browser = visit("maria")
    token = form(browser.get("/member/care/").content)
    empty = browser.post("/member/care/", {**token, "name": "", "specialty": "", "postal_code": ""})
    assert empty.status_code == 400
    assert "choose a kind of care" in text(empty.content)
    wrong = browser.post("/member/care/", {**token, "name": "alder", "postal_code": "5499x"})
    assert wrong.status_code == 400
    assert "five digits" in text(wrong.content)
    assert 'value="alder"' in wrong.content.decode()


@pytest.mark.parametrize("path", ["/member/care/", "/member/documents/", f"/member/documents/{UUID(int=7)}/"])
def test_somebody_who_is_signed_out_is_sent_to_sign_in(visit: Visit, path: str) -> None:
    answer = visit("a stranger").get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.usefixtures("roster")
def test_a_preview_and_an_older_roster_change_nothing(house: Cluster, roster: Path, visit: Visit) -> None:
    older = HEAD + ROWS.replace("2026-11-01", "2025-01-01").replace("715-555-0142", "715-555-0199")
    assert say(house, "offices", written(roster, "old.csv", older)).returncode == 0
    newer = HEAD + ROWS.replace("2026-11-01", "2026-12-01").replace("715-555-0142", "715-555-0188")
    seen = say(house, "offices", "--preview", written(roster, "new.csv", newer))
    assert "3 rows would be taken" in seen.stdout
    shown = looked(visit, name="alder bend family")
    assert "715-555-0142" in shown.replace("(715) ", "715-")


def test_a_mistake_says_its_line_and_column_and_the_row_can_be_mended(house: Cluster, tmp_path: Path) -> None:
    broken = HEAD + ",,,,,WI,54999,,,,,2026-11-01\nA,12,,,,ZZ,5,call,maybe,,,soon\n=cmd|' /C calc'!A0,,,,,WI,1,,,,,\n"
    rejects = tmp_path / "rejects.csv"
    done = say(house, "offices", "--rejects", str(rejects), written(tmp_path, "broken.csv", broken))
    assert done.returncode == 1
    assert "0 rows taken, 3 put aside" in done.stdout
    assert "line 2: name is empty." in done.stderr
    for word in ("npi", "state", "zip", "phone", "accepts_new", "as_of"):
        assert f"line 3: {word} " in done.stderr
    assert "maybe" not in done.stderr
    assert "'=cmd" in rejects.read_text(encoding="utf-8")
    assert rejects.stat().st_mode & 0o077 == 0


def test_a_roster_with_a_row_put_aside_removes_nobody(house: Cluster, roster: Path, visit: Visit) -> None:
    part = (
        HEAD + ROWS.splitlines(keepends=True)[0].replace("2026-11-01", "2026-11-15") + ",,,,,,,,,,,\nx,,,,,WI,1,,,,,\n"
    )
    done = say(house, "offices", "--whole", written(roster, "part.csv", part))
    assert done.returncode == 1
    assert "Nobody was removed" in done.stderr
    assert "Novák" in looked(visit, name="novak")


def test_a_whole_roster_removes_whom_it_names_no_more(house: Cluster, tmp_path: Path, visit: Visit) -> None:
    two = HEAD + ROWS.replace("Harbor", "Short").replace("Alder", "Elder").replace("Sable", "Cable")
    assert say(house, "offices", written(tmp_path, "two.csv", two)).returncode == 0
    one = HEAD + two.splitlines(keepends=True)[1].replace("2026-11-01", "2026-11-20")
    done = say(house, "offices", "--whole", written(tmp_path, "one.csv", one))
    assert done.returncode == 0
    assert "removed" in done.stdout
    assert "Cable Imaging" not in looked(visit, name="cable")
    assert "Elder Bend" in looked(visit, name="elder")


def test_a_booklet_is_read_by_members_of_its_plan_and_is_nothing_to_others(
    house: Cluster, world: World, visit: Visit, tmp_path: Path
) -> None:
    del world
    with house.administer("wellkept_umr") as connection:
        row = connection.execute(
            "select p.sponsor, p.group_number from wellkept.organisations_plan p join wellkept.benefits_coverage c"
            " on c.plan_id = p.id join wellkept.people_person x on x.person_id = c.person_id"
            " join wellkept.intake_file f on f.id = x.file_id where x.state = 'WI' and f.name like 'member-%%'"
        ).fetchone()
    assert row is not None
    (tmp_path / "rules.pdf").write_bytes(PDF)
    rows = (
        f"rules.pdf,summary plan description,Rules for Maria,2026-01-01,{row[0]},{row[1]}\n"
        "rules.pdf,notice,Of another plan,2026-01-01,,no-such-group\n"
    )
    done = say(house, "documents", written(tmp_path, "list.csv", BOOKLETS + rows))
    assert done.returncode == 0, done.stdout + done.stderr
    shown = visit("maria").get("/member/documents/")
    assert "Rules for Maria" in text(shown.content)
    assert "Of another plan" not in text(shown.content)
    with house.administer("wellkept_umr") as connection:
        kept = connection.execute("select title, id from wellkept.organisations_booklet").fetchall()
    numbers: dict[str, UUID] = dict(kept)
    got = visit("maria").get(f"/member/documents/{numbers['Rules for Maria']}/")
    assert got.content == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert visit("maria").get(f"/member/documents/{numbers['Of another plan']}/").status_code == 404
    assert visit("nobody").get(f"/member/documents/{numbers['Rules for Maria']}/").status_code == 404


def test_a_document_that_is_no_pdf_or_lies_elsewhere_is_refused(house: Cluster, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    written(inside, "page.pdf", "<script>alert(1)</script>")
    written(tmp_path, "outside.pdf", "%PDF-1.7")
    for name, sentence in (("page.pdf", "A document has to be"), ("../outside.pdf", "The file is not there")):
        listed = written(inside, "list.csv", f"{BOOKLETS}{name},notice,Page,2026-01-01,,\n")
        done = say(house, "documents", listed)
        assert done.returncode == 1
        assert "0 rows taken, 1 put aside" in done.stdout
        assert f"line 2: {sentence}" in done.stderr


def test_every_table_that_came_stands_on_the_page_of_files(house: Cluster, tmp_path: Path) -> None:
    assert say(house, "offices", written(tmp_path, "kept.csv", HEAD + ROWS)).returncode == 0
    seen = say(house, "offices", "--preview", written(tmp_path, "seen.csv", HEAD + ROWS))
    assert seen.returncode == 0
    with house.administer("wellkept_umr") as connection:
        rows = connection.execute(
            "select name, counts->>'rows', applied_at is not null from wellkept.intake_file"
            " where name in ('kept.csv', 'seen.csv')"
        ).fetchall()
    assert rows == [("kept.csv", "3", True)]
