"""Public pages under gunicorn as ``wellkept serve`` starts it: requests a second, and processor time a request.

The load comes from processes of the same machine, so requests a second are what is left beside it; processor time a
request says what two cores would give without it. ``python -m bench.public [SECONDS]``
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from urllib.request import urlopen

import psutil

from bench.ground import OPERATOR, house, machine
from bench.load import load
from bench.pages import wait_for
from wellkept.cli import serve
from wellkept.cli.cluster.server import free_port
from wellkept.cli.supervise import environment_of

PAGES = ("/", "/policy/", "/policy/u-31/", "/how-we-keep-it/", "/contact/")
ASKERS = 2


@contextmanager
def served(workers: int) -> Iterator[tuple[int, psutil.Process]]:
    """The pages of the operator with that many workers; yields their port and the process above them."""
    port = free_port()
    child = serve.web(operator=OPERATOR, host="127.0.0.1", port=port, workers=workers, threads=4)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(child.command, env=environment_of(child), **quiet) as process:  # type: ignore[call-overload]
        try:
            wait_for(port)
            time.sleep(2)
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


def spent(master: psutil.Process) -> float:
    """Seconds of processor time that the workers have used."""
    times = [one.cpu_times() for one in master.children(recursive=True)]
    return sum(one.user + one.system for one in times)


def asked(port: int, path: str | Sequence[str], seconds: float) -> tuple[int, float, int]:
    """How many answers one process that asks got, its median wait in milliseconds, and how many failed."""
    found = load(port=port, path=path, cookies=[""] * 4, connections=4, seconds=seconds)
    return round(found.a_second * seconds), found.median, found.failed


def measured(port: int, master: psutil.Process, path: str | Sequence[str], seconds: float) -> None:
    """Ask for one page, or for many in turn, and print a line."""
    name, warm = (path, 0.5) if isinstance(path, str) else (f"{len(path)} in turn", 6.0)
    with ProcessPoolExecutor(ASKERS) as askers:
        list(askers.map(asked, [port] * ASKERS, [path] * ASKERS, [warm] * ASKERS))
        before, began = spent(master), time.perf_counter()
        answers = list(askers.map(asked, [port] * ASKERS, [path] * ASKERS, [seconds] * ASKERS))
        used, took = spent(master) - before, time.perf_counter() - began
    count = sum(one[0] for one in answers)
    each = used / count if count else 0.0
    sys.stdout.write(
        f"  {name:18} {count / took:7.0f} /s beside its load   {each * 1e6:6.0f} µs of processor"
        f"   {1 / each if each else 0:7.0f} /s a core   median {max(one[1] for one in answers):5.1f} ms"
        f"   failed {sum(one[2] for one in answers)}\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Measure one worker, then two as they are started without more being said."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    with house():
        sys.stdout.write(f"{machine()}, load {os.getloadavg()[0]:.1f}\n")
        for workers in (1, 2):
            with served(workers) as (port, master):
                sys.stdout.write(f"{workers} worker{'s' if workers > 1 else ''} of four threads\n")
                for path in (*PAGES, every(port)):
                    measured(port, master, path, seconds)


def every(port: int) -> list[str]:
    """Every public page in the language that holds, as the site map names them."""
    with urlopen(f"http://127.0.0.1:{port}/sitemap.xml") as answer:
        addresses = re.findall(r"<loc>[a-z]+://[^/]+(/[^<]*)</loc>", answer.read().decode())
    return [one for one in addresses if not one.startswith("/es/")]


if __name__ == "__main__":
    main()
