"""A managed server, whose administrator is no superuser, serves as well; what it does not allow is said."""

import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import lent
from tests.cluster import temporary_state
from wellkept.cli import cluster as server
from wellkept.cli.cluster import binaries, places, roles

pytestmark = pytest.mark.database


@pytest.fixture(params=[("createdb", False), ("createdb bypassrls", False), ("createdb bypassrls", True)])
def managed(request: pytest.FixtureRequest, state: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server that another state folder runs, and the folder of an installation that knows its address alone."""
    rights, newest = request.param
    if newest:
        monkeypatch.setenv("WELLKEPT_POSTGRES", str(next(binaries.wheel(), "")))
    server.ensure_running(state)
    with server.administer(state=state) as connection:
        connection.execute(f"create role manager login password 'a word' createrole {rights}")
        connection.execute("create database manager owner manager")
    where = server.status(state)
    parent = temporary_state()
    with pytest.MonkeyPatch.context() as inner:
        for folder in lent(parent / "state", parent=parent, monkeypatch=inner):
            address = f"postgresql://manager:a%20word@/manager?host={where.host}&port={where.port}"
            monkeypatch.setenv("DATABASE_URL", address)
            yield folder
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("WELLKEPT_STATE", str(state))


def test_it_prepares_what_it_may_and_says_what_it_may_not(managed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.ensure_running(managed)
    notes = server.prepare("umr")
    assert server.prepare("umr") == notes
    assert any("track_activities" in note for note in notes)
    assert any("large objects" in note for note in notes)
    assert all(note.count(". ") == 0 for note in notes)
    makes_tables_as_the_owner()
    assert not server.stop(managed)
    assert not (managed / "postgres").exists()
    # A process of ours never has the administrator's address.
    monkeypatch.delenv("DATABASE_URL")
    assert "a word" not in (managed / "cluster.json").read_text()
    assert server.status(managed).managed
    server.ensure_running(managed)
    assert not (managed / "postgres").exists()
    with server.connect(operator="umr", role="web") as connection:
        assert connection.execute("show search_path").fetchone() == ("wellkept, pg_temp",)
    with pytest.raises(server.ClusterError, match="set DATABASE_URL"):
        server.administer()
    stranger = server.parameters(operator="umr", role="web") | {"dbname": "wellkept_umr_keys"}
    psycopg.connect(**stranger).close()


def makes_tables_as_the_owner() -> None:
    """What `wellkept db migrate` does there."""
    with (
        server.for_command("umr", "migrate") as word,
        server.connect(operator="umr", role="migrate", word=word) as connection,
    ):
        connection.execute("create table made (one int)")
        query = "select tableowner::text from pg_tables where tablename = 'made'"
        assert connection.execute(query).fetchone() == ("umr_owner",)
    with pytest.raises(psycopg.OperationalError):
        server.connect(operator="umr", role="migrate", word=word)


@pytest.mark.parametrize("managed", [("createdb bypassrls", False)], indirect=True)
def test_a_session_that_is_closing_is_waited_for_and_one_that_stays_is_said(
    managed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.ensure_running(managed)
    server.prepare("umr")
    looks: list[float] = []
    wait = time.sleep

    def close_and_wait(moment: float) -> None:
        looks.append(moment)
        stays.close()
        wait(moment)

    with monkeypatch.context() as closing, server.for_command("umr", "migrate") as word:
        stays = server.connect(operator="umr", role="migrate", word=word)
        closing.setattr(time, "sleep", close_and_wait)
    assert looks
    looks.clear()
    one_stays = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with monkeypatch.context() as staying, one_stays, server.for_command("umr", "migrate") as word:
        stays = server.connect(operator="umr", role="migrate", word=word)
        staying.setattr(time, "sleep", looks.append)
    assert len(looks) == roles.TRIES - 1
    stays.close()


def test_an_address_that_is_none_is_said(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere")
    with pytest.raises(server.ClusterError, match="not a PostgreSQL address"):
        server.ensure_running(state)


def test_an_address_where_nobody_answers_is_said(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://x@/y?host={places.Places(state).socket}")
    with pytest.raises(server.ClusterError, match="does not answer"):
        server.ensure_running(state)
