"""Scripted visits to the real portal: every number of the report is the number of the script."""

import csv
import http.client
import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest

from tests.cluster import Cluster
from tests.proof.conftest import running, wait_for
from wellkept.cli import serve
from wellkept.cli.cluster.server import free_port

pytestmark = pytest.mark.database
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"
)
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
TABLES = ("statistics_total", "statistics_day", "statistics_month", "statistics_month_times")
Sheet = Callable[[str], dict[str, str]]
Ask = Callable[..., int]


@contextmanager
def emptied(house: Cluster, operator: str) -> Iterator[psycopg.Connection]:
    """The operator's counters without anything in them; afterwards as before, but for what others add."""
    with house.administer(f"wellkept_{operator}") as connection:
        connection.autocommit = True
        connection.execute("set search_path = wellkept")
        kept = {}
        for table in TABLES:
            rows = connection.execute(f"delete from {table} returning to_jsonb({table})").fetchall()
            kept[table] = [row for (row,) in rows]
        try:
            yield connection
        finally:
            for table, rows in kept.items():
                connection.execute(f"delete from {table}")
                given = f"select * from jsonb_populate_recordset(null::{table}, %s) on conflict do nothing"
                connection.execute(f"insert into {table} {given}", [json.dumps(rows)])


@contextmanager
def portal(operator: str, folder: Path) -> Iterator[Ask]:
    """A running portal; what is lent asks it for a page so many times and returns the last status."""
    port = free_port()
    child = serve.web(operator=operator, host="127.0.0.1", port=port, workers=1, threads=4)
    with running(child, folder / f"{operator}.log"):
        wait_for(port)

        def ask(path: str, times: int = 1, method: str = "GET", **headers: str) -> int:
            for _ in range(times):
                line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                sent = {name.replace("_", "-"): value for name, value in headers.items()}
                line.request(method, path, headers={"User-Agent": FIREFOX, "Host": f"127.0.0.1:{port}"} | sent)
                answer = line.getresponse()
                ask.body, status = answer.read().decode("utf-8-sig"), answer.status  # type: ignore[attr-defined]
                line.close()
            return status

        ask.base = f"http://127.0.0.1:{port}"  # type: ignore[attr-defined]
        yield ask


def a_month_ago(connection: psycopg.Connection, zone: str) -> date:
    """Move what was counted just now into the last finished month; returns its first day."""
    # On the first day of a month the one before is not finished yet: hence the day before.
    row = connection.execute(
        "select (date_trunc('month', (now() at time zone %s) - interval '1 day') - interval '1 month')::date", [zone]
    ).fetchone()
    assert row
    connection.execute("update statistics_total set day = %s", [row[0]])
    month: date = row[0]
    return month


def until(connection: psycopg.Connection, dimension: str, whole: int) -> None:
    """Return when so many are added, our own tries among them. What never comes fails after half a minute."""
    ends = time.monotonic() + 30
    asked = "select coalesce(sum(n), 0) from statistics_count c, unnest(c.counts) n where dimension = %s"
    while connection.execute(asked, [dimension]).fetchone() != (whole,):
        assert time.monotonic() < ends


def sheets(ask: Ask) -> Sheet:
    """Reads the file of a section: the count of each row by its name."""

    def read(section: str) -> dict[str, str]:
        assert ask(f"/statistics/{section}.csv") == 200, section
        head, *rows = csv.reader(io.StringIO(ask.body))  # type: ignore[attr-defined]
        assert head[1] == "Count"
        return {row[0]: row[1] for row in rows}

    return read


def test_totals_of_a_script_are_the_totals_of_the_report(house: Cluster, tmp_path: Path) -> None:
    with emptied(house, "umr") as connection, portal("umr", tmp_path) as ask:
        home = ask.base + "/"  # type: ignore[attr-defined]
        ask("/", 24, Referer="https://search.example/find?q=secret")
        ask("/", 13)
        ask("/policy/", 21, Referer=home, Cookie="umr_visits=forged")
        ask("/policy/u-01/", 15, Referer=f"{home}policy/", Sec_GPC="1")
        ask("/help/", 4)
        ask("/terms/", 40, User_Agent=GOOGLE)
        ask("/terms/", 30, User_Agent="wellkept-proof/1")
        ask("/no-such-page/", 20)
        ask("/policy/", 5, method="HEAD")
        until(connection, "pages", 77 + 30)
        until(connection, "crawlers", 40)
        month, read = a_month_ago(connection, "America/Chicago"), sheets(ask)
        assert read("audiences") == {"Visitors of public pages": "77", "Together": "77"}
        pages = {"Welcome": "37", "Privacy policy": "21", "Withheld, together": "19", "Together": "77"}
        assert read("pages-public") == pages
        assert read("came") == {"From elsewhere": "41", "From another page of ours": "36", "Together": "77"}
        assert read("referrers") == {"https://search.example/find": "24", "No site named": "17", "Together": "41"}
        steps = {"Welcome, then Privacy policy": "21", "Privacy policy, then One promise": "15", "Together": "36"}
        assert read("next") == steps
        visits = {"First visit in the month": "62", "Back on a later day": "0"}
        assert read("visits") == {**visits, "Pages read by browsers that ask for privacy": "15", "Together": "77"}
        assert read("stays")["Not measured"] == "77"
        assert read("days")[f"{month:%B} {month.day}, {month.year}"] == "77"
        assert ask(f"/statistics/?month={month:%Y-%m}") == 200
        assert "counted apart: 40 requests" in ask.body  # type: ignore[attr-defined]
        assert ask(f"/statistics/?year={month.year}") == 200


def test_hits_of_a_script_are_the_hits_of_the_report(house: Cluster, tmp_path: Path) -> None:
    with emptied(house, "pwer") as connection, portal("pwer", tmp_path) as ask:
        ask("/", 20)
        ask("/how-we-keep-it/?state=holding", 12, User_Agent=SAFARI)
        ask("/no-such-page/?secret=canary", 14, Cookie="other=1")
        ask("/", 25, User_Agent="wellkept-proof/1")
        until(connection, "status", 46 + 25)
        until(connection, "referrers", 46 + 25)
        a_month_ago(connection, "America/New_York")
        read = sheets(ask)
        assert read("status") == {"200": "32", "404": "14", "Together": "46"}
        asked = {"Nothing after the address": "20", "Any other name": "14", "state": "12", "Together": "46"}
        assert read("query") == asked
        assert read("agents") == {"Firefox": "34", "Safari": "12", "Together": "46"}
        assert read("cookie") == {"Without a cookie": "32", "With a cookie": "14", "Together": "46"}
        assert read("referrers") == {"No site named": "46", "Together": "46"}
        assert read("bytes")["Together"] == "46"
