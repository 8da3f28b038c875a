"""Signing in: what one password costs, what the 21st sign-in of a second sees, what a worker weighs after 10,000 pages.

``python -m bench.signing`` compares passwords in this process, then signs in over HTTP: each second so many begin at
the same moment, on new connections and from networks of their own, for five seconds. Two gunicorn workers of four
threads, as ``wellkept serve`` starts them. Last it asks for 10,000 pages, many signed in, and weighs the workers.
"""

import http.client
import os
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from argon2 import PasswordHasher

from bench.ground import OPERATOR, agree, house, loaded, machine, signed_in
from bench.load import load
from bench.pages import served
from wellkept.accounts.passwords import Argon2id
from wellkept.cli import cluster, probing

PASSWORD = "seven otters paint the barn"  # noqa: S105  (nobody's: the house is thrown away)
PEOPLE = 40
SECONDS = 5
AT_ONCE = (5, 10, 21, 30)
PAGES = 10_000
STRANGERS = [""] * 8
CALLERS = count()


def hasher() -> PasswordHasher:
    """Argon2id with the cost of this house."""
    return PasswordHasher(
        time_cost=Argon2id.time_cost, memory_cost=Argon2id.memory_cost, parallelism=Argon2id.parallelism
    )


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def one_password() -> None:
    """What comparing one password costs, alone on the machine."""
    kept, spent, worked = hasher().hash(PASSWORD), [], []
    for _ in range(20):
        began, used = time.perf_counter(), time.process_time()
        hasher().verify(kept, PASSWORD)
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - used) * 1000)
    cost = f"{Argon2id.memory_cost // 1024} MiB, {Argon2id.time_cost} passes"
    middle, busy = statistics.median(spent), statistics.median(worked)
    say(f"Argon2id, {cost}: median {middle:.0f} ms, of the processor's time {busy:.0f} ms")


def members() -> list[str]:
    """The sign-in names of accounts with that password, every text agreed to."""
    names = [f"storm-{number}" for number in range(PEOPLE)]
    named = probing.inside(operator=OPERATOR, role="jobs", asked={"named": names})["named"]
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        connection.execute("set search_path = wellkept")
        for known in named:
            account, person = uuid4(), uuid4()
            connection.execute(
                "insert into accounts_account"
                " (id, role, person_id, holder, login, password, created_at, failures, collected_under)"
                " values (%s, 'member', %s, %s, %s, %s, now(), 0, 'x')",
                [account, person, person, bytes.fromhex(known), "argon2" + hasher().hash(PASSWORD)],
            )
            agree(connection, account)
    return names


def sign_in(port: int, login: str, waits: list[float]) -> None:
    """One sign-in on a new connection, from a network of its own; keeps its milliseconds."""
    caller = next(CALLERS)
    head = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": f"10.{caller // 65536}.{caller // 256 % 256}.{caller % 256}",
    }
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    line.request("POST", "/sign-in/", urlencode({"login": login, "password": PASSWORD}), head)
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 302:
        raise SystemExit(f"a sign-in was answered {answer.status}")
    waits.append((time.perf_counter() - began) * 1000)


def storm(port: int, names: Sequence[str], *, at_once: int) -> None:
    """So many at the same moment, each second anew; says what the middle and the last of each second waited."""
    middle, last = [], []
    for second in range(SECONDS):
        waits: list[float] = []
        due = time.perf_counter() + 1
        asked = [
            threading.Thread(target=sign_in, args=(port, names[(second * at_once + n) % len(names)], waits))
            for n in range(at_once)
        ]
        for thread in asked:
            thread.start()
        for thread in asked:
            thread.join()
        middle.append(statistics.median(waits))
        last.append(max(waits))
        time.sleep(max(0.0, due - time.perf_counter()))
    say(
        f"{at_once:3} sign-ins a second: the middle one waits {statistics.median(middle):5.0f} ms,"
        f" the last one {statistics.median(last):5.0f} ms (worst {max(last):.0f})"
    )


def workers(port: int) -> dict[int, float]:
    """The resident memory of each worker of that server, in MiB, by process."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            command, status = (folder / "cmdline").read_bytes(), (folder / "status").read_text()
        except OSError:
            continue
        if f"--bind=127.0.0.1:{port}".encode() in command:
            lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
            found[int(folder.name)] = (int(lines["PPid"]), int(lines["VmRSS"].split()[0]) / 1024)
    return {process: mib for process, (parent, mib) in found.items() if parent in found}


def weighed(port: int, cookies: Sequence[str]) -> None:
    """What the workers weigh before and after so many pages, half of them signed in."""
    public, own = ("/", "/policy/", "/sign-in/"), ("/member/", "/account/", "/account/ways/")
    load(port=port, path=public, cookies=STRANGERS, seconds=3)
    load(port=port, path=own, cookies=cookies, seconds=3)
    before, asked = workers(port), 0
    while asked < PAGES:
        for paths, who in ((public, STRANGERS), (own, cookies)):
            done = load(port=port, path=paths, cookies=who, seconds=5)
            asked += round(done.a_second * 5)
    after = workers(port)
    for process, mib in sorted(after.items()):
        grown = mib - before.get(process, mib)
        say(f"a worker after {asked:,} pages of both: {mib:.0f} MiB, {grown:+.1f} MiB since the first few hundred")


def main() -> None:
    """Fill, measure, print."""
    say(machine())
    one_password()
    with house() as state:
        loaded(state, members=200, claims_a_member=5)
        names, cookies = members(), signed_in(sessions=40)
        # Each try calls from a network of its own, as behind a proxy: nobody is slowed down.
        os.environ["WELLKEPT_TRUSTED_PROXY"] = "127.0.0.1"
        with served("wellkept.config.settings") as port:
            storm(port, names, at_once=1)
            for at_once in AT_ONCE:
                storm(port, names, at_once=at_once)
            weighed(port, cookies)


if __name__ == "__main__":
    main()
