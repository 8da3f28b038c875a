"""Everything of a demonstration as one: the index, and each operator's pages, jobs, sealer and watcher."""

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from wellkept.cli import serve as one_operator
from wellkept.cli.supervise import Child, supervise

HOST = "127.0.0.1"
PATIENCE = 60.0
INDEX = (sys.executable, "-m", "wellkept.demo.index")


def serve(operators: Sequence[str], *, state: Path, port: int, ready: Callable[[], None]) -> None:
    """Run everything until SIGTERM or Ctrl-C; ``ready`` is called once all ports answer."""
    for operator in operators:
        one_operator.check_promises(operator)
    children = [Child(name="index", command=(*INDEX, str(port), str(state)))]
    for place, operator in enumerate(operators, 1):
        children += portal(operator, port=port + place)
    threading.Thread(target=announce, args=(port, len(operators), ready), daemon=True).start()
    supervise(children, say=only_trouble)


def portal(operator: str, *, port: int) -> list[Child]:
    """One operator's processes, each knowing the address that letters name."""
    pages = one_operator.web(operator=operator, host=HOST, port=port, workers=1, threads=8)
    tries = one_operator.proofs(operator=operator, base=f"http://{HOST}:{port}")
    here = {"WELLKEPT_ADDRESS": f"http://localhost:{port}"}
    return [
        replace(child, environment={**child.environment, **here})
        for child in (pages, *one_operator.machines(operator=operator), tries)
    ]


def only_trouble(sentence: str) -> None:
    """Say what went wrong, and not that things start and stop as they should."""
    if " ended (" in sentence:
        print(sentence, flush=True)  # noqa: T201  (the terminal is where this is read)


def announce(port: int, portals: int, ready: Callable[[], None]) -> None:
    """Call ``ready`` when the index and every portal take connections, or after a minute all the same."""
    deadline = time.monotonic() + PATIENCE
    for number in range(port, port + 1 + portals):
        while time.monotonic() < deadline and not answers(number):
            time.sleep(0.1)
    ready()


def answers(port: int) -> bool:
    """Whether somebody listens on that port of this machine."""
    with contextlib.closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
