"""A process adds what it counted: once, whatever happens to the answer, and all of it when it is told to end."""

import http.client
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import OperationalError

from tests.cluster import Cluster
from tests.proof.conftest import running, wait_for
from wellkept.cli import serve
from wellkept.cli.cluster.server import free_port
from wellkept.statistics.adding import Adder
from wellkept.statistics.counters import Count, Counters

pytestmark = pytest.mark.database
CHICAGO = ZoneInfo("America/Chicago")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
PAGE = "/how-we-keep-it/"


@pytest.fixture
def totals(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = True
        yield connection


def total(totals: psycopg.Connection, value: str, dimension: str = "pages", audience: str = "public") -> int:
    asked = (
        "select coalesce(sum(n), 0) from wellkept.statistics_count c, unnest(c.counts) n"
        " where dimension = %s and audience = %s and value = %s"
    )
    row = totals.execute(asked, [dimension, audience, value]).fetchone()
    return int(row[0]) if row else 0


@pytest.mark.usefixtures("django")
def test_what_was_counted_is_added_once(totals: psycopg.Connection) -> None:
    counted = Counters(CHICAGO)
    adder, before = Adder(counted), total(totals, "/added/")
    counted.count([("pages", "public", "/added/")] * 3)
    assert adder.add()
    assert adder.add()
    adder.end()
    assert total(totals, "/added/") - before == 3
    assert totals.execute("select 1 from wellkept.statistics_run where id = %s", [adder.run]).fetchone() is None


@pytest.mark.usefixtures("django")
@pytest.mark.parametrize("written", [True, False])
def test_an_addition_without_an_answer_is_made_again_and_counts_once(
    totals: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, *, written: bool
) -> None:
    counted = Counters(CHICAGO)
    adder, before, write = Adder(counted), total(totals, "/twice/"), Adder._write

    def cut_off(self: Adder, counts: list[Count], *, ended: bool) -> None:
        if written:
            write(self, counts, ended=ended)
        raise OperationalError("the line went dead")

    counted.count([("pages", "public", "/twice/")])
    with monkeypatch.context() as patch:
        patch.setattr(Adder, "_write", cut_off)
        assert not adder.add()
    counted.count([("pages", "public", "/twice/")])
    adder.end()
    assert total(totals, "/twice/") - before == 2


@pytest.mark.usefixtures("django")
def test_a_count_the_database_refuses_holds_up_no_other(totals: psycopg.Connection) -> None:
    counted = Counters(CHICAGO)
    adder, before = Adder(counted), total(totals, "/held-up/")
    counted.count([("pages", "public", "/held-up/")])
    counted.counts["2020-01-01", 3, "pages", "public", "/long-ago/"] = 1
    assert adder.add()
    adder.end()
    assert total(totals, "/held-up/") - before == 1
    assert total(totals, "/long-ago/") == 0


@pytest.mark.parametrize(
    ("zone", "row"),
    [
        ("America/Chicago", {"n": None}),
        ("America/Chicago", {"slot": None}),
        ("America/Chicago", {"dimension": None}),
        ("America/Chicago", {"audience": None}),
        ("America/Chicago", {"value": None}),
        ("America/Chicago", {"n": -1}),
        ("X+167", {"day": "8 days ago"}),
        ("X-167", {"day": "in 8 days"}),
        ("X-167", None),
    ],
)
def test_no_total_falls_and_no_other_day_is_reached(house: Cluster, zone: str, row: dict[str, object] | None) -> None:
    days = {"8 days ago": -8, "in 8 days": 8}
    said = {
        "slot": 0,
        "dimension": "pages",
        "audience": "proof",
        "value": "/reached/",
        "n": 1,
        "day": "",
        **(row or {}),
    }
    said["day"] = (datetime.now(CHICAGO).date() + timedelta(days=days.get(str(said["day"]), 0))).isoformat()
    add = "select wellkept.statistics_add(gen_random_uuid(), 1, 2, true, %s, %s)"
    with house.connect("umr", "web") as web, pytest.raises(psycopg.DataError):
        web.execute(add, [zone, json.dumps([said] if row else [])])


@pytest.mark.parametrize("missing", range(5))
def test_what_is_null_is_no_addition(house: Cluster, missing: int) -> None:
    given = ["gen_random_uuid()", "1", "2", "true", "'America/Chicago'", "'[]'"]
    given[missing if missing < 3 else missing + 1] = "null"
    with house.connect("umr", "web") as web, pytest.raises(psycopg.DataError):
        web.execute(f"select wellkept.statistics_add({', '.join(given)})")


def ask(port: int, times: int) -> None:
    """That many visitors, each over a connection of its own, so that any of the processes may answer."""
    for _ in range(times):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        line.request("GET", PAGE, headers={"User-Agent": FIREFOX})
        assert line.getresponse().status == 200
        line.close()


def workers(server: int) -> list[int]:
    """The processes of its own that a server started."""
    found = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(one) for one in found]


def test_several_processes_add_up_exactly_and_a_killed_one_is_counted_as_lost(
    house: Cluster, totals: psycopg.Connection, tmp_path: Path
) -> None:
    port = free_port()
    child = serve.web(operator="umr", host="127.0.0.1", port=port, workers=3, threads=2)
    before = total(totals, PAGE)
    runs = "select id from wellkept.statistics_run"
    others = totals.execute(runs).fetchall()
    with running(child, tmp_path / "log"):
        wait_for(port)
        ask(port, 60)
        until(lambda: total(totals, PAGE) - before == 60)
        ours = [one for one in totals.execute(runs).fetchall() if one not in others]
        os.kill(workers(server_on(port))[0], signal.SIGKILL)
        ask(port, 20)
    # What was added before stays, and what is told to end adds all that it has.
    assert total(totals, PAGE) - before == 80
    left = [one for one in totals.execute(runs).fetchall() if one in ours]
    assert len(left) == 1
    totals.execute("update wellkept.statistics_run set added = now() - interval '4 min' where id = %s", left[0])
    lost = total(totals, "process", "lost", "")
    with house.connect("umr", "web", autocommit=True) as web:
        web.execute("select wellkept.statistics_add(gen_random_uuid(), 1, 2, true, 'America/Chicago', '[]')")
    assert total(totals, "process", "lost", "") - lost == 1


def server_on(port: int) -> int:
    """The process that was told to listen there: the first of those with that word in what they were called with."""
    word = f"--bind=127.0.0.1:{port}".encode()
    found = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if word in read(path).split(b"\0")]
    return min(found)


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def until(come: Callable[[], bool]) -> None:
    """Return when it is so. What never comes fails after half a minute."""
    ends = time.monotonic() + 30
    while not come():
        assert time.monotonic() < ends
