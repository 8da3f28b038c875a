"""A letter is printed once, into a file that only its owner can read, and then emptied."""

from pathlib import Path
from uuid import uuid4

import pytest

from tests.accounts.asking import answer_all, ask, forget, printed, rows
from tests.cluster import Cluster
from tests.demo.imported import imported, say
from tests.demo.roles import as_role
from wellkept.access import queries as access
from wellkept.accounts.letter import postal
from wellkept.cli import letters
from wellkept.notices import actions, queries

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]


@pytest.fixture
def waiting(house: Cluster, django: None) -> None:
    """One letter waits."""
    book = imported(house)
    forget(house)
    ask(book.people["subscriber"])
    answer_all(house)


@pytest.mark.usefixtures("waiting")
def test_a_letter_is_printed_once_into_a_private_file(house: Cluster, tmp_path: Path) -> None:
    assert len(printed(house, tmp_path)) == 1
    (path,) = tmp_path.glob("*.txt")
    assert path.stat().st_mode & 0o777 == 0o600
    assert imported(house).people["subscriber"].last not in path.name
    path.unlink()
    assert printed(house, tmp_path) == []


@pytest.mark.usefixtures("waiting")
def test_a_print_run_that_is_killed_prints_the_same_file_again(
    house: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with as_role(house, "jobs"):
        with monkeypatch.context() as patch:
            patch.setattr(actions, "printed", killed)
            with pytest.raises(KeyboardInterrupt):
                letters.print_all(tmp_path)
        before = {path.name: path.read_text() for path in tmp_path.glob("*.txt")}
        assert len(before) == 1
        assert rows(house, "select count(*) from notices_letter where printed_at is null and body <> ''") == [(1,)]
        assert letters.print_all(tmp_path) == 1
    assert {path.name: path.read_text() for path in tmp_path.glob("*.txt")} == before


@pytest.mark.usefixtures("waiting")
def test_a_letter_that_another_run_prints_is_left_to_it(house: Cluster, tmp_path: Path) -> None:
    with as_role(house, "jobs"):
        (one,) = queries.waiting()
        run = uuid4()
        access.begin(run, kind="job", label="letters")
        assert letters.print_one(one, run=run, target=tmp_path) == "printed"
        assert not letters.print_one(one, run=run, target=tmp_path)
        assert queries.waiting() == []


def test_a_print_run_with_nothing_to_print_says_so(house: Cluster, tmp_path: Path) -> None:
    forget(house)
    done = say(house, "letters", "print", "--operator", "umr", "--folder", str(tmp_path / "new"))
    assert (done.returncode, done.stdout[:9]) == (0, "0 letters")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


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
