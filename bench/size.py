"""Each page of a member at a book of 1,000 members beside one of many: ``python -m bench.size [MEMBERS]``.

The large book has ten claims a member and is loaded by ``wellkept book``, whose time and memory are told; while it is
loaded, pages of the small one's people are asked for once a second from the same portal.
"""

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from bench.ground import OPERATOR, WELLKEPT, house, machine, signed_in
from bench.load import Load, answered, connected, load
from bench.pages import served
from wellkept.cli import cluster

SMALL, CLAIMS = 1000, 10
PATHS = (
    "/member/", "/member/claims/", "/member/coverage/", "/member/totals/", "/member/card/", "/member/family/",
    "/member/care/", "/member/documents/", "/member/news/", "/member/privacy/", "/member/privacy/openings/",
    "/member/submit/", "/member/changes/", "/member/other-insurance/",
)  # fmt: skip
SECONDS = 4.0


@dataclass(slots=True)
class Meanwhile:
    """What pages took while the large book was loaded, in seconds."""

    waits: list[float]
    over: threading.Event


def main() -> None:
    """Load, measure, load more, measure again, print side by side."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    say(machine())
    with house(), served("wellkept.config.settings") as port:
        seconds, _ = brought(SMALL, seed=7)
        say(f"{SMALL:,} members, {SMALL * CLAIMS:,} claims: loaded in {seconds:,.0f} s")
        settle()
        cookies = signed_in(sessions=100)
        small = {path: asked(port, path, cookies) for path in PATHS}
        seconds, waits = meanwhile(port, cookies, members)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        say(
            f"{members:,} members, {members * CLAIMS:,} claims: loaded in {seconds:,.0f} s;"
            f" largest process {peak:,.0f} MB"
        )
        if len(waits) > 20:
            cut = quantiles(waits, n=100)
            say(f"home meanwhile, once a second: median {cut[49] * 1000:.1f} ms, p99 {cut[98] * 1000:.1f} ms")
        settle()
        say(f"{'page':28}{'median':>9}{'p99':>9}   {'of 1,000':>9}{'ratio':>7}")
        for path in PATHS:
            large = asked(port, path, cookies)
            ratio = large.median / small[path].median if small[path].median else 0.0
            failed = f"   failed {small[path].failed} and {large.failed}" if small[path].failed or large.failed else ""
            say(f"{path:28}{large.median:7.1f} ms{large.p99:6.1f} ms{small[path].median:9.1f} ms{ratio:6.2f}{failed}")


def brought(members: int, *, seed: int) -> tuple[float, int]:
    """Load a book with the command; returns seconds and its exit code."""
    words = ("book", "--operator", OPERATOR, "--members", str(members), "--seed", str(seed), "--claims", str(CLAIMS))
    began = time.perf_counter()
    done = subprocess.run([*WELLKEPT, *words], stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        say(f"the book of {members:,} was not brought in to its end")
    return time.perf_counter() - began, done.returncode


def meanwhile(port: int, cookies: Sequence[str], members: int) -> tuple[float, list[float]]:
    """Load the large book while the first page is asked for once a second."""
    state = Meanwhile([], threading.Event())
    asking = threading.Thread(target=ask_on, args=(port, cookies, state))
    asking.start()
    seconds, _ = brought(members, seed=8)
    state.over.set()
    asking.join()
    return seconds, state.waits


def ask_on(port: int, cookies: Sequence[str], state: Meanwhile) -> None:
    """One request a second until it is over."""
    connection, turn = connected(port), 0
    while not state.over.wait(1.0):
        began = time.perf_counter()
        head = f"GET /member/ HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies[turn % len(cookies)]}\r\n\r\n"
        try:
            connection.sendall(head.encode())
            answered(connection)
        except OSError:
            connection = connected(port)
        state.waits.append(time.perf_counter() - began)
        turn += 1


def asked(port: int, path: str, cookies: Sequence[str]) -> Load:
    """A page by two people at once, warm."""
    load(port=port, path=path, cookies=cookies, connections=2, seconds=1)
    return load(port=port, path=path, cookies=cookies, connections=2, seconds=SECONDS)


def settle() -> None:
    """Let the database put itself in order, as it does by itself after some minutes."""
    with cluster.administer(f"wellkept_{OPERATOR}") as connection:
        connection.autocommit = True
        connection.execute("vacuum (analyze)")


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
