"""``wellkept serve`` answers a browser, gives each process its own secret, and leaves nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

from wellkept.cli import cluster as server
from wellkept.cli.cluster.server import free_port
from wellkept.cli.db import migrate_operator

pytestmark = pytest.mark.database
SERVE = "from wellkept.cli import main; main(prog_name='wellkept')"


@contextlib.contextmanager
def serving(port: int) -> Iterator[subprocess.Popen[str]]:
    """A running ``wellkept serve``, told to stop at the end."""
    command = [sys.executable, "-c", SERVE, "serve", "--operator", "umr", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        yield process
        process.send_signal(signal.SIGTERM)
        said = process.communicate()[0]
    assert process.returncode == 0, said
    assert "A request was not valid HTTP." in said
    assert "127.0.0.1" not in said
    assert "canary" not in said
    assert said.endswith("The database keeps running: `wellkept db stop` ends it.\n")


def answer(process: subprocess.Popen[str], port: int) -> int:
    """The status of the front page, asked until the server answers or has ended."""
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
                return int(page.status)
        except (URLError, ConnectionError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
                raise


def malformed(port: int) -> bytes:
    """What the server answers to something that is not HTTP."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"canary /canary?canary\r\n\r\n")
        return connection.recv(1000)


def environment(pid: int) -> dict[str, str]:
    """What a process was started with."""
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if pair)


def test_serve_without_tables_says_what_to_do(state: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVE, "serve", "--operator", "umr", "--port", str(free_port())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert server.status(state).running
    assert done.returncode == 1
    assert done.stderr == "Error: The database of umr has no tables yet: say `wellkept db migrate`.\n"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the environment of a process is read from /proc")
def test_it_answers_with_each_process_under_its_own_role(state: Path) -> None:
    server.ensure_running(state)
    migrate_operator("umr", state=state)
    port = free_port()
    with serving(port) as process:
        assert process.stdout
        started = [process.stdout.readline() for _child in range(6)]
        pids = {line.split()[1]: int(line.split("process ")[1].rstrip(")\n")) for line in started}
        assert set(pids) == {"web", "jobs", "intake", "seal", "watch", "proof"}
        assert answer(process, port) == 200
        assert b"400 Bad Request" in malformed(port)
        for role in ("web", "intake", "seal", "watch", "proof"):
            seen = environment(pids[role])
            assert (seen["WELLKEPT_ROLE"], "DATABASE_URL" in seen) == (role, False)
            others = {
                other for other in server.LOGIN_ROLES if server.secret(operator="umr", role=other) in seen.values()
            }
            assert others == ({"web", "entrance"} if role == "web" else {role})
    for role in ("web", "intake", "seal", "watch", "proof"):
        with pytest.raises(ProcessLookupError):
            os.kill(pids[role], 0)
    assert server.status(state).running
