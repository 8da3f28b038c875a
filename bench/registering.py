"""Registering among two million: how long the job's look-up takes, and whether a page's time tells who is on a roster.

``python -m bench.registering [ROWS]`` fills the finders of people and of organisations with hashes of nobody, on a
private cluster, and asks for some that are there and some that are not, as the role ``jobs``. Then it registers 2,000
times over HTTP, as somebody on the roster and as somebody who is not, in an order drawn by lot, and compares both
distributions of answer times by Kolmogorov and Smirnov (two samples; the asymptotic distribution of the statistic,
Numerical Recipes section 14.3).
"""

import http.client
import math
import os
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import psycopg

from bench.ground import OPERATOR, house, loaded, machine
from bench.pages import served
from wellkept.cli import cluster
from wellkept.demo.book import Named

ROWS = 2_000_000
ROUNDS = 2_000
TRIES = 2_000
MOST = 5.0
"""Milliseconds that a look-up may take in the middle of all; the slow ones tell what else the machine does."""
PEOPLE = "select person_id, plan_id from wellkept.people_finder where kind = 'roster' and index = %s"
ORGANISATIONS = "select wellkept.organisations_found(array[%s]::bytea[])"


def fill(rows: int) -> None:
    """That many hashes of nobody for people and for organisations."""
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute(
            "insert into people_finder (index, kind, plan_id, person_id)"
            " select sha256(('p' || n)::bytea), 'roster', gen_random_uuid(), gen_random_uuid()"
            " from generate_series(1, %s) n",
            [rows],
        )
        connection.execute(
            "insert into organisations_organisation (id, kind, name, street, city, state, postal_code, npi, tax_number,"
            " group_numbers, agreement_number, producer_number, standing, roster_on, told, file_id, collected_under)"
            " select gen_random_uuid(), 'provider', 'Clinic ' || n, '', '', 'WI', '54999', '', '', '{}', '', '',"
            " 'current', current_date, sha256(('o' || n)::bytea), gen_random_uuid(), 'x' from generate_series(1, %s) n",
            [rows],
        )
        connection.execute(
            "insert into organisations_finder (index, organisation_id)"
            " select substr(told, 1, 16), id from organisations_organisation"
        )
        connection.commit()
        connection.autocommit = True
        connection.execute("vacuum (analyze) people_finder, organisations_finder, organisations_organisation")


def some(statement: str) -> list[bytes]:
    """Hashes that are there, and as many that are not, by turns."""
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        there = [bytes(row[0]) for row in connection.execute(statement, [ROUNDS // 2]).fetchall()]
    return [one for known in there for one in (known, secrets.token_bytes(len(known)))]


def measured(jobs: psycopg.Connection, statement: str, hashes: Sequence[bytes]) -> tuple[float, float]:
    """Median and 99th percentile of a look-up, in milliseconds."""
    for one in hashes[:50]:
        jobs.execute(statement, [one]).fetchall()
    spent = []
    for one in hashes:
        began = time.perf_counter()
        jobs.execute(statement, [one]).fetchall()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=100)[98]


def kolmogorov_smirnov(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """The greatest distance of two empirical distributions, and the chance of one as great from equal ones."""
    whole = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    seen, distance = [0, 0], 0.0
    for place, (value, which) in enumerate(whole):
        seen[which] += 1
        if place + 1 == len(whole) or whole[place + 1][0] != value:
            distance = max(distance, abs(seen[0] / len(one) - seen[1] / len(other)))
    root = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    scaled = (root + 0.12 + 0.11 / root) * distance
    chance = 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101)) if scaled > 0.2 else 1.0
    return distance, min(max(chance, 0.0), 1.0)


CALLERS = iter(range(10**6))


def registering(port: int, *, number: str, who: Named) -> float:
    """Milliseconds until the page answers somebody who asks for a code, on a new connection as everybody has."""
    form = {
        "birth_date_month": str(who.born.month),
        "birth_date_day": str(who.born.day),
        "birth_date_year": str(who.born.year),
        "first_name": who.first,
        "last_name": who.last,
        "member_number": number,
        "group_number": who.group,
    }
    caller = next(CALLERS)
    head = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": f"10.{caller // 65536}.{caller // 256 % 256}.{caller % 256}",
    }
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.connect()
    began = time.perf_counter()
    line.request("POST", "/register/member/", urlencode(form), head)
    answer = line.getresponse()
    answer.read()
    spent = (time.perf_counter() - began) * 1000
    line.close()
    if answer.status != 200:
        raise SystemExit(f"the page answered {answer.status}")
    return spent


def told_apart(port: int, who: Named) -> tuple[list[float], list[float]]:
    """Answer times of somebody on the roster and of somebody with one figure changed, in an order drawn by lot."""
    stranger = f"{who.number[:-1]}{(int(who.number[-1]) + 1) % 10}"
    times: dict[bool, list[float]] = {True: [], False: []}
    turns = [True, False] * (TRIES // 2)
    secrets.SystemRandom().shuffle(turns)
    for known in (True, False) * 50:
        registering(port, number=who.number if known else stranger, who=who)
    for known in turns:
        times[known].append(registering(port, number=who.number if known else stranger, who=who))
    return times[True], times[False]


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def looked_up(name: str, ask: Callable[[], tuple[float, float]], *, rows: int) -> None:
    """Print a look-up; stops where it takes too long."""
    median, slow = ask()
    say(f"{name} among {rows:,}: median {median:6.3f} ms, 99 % under {slow:6.3f} ms")
    if median > MOST:
        raise SystemExit(f"a look-up may take {MOST} ms")


def main() -> None:
    """Fill, measure, print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with house() as state:
        who = loaded(state, members=200, claims_a_member=0).people["subscriber"]
        say(machine())
        fill(rows)
        people = some("select index from wellkept.people_finder where kind = 'roster' limit %s")
        firms = some("select index from wellkept.organisations_finder limit %s")
        with cluster.connect(operator=OPERATOR, role="jobs", database="records", state=state, autocommit=True) as jobs:
            looked_up("a person     ", lambda: measured(jobs, PEOPLE, people), rows=rows)
            looked_up("an organisation", lambda: measured(jobs, ORGANISATIONS, firms), rows=rows)
        # Each try calls from a network of its own, as behind a proxy: nobody is slowed down.
        os.environ["WELLKEPT_TRUSTED_PROXY"] = "127.0.0.1"
        with served("wellkept.config.settings") as port:
            on, off = told_apart(port, who)
    distance, chance = kolmogorov_smirnov(on, off)
    say(f"a page, on the roster:  median {statistics.median(on):6.2f} ms over {len(on):,}")
    say(f"a page, on no roster:   median {statistics.median(off):6.2f} ms over {len(off):,}")
    say(f"Kolmogorov-Smirnov: distance {distance:.4f}, chance of as much from equal ones {chance:.3f}")
    distance, other = kolmogorov_smirnov([one + 1 for one in on], off)
    say(f"the same, had the roster cost 1 ms: distance {distance:.4f}, chance {other:.3f}")
    if chance < 0.001:
        raise SystemExit("the times of the page tell who is on the roster")


if __name__ == "__main__":
    main()
