"""Letters are written in batches, each opened once, into files that only their owner can read, and then emptied."""

import csv
import hashlib
import io
from pathlib import Path

import pytest
from psycopg import errors
from pypdf import PdfReader

from tests.accounts.asking import code_of, forget, printed, rows, texts
from tests.cluster import Cluster
from tests.demo.imported import imported, say
from tests.demo.roles import as_role
from tests.notices.writing import Written, people, write
from wellkept.accounts.letter import postal
from wellkept.cli import posting
from wellkept.cli.cluster import ClusterError
from wellkept.notices import post
from wellkept.notices.references import canonical

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
LETTERS = 3


@pytest.fixture
def waiting(house: Cluster, django: None) -> list[Written]:
    """Three letters wait, each with a code."""
    imported(house)
    forget(house)
    return write(house, *people(house, LETTERS))


@pytest.mark.usefixtures("waiting")
def test_a_letter_is_printed_once_into_a_private_file(house: Cluster, tmp_path: Path) -> None:
    assert len(printed(house, tmp_path)) == LETTERS
    paths = list(tmp_path.glob("*/*"))
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in paths} == {0o700}
    assert rows(house, "select distinct body, printed_at is not null from notices_letter") == [(b"", True)]
    assert printed(house, tmp_path / "again") == []


def test_a_batch_is_a_folder_of_tagged_papers_with_a_list_that_names_nobody(
    house: Cluster, waiting: list[Written], tmp_path: Path
) -> None:
    done = say(house, "letters", "batch", "--operator", "umr", "--folder", str(tmp_path / "out"), "--most", "2")
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "out").iterdir()
    listed = (folder / "manifest.csv").read_bytes()
    lines = list(csv.DictReader(io.StringIO(listed.decode("ascii"))))
    assert [*lines[0]] == ["reference", "class", "pages", "bytes", "sha256"]
    assert {path.name for path in folder.iterdir()} == {"manifest.csv", *(f"{one['reference']}.pdf" for one in lines)}
    for one in lines:
        made = (folder / f"{one['reference']}.pdf").read_bytes()
        assert (str(len(made)), hashlib.sha256(made).hexdigest()) == (one["bytes"], one["sha256"])
        paper = PdfReader(io.BytesIO(made))
        assert (str(len(paper.pages)), one["class"], b"/StructTreeRoot" in made) == (one["pages"], "code", True)
        assert canonical(one["reference"]) == one["reference"]
        assert one["reference"] in paper.pages[0].extract_text()
    told = (listed.decode() + " ".join(path.name for path in folder.iterdir()) + done.stdout).lower()
    words = [word for one in waiting for word in (one.first, one.last, one.number, one.code)]
    assert [word for word in words if word.lower() in told] == []
    assert {code_of(text) for text in texts(tmp_path / "out")} < {one.code for one in waiting}
    assert hashlib.sha256(listed).hexdigest() in done.stdout
    kept = say(house, "letters", "batches", "--operator", "umr").stdout
    assert f"{folder.name}  2 letters  2 pages" in kept
    assert hashlib.sha256(listed).hexdigest() in kept
    assert rows(house, "select count(*) from notices_letter where printed_at is null") == [(1,)]


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("killed", ["kept", "manifest", "closed", "close"])
def test_a_run_that_is_killed_writes_the_same_files_again(
    house: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: str
) -> None:
    class KilledError(Exception):
        pass

    def kill(*_given: object, **_named: object) -> None:
        raise KilledError

    bodies = "select id, body from notices_letter order by id"
    before = rows(house, bodies)
    with as_role(house, "mailroom"), monkeypatch.context() as patch:
        patch.setattr(post if killed == "close" else posting, killed, kill)
        with pytest.raises(KilledError):
            posting.write_batch(tmp_path, most=5)
    assert rows(house, bodies) == before
    first = {path.name: path.read_bytes() for path in tmp_path.glob("B-*/*")}
    assert bool(first) == (killed == "close")
    with as_role(house, "mailroom"):
        made = posting.write_batch(tmp_path, most=1)
        assert made is not None
        assert made.letters == LETTERS
        assert posting.write_batch(tmp_path, most=1) is None
    (folder,) = tmp_path.iterdir()
    assert (folder.name, len(list(folder.iterdir()))) == (made.batch, LETTERS + 1)
    again = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name: again[name] for name in first} == first
    assert rows(house, "select distinct body from notices_letter") == [(b"",)]


@pytest.mark.usefixtures("waiting")
def test_every_opening_is_in_the_ledger_and_each_letter_is_opened_once(house: Cluster, tmp_path: Path) -> None:
    (last,) = rows(house, "select max(id) from ledger_entry")
    printed(house, tmp_path)
    printed(house, tmp_path / "again")
    opened = rows(
        house, "select role, kind, categories, subjects from ledger_entry where id > %s and role = 'mail_room'", *last
    )
    to = rows(house, "select array[person_id] from notices_letter")
    assert sorted(str(one[3]) for one in opened) == sorted(str(one[0]) for one in to)
    assert {(one[0], one[1], tuple(one[2])) for one in opened} == {("mail_room", "opened", ("identity", "contact"))}  # type: ignore[arg-type]


@pytest.mark.usefixtures("waiting")
def test_two_runs_at_once_are_one(house: Cluster, tmp_path: Path) -> None:
    with house.connect("umr", "mailroom", autocommit=True) as other:
        other.execute("select wellkept.notices_batch_begin('B-OTHER', 5)")
        with as_role(house, "mailroom"), pytest.raises(ClusterError, match="Another run writes letters now"):
            posting.write_batch(tmp_path, most=5)
    with as_role(house, "mailroom"):
        made = posting.write_batch(tmp_path, most=5)
    assert made is not None
    assert made.batch == "B-OTHER"


@pytest.mark.usefixtures("waiting")
def test_a_batch_that_holds_other_letters_than_it_was_given_is_not_closed(house: Cluster) -> None:
    with house.connect("umr", "mailroom", autocommit=True) as room:
        room.execute("select wellkept.notices_batch_begin('B-SHORT', 5)")
        with pytest.raises(errors.CheckViolation):
            room.execute("select wellkept.notices_batch_close('B-SHORT', '{}', 0, 0, '')")
    assert rows(house, "select count(*) from notices_letter where body = ''") == [(0,)]


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("role", ["jobs", "web", "intake", "entrance", "release", "seal", "proof"])
def test_nobody_else_reads_or_empties_a_letter(house: Cluster, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as other:
        for statement in (
            "select body from wellkept.notices_letter",
            "update wellkept.notices_letter set body = ''",
            "delete from wellkept.notices_letter",
            "select wellkept.notices_batch_begin('B-THEFT', 5)",
            "select wellkept.notices_batch_letters('B-THEFT')",
            "select wellkept.notices_batch_leave(null, false, null, null)",
            "select wellkept.notices_batch_close('B-THEFT', '{}', 0, 0, '')",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                other.execute(statement)


@pytest.mark.usefixtures("waiting")
def test_the_mail_room_reads_no_letter_without_an_entry_and_writes_none(house: Cluster) -> None:
    with house.connect("umr", "mailroom", autocommit=True) as room:
        for statement in ("select body from wellkept.notices_letter", "select * from wellkept.people_person"):
            with pytest.raises(errors.InsufficientPrivilege, match="nothing is open"):
                room.execute(statement)
        for statement in ("update wellkept.notices_letter set body = ''", "select * from wellkept.notices_reference"):
            with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
                room.execute(statement)


@pytest.mark.usefixtures("waiting")
def test_a_folder_that_others_can_read_is_refused(house: Cluster, tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    done = say(house, "letters", "batch", "--operator", "umr", "--folder", str(tmp_path))
    assert (done.returncode, "Others can read the folder" in done.stderr) == (1, True)
    assert rows(house, "select count(*) from notices_letter where printed_at is null") == [(LETTERS,)]


def test_a_print_run_with_nothing_to_print_says_so(house: Cluster, tmp_path: Path) -> None:
    forget(house)
    done = say(house, "letters", "print", "--operator", "umr", "--folder", str(tmp_path / "new"))
    assert (done.returncode, done.stdout[:9]) == (0, "0 letters")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_without_an_address_a_letter_waits_and_somebody_is_to_find_one(house: Cluster, tmp_path: Path) -> None:
    imported(house)
    forget(house)
    (person,) = people(house, 1)
    write(house, person)
    ((told,),) = rows(house, "select address from people_contact where person_id = %s", person)
    change = "update wellkept.people_contact set address = %s, told = told || 'x' where person_id = %s"
    with house.administer("wellkept_umr") as connection:
        connection.execute(change, [b"", person])
    assert printed(house, tmp_path) == []
    case = "select kind, state from service_case where person_id = %s"
    assert rows(house, case, person) == [("address", "waiting")]
    assert printed(house, tmp_path) == []
    assert rows(house, "select count(*) from notices_letter where body <> ''") == [(1,)]
    with house.administer("wellkept_umr") as connection:
        connection.execute(change, [told, person])
    assert len(printed(house, tmp_path)) == 1
    assert rows(house, case, person) == [("address", "accepted")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("R-7KQ2M0XD", "R-7KQ2M0XD"),
        (" r 7kq2 moxd ", "R-7KQ2M0XD"),
        ("R-7KQ2M0X", None),
        ("R-7KQ2M0XDU", None),
        ("S-7KQ2M0XD", None),
        ("R-7KQ2M0XÜ", None),
        ("", None),
    ],
)
def test_a_reference_is_read_as_it_was_printed(typed: str, read: str | None) -> None:
    assert canonical(typed) == read


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (("1 Alder Street", "Loonwater", "WI", "54998"), ["1 Alder Street", "Loonwater, WI 54998"]),
        (
            ("1 Alder Street", "Flat 2", "Loonwater", "WI", "549980001", "US"),
            ["1 Alder Street", "Flat 2", "Loonwater, WI 54998-0001", "US"],
        ),
        (("12 rue Haute", "Lyon", "69001"), ["12 rue Haute", "Lyon", "69001"]),
        (("PO BOX 9",), ["PO BOX 9"]),
        ((), []),
    ],
)
def test_an_address_is_written_as_an_envelope_bears_it(given: tuple[str, ...], lines: list[str]) -> None:
    assert postal(given) == lines
