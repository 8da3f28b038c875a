"""The watcher ends what lasts too long, and nothing else; and closes the door on a surge."""

from pathlib import Path

import psycopg
import pytest

from tests.cluster import Cluster
from wellkept.cli import cluster as server
from wellkept.cli.watch import LONGEST, WATCHED, Watcher, count_openings, look, tick

pytestmark = pytest.mark.database

TICKS = """
create table wellkept.tick (newest bigint, openings int, allowed int, closed text);
create function wellkept.watch_tick(p_after bigint, out newest bigint, out openings int, out allowed int)
language sql as 'select newest, openings, allowed from wellkept.tick';
create function wellkept.watch_look(p_most int, out looked int, out raised int) language sql as 'select 0, 0';
insert into wellkept.tick values (7, 0, 100);
create function wellkept.gate_close(p_reason text) returns void security definer
language sql as 'update wellkept.tick set closed = p_reason';
grant execute on function wellkept.watch_tick, wellkept.watch_look, wellkept.gate_close to pwer_watch;
grant select on wellkept.tick to pwer_watch;
"""


@pytest.fixture
def ticking(state: Path) -> Cluster:
    """A cluster of its own whose gate says what the test wants."""
    own = Cluster(state)
    server.ensure_running(own.state)
    server.prepare("pwer", state=own.state)
    with own.administer("wellkept_pwer") as connection:
        connection.execute(TICKS)
    return own


def watcher() -> tuple[Watcher, list[str]]:
    said: list[str] = []
    return Watcher(roles=[f"pwer_{role}" for role in WATCHED], say=said.append), said


def test_it_ends_an_idle_transaction_and_leaves_a_new_one_of_the_same_session(ticking: Cluster) -> None:
    watching, said = watcher()
    with ticking.connect("pwer", "watch", autocommit=True) as eye:
        idle, busy = ticking.connect("pwer", "web"), ticking.connect("pwer", "web")
        for connection in (idle, busy):
            connection.execute("set idle_in_transaction_session_timeout = 0")
        look(eye, watching, now=0.0)
        look(eye, watching, now=LONGEST - 0.1)
        busy.commit()
        busy.execute("select 1")
        look(eye, watching, now=LONGEST)
        busy.execute("select 1")
        with pytest.raises(psycopg.OperationalError):
            idle.execute("select 1")
        busy.close()
    assert len(said) == 1
    assert "over 5 s" in said[0]


def test_it_leaves_backups_and_the_administrator_alone(ticking: Cluster) -> None:
    watching, said = watcher()
    with (
        ticking.connect("pwer", "watch", autocommit=True) as eye,
        ticking.administer("wellkept_pwer") as administrator,
        server.for_command("pwer", "backup", state=ticking.state) as word,
        server.connect(operator="pwer", role="backup", word=word) as backup,
    ):
        administrator.execute("begin")
        backup.execute("select 1")
        for now in (0.0, 10.0, 20.0):
            look(eye, watching, now=now)
        administrator.execute("select 1")
        backup.execute("select 1")
    assert said == []


def test_it_closes_the_door_on_a_surge_within_a_minute(ticking: Cluster) -> None:
    watching, said = watcher()
    with ticking.connect("pwer", "watch", autocommit=True) as eye, ticking.administer("wellkept_pwer") as world:
        world.execute("update wellkept.tick set openings = 1000")
        count_openings(eye, watching, now=0.0)  # what was before the watcher came is no surge
        world.execute("update wellkept.tick set openings = 60")
        count_openings(eye, watching, now=1.0)
        count_openings(eye, watching, now=62.0)
        assert said == []
        world.execute("update wellkept.tick set openings = 41")
        count_openings(eye, watching, now=63.0)
        assert world.execute("select closed from wellkept.tick").fetchone() == ("101 openings in a minute",)
    assert said == ["101 openings in a minute, 100 are allowed: the door is closed. `wellkept db reopen` opens it."]


def test_it_goes_on_when_the_database_was_gone(ticking: Cluster) -> None:
    watching, said = watcher()
    connection = tick(None, watching, operator="pwer")
    assert connection
    server.stop(ticking.state)
    assert tick(connection, watching, operator="pwer") is None
    assert tick(None, watching, operator="pwer") is None
    server.ensure_running(ticking.state)
    again = tick(None, watching, operator="pwer")
    assert again
    again.close()
    assert [line.split(";")[0] for line in said] == [
        "The watcher lost the database",
        "The watcher cannot reach the database",
    ]


def test_before_the_first_migration_it_says_what_to_do(ticking: Cluster) -> None:
    with ticking.administer("wellkept_pwer") as world:
        world.execute("drop function wellkept.watch_tick")
    with pytest.raises(server.ClusterError, match="db migrate"):
        tick(None, watcher()[0], operator="pwer")
