"""The claims page, everything on, beside its twin without gate, lock and entry: two gunicorn workers of four threads.

Then the same page while an import and the sealer run. ``python -m bench.pages [MEMBERS]``
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.ground import OPERATOR, WELLKEPT, house, loaded, machine, signed_in
from bench.load import Load, load
from wellkept.cli import cluster
from wellkept.demo.book import book
from wellkept.demo.scenes import LAKES

ROUNDS = 2


@contextmanager
def served(settings: str) -> Iterator[int]:
    """The portal under gunicorn with these settings; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    own = {
        "WELLKEPT_OPERATOR": OPERATOR,
        "WELLKEPT_ROLE": "web",
        "WELLKEPT_SECRET": cluster.secret(operator=OPERATOR, role="web"),
        "WELLKEPT_SECRET_ENTRANCE": cluster.secret(operator=OPERATOR, role="entrance"),
        "DJANGO_SETTINGS_MODULE": settings,
    }
    command = [
        sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4",
        "--worker-class=gthread",
        "--no-control-socket", "--log-level=error", "wellkept.config.wsgi:application",
    ]  # fmt: skip
    with subprocess.Popen(command, env=os.environ | own, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    """Until somebody listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the portal did not start")


@contextmanager
def busy(state: Path) -> Iterator[None]:
    """An import and the sealer run meanwhile."""
    folder = state / "more"
    folder.mkdir()
    more = book(folder, scene=LAKES, members=2000, claims_a_member=10, seed=11, today=datetime.now(UTC).date())
    importing = [*WELLKEPT, "import", "x12", "--quiet", "--operator", OPERATOR, *map(str, more.files)]
    sealing = [*WELLKEPT, "ledger", "--operator", OPERATOR, "seal", "--forever"]
    with (
        subprocess.Popen(importing, stdout=subprocess.DEVNULL) as one,
        subprocess.Popen(sealing, stdout=subprocess.DEVNULL) as other,
    ):
        try:
            yield
            sys.stdout.write(f"  (the import {'still ran' if one.poll() is None else 'had ended'})\n")
        finally:
            one.terminate()
            other.terminate()


def line(name: str, one: Load) -> None:
    """One row of the table."""
    sys.stdout.write(
        f"{name:44} {one.a_second:8.0f} /s   median {one.median:6.1f} ms   p99 {one.p99:6.1f} ms"
        f"   failed {one.failed}\n"
    )
    sys.stdout.flush()


def best(loads: list[Load]) -> Load:
    """The round with the median rate."""
    return sorted(loads, key=lambda one: one.a_second)[len(loads) // 2]


def main() -> None:
    """Load a book, measure, print."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with house() as state:
        written = loaded(state, members=members, claims_a_member=5)
        cookies = signed_in(sessions=min(400, members // 4))
        sys.stdout.write(f"{machine()}\n{written.members} members, {written.filings} claims, {len(cookies)} sessions\n")
        locked: list[Load] = []
        bare: list[Load] = []
        for _ in range(ROUNDS):
            for settings, path, into in (
                ("wellkept.config.settings", "/member/claims/", locked),
                ("bench.twin_settings", "/twin/", bare),
            ):
                with served(settings) as port:
                    load(port=port, path=path, cookies=cookies, seconds=2)
                    into.append(load(port=port, path=path, cookies=cookies, seconds=8))
        line("claims page, everything on", best(locked))
        line("its twin without gate, lock and entry", best(bare))
        sys.stdout.write(f"fewer through the lock: {100 * (1 - best(locked).a_second / best(bare).a_second):.1f} %\n")
        with served("wellkept.config.settings") as port:
            load(port=port, path="/member/claims/", cookies=cookies, seconds=2)
            with busy(state):
                time.sleep(1)
                line(
                    "claims page while an import and the sealer run",
                    load(port=port, path="/member/claims/", cookies=cookies, seconds=8),
                )


if __name__ == "__main__":
    main()
