"""An entry is on disk before a row is shown: power may fail at once."""

import contextlib
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import pytest

from tests.access.opening import CLAIMS, ENTER, HOLD, number, somebody_writes
from tests.cast import Cast, installed
from tests.cluster import Cluster, temporary_state
from wellkept.cli import cluster as server
from wellkept.cli import migrations
from wellkept.cli.cluster import user
from wellkept.cli.cluster.places import Places
from wellkept.cli.cluster.server import PATIENCE, chosen_binaries

pytestmark = pytest.mark.database


def opened(web: psycopg.Connection, secret: bytes, *, flush: bool) -> tuple[int, int] | None:
    """Enter, hold and read over one connection: the entry and the rows, or none when the entry was not on disk."""
    entry = number(web, ENTER, [secret, None, "PATRQT", ["claims"], None])
    for last in (not flush, True):
        try:
            with web.transaction():
                web.execute(HOLD, [entry])
                return entry, number(web, CLAIMS)
        except psycopg.DatabaseError as error:
            if error.sqlstate != "WK003":
                raise
        if last:
            return None
        web.execute("select wellkept.gate_flush()")
    return None


def test_a_page_opens_after_one_flush_however_much_others_write(
    house: Cluster, web: psycopg.Connection, cast: Cast
) -> None:
    with somebody_writes(house):
        for _ in range(200):
            found = opened(web, cast.secret["subscriber"], flush=True)
            assert found
            assert found[1] == 10


def test_a_record_that_reaches_into_the_next_page_of_the_log_is_waited_for(
    web: psycopg.Connection, administrator: psycopg.Connection, cast: Cast
) -> None:
    """Sixteen bytes behind a page's short header may be the end of the entry's own commit."""
    web.execute("set synchronous_commit = off")
    position = "select pg_current_wal_insert_lsn() - '0/0'"
    flushed = "select pg_current_wal_flush_lsn() - '0/0'"
    secret, straddled = cast.secret["subscriber"], 0
    for _ in range(3000):
        entry = number(web, ENTER, [secret, None, "PATRQT", ["claims"], None])
        if number(administrator, position) % 8192 != 40:
            before = number(administrator, position)
            number(web, ENTER, [secret, None, "PATRQT", ["claims"], None])
            step = number(administrator, position) - before
            room = (8192 + 40 - (before + step) % 8192 - step) % 8192
            if 64 < room < 8000:
                administrator.execute("select pg_logical_emit_message(false, '', repeat('x', %s))", [room - 56 & ~7])
            continue
        end = number(administrator, position)
        while number(administrator, flushed) < end - 40:
            continue
        with contextlib.suppress(psycopg.DatabaseError), web.transaction():
            web.execute(HOLD, [entry])
            assert number(administrator, flushed) >= end
        straddled += 1
        if straddled == 3:
            break
    assert straddled


@dataclass
class Private:
    """A cluster of this test's own, which is killed and started again."""

    house: Cluster
    cast: Cast
    places: Places
    shown: list[int] = field(default_factory=list)

    def crash(self) -> None:
        program = chosen_binaries(self.places).program("pg_ctl")
        arguments = [program, "stop", "-D", str(self.places.data), "-m", "immediate", *PATIENCE]
        answer = user.run(arguments, user=user.choose(self.places.data), reaches=(self.places.data,))
        assert answer.returncode == 0, answer.stderr

    def start(self) -> None:
        server.ensure_running(self.house.state)

    def lost(self) -> set[int]:
        """The entries under which a row was shown and that are gone."""
        with self.house.administer("wellkept_umr") as connection:
            kept = connection.execute("select id from wellkept.ledger_entry where id = any(%s)", [self.shown])
            return set(self.shown) - {number for (number,) in kept}


@pytest.fixture
def private() -> Iterator[Private]:
    state = temporary_state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLKEPT_STATE", str(state))
        server.ensure_running(state)
        server.prepare("umr")
        migrations.run("umr")
        house = Cluster(state)
        yield Private(house, installed(house, "umr"), Places(state))
        with contextlib.suppress(server.ClusterError):
            server.stop(state)
        shutil.rmtree(state)


def read_until_it_dies(private: Private, begun: threading.Event, commit: str) -> None:
    """Open over and over; each entry is noted once rows were shown, and nothing after the server has gone."""
    with (
        contextlib.suppress(psycopg.OperationalError, psycopg.InterfaceError),
        private.house.connect("umr", "web", autocommit=True) as web,
    ):
        web.execute(f"set synchronous_commit = {commit}")
        while True:
            found = opened(web, private.cast.secret["subscriber"], flush=commit == "on")
            if found and found[1]:
                private.shown.append(found[0])
                begun.set()


@pytest.mark.release
def test_no_crash_takes_an_entry_under_which_a_row_was_shown(private: Private) -> None:
    for _ in range(30):
        before = len(private.shown)
        begun = [threading.Event() for _ in range(2)]
        readers = [
            threading.Thread(target=read_until_it_dies, args=(private, event, commit))
            for event, commit in zip(begun, ("on", "off"), strict=True)
        ]
        for reader in readers:
            reader.start()
        assert all(event.wait(60) for event in begun)
        private.crash()
        for reader in readers:
            reader.join()
        private.start()
        assert private.lost() == set()
        assert len(private.shown) >= before + 2
