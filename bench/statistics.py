"""How large a year of statistics becomes where every day is as bad as it can be, and what counting costs a request.

``python -m bench.statistics`` fills 365 days with as many values as a day may have, each with numbers nobody can pack,
and measures the tables. Then it asks one process for a kept page, with and without counting.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import psycopg

from bench.ground import OPERATOR, house, machine
from bench.pages import wait_for
from wellkept.cli import cluster, serve
from wellkept.cli.cluster.server import free_port
from wellkept.cli.supervise import environment_of
from wellkept.policy import packs

DAYS = int(os.environ.get("DAYS", "365"))
PAGES = 200
ROUNDS, ASKED = 5, 3000
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
# One day of the worst: every value a day may have, of its greatest length, with a number in every slot. A page process
# adds a row at a time; here a day is written at once.
DAY = """
insert into wellkept.statistics_total
select %(day)s::date, d.name, 'public',
       case when d.name = 'referrers' then rpad('https://', 72, md5(random()::text) || md5(random()::text))
            when d.name = 'next' then '/section/page-' || n || '/ > /section/page-' || (n * 7) %% 200 || '/'
            else '/section/page-' || n || '/' end,
       (select array_agg((random() * 30000 * (s + n - n))::int + 5) from generate_series(1, d.slots) s)
  from wellkept.statistics_dimension d
 cross join lateral generate_series(1, case when d.name like '%%page%%' then %(pages)s else d.most end) n
 where d.name = any (%(names)s)
"""
COUNTED = {
    "totals": ["pages", "visits", "referrers", "next", "left", "stays", "stays by page", "crawlers", "lost"],
    "hits": ["query", "status", "bytes", "agents", "cookie", "referrers", "lost"],
}
SIZE = """
select sum(pg_total_relation_size(oid)) from pg_class
 where relnamespace = 'wellkept'::regnamespace and relkind = 'r' and relname like 'statistics%'
"""


def year(connection: psycopg.Connection, mode: str) -> tuple[int, int, float]:
    """Bytes of a year, counts in it, and seconds to pack one day."""
    connection.autocommit = True
    connection.execute("truncate wellkept.statistics_day, wellkept.statistics_total")
    spent = []
    for back in range(DAYS, 1, -1):
        connection.execute(DAY, {"day": day(connection, back), "pages": PAGES, "names": COUNTED[mode]})
        began = time.perf_counter()
        connection.execute("select wellkept.statistics_settle('UTC')")
        spent.append(time.perf_counter() - began)
        connection.execute("vacuum wellkept.statistics_total")  # as PostgreSQL itself does within a minute
    for back in (1, 0):
        connection.execute(DAY, {"day": day(connection, back), "pages": PAGES, "names": COUNTED[mode]})
    row = connection.execute(SIZE).fetchone()
    counts = connection.execute("select count(*) from wellkept.statistics_count").fetchone()
    return int(row[0]) if row else 0, int(counts[0]) if counts else 0, median(spent)


def day(connection: psycopg.Connection, back: int) -> str:
    """The day so many days ago."""
    row = connection.execute("select (now() at time zone 'UTC')::date - %s::int", [back]).fetchone()
    return str(row[0]) if row else ""


def processor(settings: str) -> float:
    """Microseconds of processor one kept page takes a process for pages, everything in: server, program, counting.

    The browser was here before today, as most that ask were.
    """
    with serving(settings) as (port, process):
        line = http.client.HTTPConnection("127.0.0.1", port)
        spent = []
        for _ in range(ROUNDS):
            began, headers = used(process), {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Cookie": cookie()}
            for _ in range(ASKED):
                line.request("GET", "/", headers=headers)
                line.getresponse().read()
            spent.append((used(process) - began) / ASKED * 1e6)
        line.close()
        return min(spent)


@contextmanager
def serving(settings: str) -> Iterator[tuple[int, int]]:
    """The portal in one process for pages, with these settings: its port, and the process that looks after it."""
    port = free_port()
    child = serve.web(operator=OPERATOR, host="127.0.0.1", port=port, workers=1, threads=2)
    environment = environment_of(child) | {"DJANGO_SETTINGS_MODULE": settings}
    with subprocess.Popen(
        child.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def cookie() -> str:
    """What a browser holds that came first today."""
    today = datetime.now(ZoneInfo(packs.named(OPERATOR).time_zone))
    return f"{OPERATOR}_visits={today:%Y%m%d}.{today:%Y%m%d}"


def used(process: int) -> float:
    """Seconds of processor that the children of a process have used: proc(5), fields 14 and 15 of stat."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    stats = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in children]
    return sum(int(one[11]) + int(one[12]) for one in stats) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure, print."""
    with house() as _state:
        sys.stdout.write(f"{machine()}\n")
        with cluster.administer(f"wellkept_{OPERATOR}") as connection:
            for mode in COUNTED:
                size, counts, packing = year(connection, mode)
                sys.stdout.write(
                    f"a year of {mode}: {size / 1e6:.1f} MB, {counts} counts; a day packed in {packing * 1000:.0f} ms\n"
                )
        bare, counted = [], []
        for _ in range(3):  # in turn, so that both meet the same machine
            bare.append(processor("bench.uncounted_settings"))
            counted.append(processor("wellkept.config.settings"))
        more = 100 * (min(counted) / min(bare) - 1)
        sys.stdout.write(
            f"a kept page: {min(bare):.0f} us of processor, counted {min(counted):.0f} us: {more:.1f} % more\n"
        )


if __name__ == "__main__":
    main()
