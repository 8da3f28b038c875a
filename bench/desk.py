"""The desk: finding a caller among many, and a list of 200 cases, as pages over HTTP.

``python -m bench.desk [ROWS]`` brings one small book, fills the finders of people with hashes of nobody and the list
with cases, on a private cluster, and asks as a representative for one member of the book, by card and by name: two
workers of four threads. Each answer must name who was asked for. It says the middle and the least of 40 answers, and
how busy the machine was.
"""

import hashlib
import http.client
import os
import re
import secrets
import statistics
import sys
import time
from urllib.parse import urlencode
from uuid import uuid4

from bench.ground import OPERATOR, house, loaded, machine
from bench.pages import served
from wellkept.cli import cluster
from wellkept.demo.book import Named

ROWS = 100_000
CASES = 200
ROUNDS = 40
FIND = 50.0
"""Milliseconds that finding a caller may take in the middle of all."""
LIST = 80.0
"""Milliseconds that a list of 200 cases may take in the middle of all."""


def fill(rows: int) -> str:
    """That many hashes of nobody in each way of finding, 200 cases, and a representative; returns their cookie."""
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        connection.execute("set search_path = wellkept")
        for kind in ("number_birth", "sound_birth"):
            connection.execute(
                "insert into people_finder (index, kind, plan_id, person_id)"
                " select substr(sha256((%s || n)::bytea), 1, 16), %s, gen_random_uuid(), gen_random_uuid()"
                " from generate_series(1, %s) n",
                [kind, kind, rows],
            )
        connection.execute(
            "insert into service_case (id, person_id, category, collected_under, restricted, number, kind, about,"
            " state, opened_at, due_on) select gen_random_uuid(), gen_random_uuid(), 'claims', 'x', false,"
            " upper(substr(md5(n::text), 1, 4) || '-' || substr(md5(n::text), 5, 4)), 'claim', gen_random_uuid(),"
            " 'waiting', now(), current_date + (n %% 30) from generate_series(1, %s) n",
            [CASES],
        )
        secret, account, visit = secrets.token_urlsafe(32), uuid4(), uuid4()
        connection.execute(
            "insert into accounts_account (id, role, holder, login, password, actor, created_at, failures,"
            " collected_under) values (%s, 'representative', %s, %s, '!', 'Bench R.', now(), 0, 'x')",
            [account, uuid4(), account.bytes],
        )
        connection.execute(
            "insert into ledger_occasion (id, kind, account, role, actor)"
            " values (%s, 'visit', %s, 'representative', 'Bench R.')",
            [visit, account],
        )
        connection.execute(
            "insert into accounts_session (secret_hash, account_id, holder, role, actor, occasion, began, seen, idle,"
            " expires, proved_at) select %s, a.id, a.holder, a.role, a.actor, %s, now(), now(), '1 hour',"
            " now() + interval '1 day', now() + interval '1 day' from accounts_account a where a.id = %s",
            [hashlib.sha256(secret.encode()).digest(), visit, account],
        )
        connection.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, name, version, now() from consent_document where audience = 'representative'",
            [account],
        )
        connection.commit()
        connection.autocommit = True
        connection.execute("vacuum (analyze) wellkept.people_finder, wellkept.service_case")
    return f"{OPERATOR}_session={secret}"


def asked(port: int, cookie: str, path: str, form: dict[str, str] | None = None) -> tuple[float, str]:
    """One answer: how many milliseconds it took, and the page. Ends where it is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    began = time.perf_counter()
    connection.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return took, page


def finding(port: int, cookie: str, way: str, told: dict[str, str], who: Named) -> list[float]:
    """How long each of many searches took that found somebody; ends where one does not name them."""
    _took, page = asked(port, cookie, "/desk/find/")
    token, times = re.search(r'name="token" value="([0-9a-f]+)"', page), list[float]()
    born = {f"birth_date_{part}": str(getattr(who.born, part)) for part in ("month", "day", "year")}
    for _ in range(ROUNDS):
        forgotten()
        took, page = asked(port, cookie, f"/desk/find/?by={way}", told | born | {"token": token[1] if token else ""})
        if who.last.upper() not in page.upper() or 'name="person"' not in page:
            raise SystemExit(f"the search by {way} did not find whom it looked for")
        times.append(took)
    return times


def forgotten() -> None:
    """Nobody was looked up this hour: the bench asks more often than one desk may."""
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        connection.execute("delete from wellkept.access_spent")
        connection.execute("delete from wellkept.access_spent_count")


def main() -> None:
    """Print the figures; end with 1 where one is over what it may take."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    sys.stdout.write(f"{machine()}\n")
    with house() as state:
        who = next(iter(loaded(state, members=50, claims_a_member=3).people.values()))
        cookie = fill(rows)
        with served("wellkept.config.settings") as port:
            busy = os.getloadavg()[0]
            by_card = finding(port, cookie, "card", {"number": who.number}, who)
            by_name = finding(port, cookie, "name", {"first": who.first, "last": who.last}, who)
            listed = [asked(port, cookie, "/desk/cases/")[0] for _ in range(ROUNDS)]
    sys.stdout.write(f"busy with {busy:.1f} processes on average when it began\n")
    said(f"finding a caller by card among {rows:,}", by_card)
    said(f"finding a caller by name among {rows:,}", by_name)
    said(f"a list of {CASES} cases", listed)
    over = max(statistics.median(by_card), statistics.median(by_name)) > FIND or statistics.median(listed) > LIST
    sys.exit(over)


def said(what: str, times: list[float]) -> None:
    """One line."""
    sys.stdout.write(f"{what}: {statistics.median(times):.1f} ms in the middle, {min(times):.1f} ms at least\n")


if __name__ == "__main__":
    main()
