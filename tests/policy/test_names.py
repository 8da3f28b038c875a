"""A name in a pack is looked up in the files of the house, and nothing is run to do it."""

from pathlib import Path

import pytest

from wellkept.policy import names

FILES = {
    "wellkept/__init__.py": "",
    "wellkept/room/__init__.py": "from wellkept.room.actions import enter as come_in\n",
    "wellkept/room/actions.py": (
        'raise SystemExit("read, never run")\nLIMIT: int = 3\nA = B = 1\n\n\nasync def wait(): ...\n\n\n'
        "def enter():\n    def inner(): ...\n\n\nclass Door:\n    def open(self): ...\n"
    ),
    "wellkept/room/sql/lock.sql": (
        "-- create function wellkept.never()\ncreate or replace function wellkept.lock_it(p uuid) returns void\n"
        "CREATE TABLE wellkept.Row (id int);\ncreate unlogged table if not exists wellkept.held ();\n"
    ),
    "wellkept/config/settings.py": 'MIDDLEWARE = ["wellkept.room.actions.Door"]\n',
    "tests/room/test_it.py": "def test_it(): ...\n\n\nclass TestMore:\n    def test_more(self): ...\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "wellkept.room",
        "wellkept.room.actions",
        "wellkept.room.actions.enter",
        "wellkept.room.actions.wait",
        "wellkept.room.actions.Door",
        "wellkept.room.actions.LIMIT",
        "wellkept.room.actions.B",
        "wellkept.room.come_in",
        "sql:wellkept.lock_it",
        "sql:wellkept.row",
        "sql:wellkept.held",
        "middleware:wellkept.room.actions.Door",
        "tests/room/test_it.py::test_it",
        "tests/room/test_it.py::test_more",
    ],
)
def test_it_knows_what_is_there(root: Path, name: str) -> None:
    assert names.known(name, root)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "wellkept.attic",
        "wellkept.room.actions.leave",
        "wellkept.room.actions.inner",
        "wellkept.room.actions.Door.open",
        "sql:wellkept.lock",
        "sql:wellkept.lock_it2",
        "sql:wellkept.never",
        "sql:",
        "middleware:wellkept.room.actions.enter",
        "middleware:wellkept.room.actions.Window",
        "css:wellkept.room",
        "tests/room/test_it.py::test_nothing",
        "tests/room/test_gone.py::test_it",
        "wellkept/room/actions.py::enter",
        "../tests/room/test_it.py::test_it",
    ],
)
def test_it_knows_what_is_not_there(root: Path, name: str) -> None:
    assert not names.known(name, root)


def test_a_word_is_read_where_it_stands_as_a_text(root: Path) -> None:
    settings = root / "wellkept" / "config" / "settings.py"
    assert names.speaks_of(settings, "wellkept.room.actions.Door")
    assert not names.speaks_of(settings, "MIDDLEWARE")
    assert not names.speaks_of(root / "gone.py", "MIDDLEWARE")


def test_an_installed_package_has_no_tests(root: Path, tmp_path: Path) -> None:
    assert names.has_tests(root)
    assert not names.has_tests(tmp_path / "elsewhere")
