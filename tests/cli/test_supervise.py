"""Children start with their own secret alone, start again when they crash, and all stop together."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from wellkept.cli import cluster, main, serve
from wellkept.cli.supervise import Charge, Child, environment_of, next_due, note_end, supervise


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def supervised(children: list[Child], *, until: Callable[[list[str]], bool]) -> list[str]:
    """Run children until what was said satisfies ``until``, then ask to stop; returns all that was said."""
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if until(said):
            os.kill(os.getpid(), signal.SIGTERM)

    supervise(children, say=say)
    return said


def test_it_starts_all_and_stops_all(tmp_path: Path) -> None:
    waits = "import signal; signal.pause()"
    children = [Child(name, python(waits)) for name in ("one", "two")]
    said = supervised(children, until=lambda lines: len(lines) == 2)
    assert [line.split(" (")[0] for line in said] == ["one started", "two started", "one stopped", "two stopped"]
    for line in said[:2]:
        pid = int(line.split("process ")[1].rstrip(")"))
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert list(tmp_path.iterdir()) == []


def test_it_starts_a_crashed_child_again() -> None:
    said = supervised([Child("weak", python("raise SystemExit(7)"))], until=lambda lines: len(lines) == 3)
    assert [line.split(" (")[0] for line in said[:3]] == ["weak started", "weak ended", "weak started"]
    assert "code 7" in said[1]


def test_a_child_that_keeps_crashing_is_tried_ever_later_up_to_a_minute() -> None:
    charge = Charge(Child("weak", ()))
    waits: list[str] = []
    for _crash in range(9):
        charge.began = __import__("time").monotonic()
        note_end(charge, code=-9, say=waits.append)
    assert [line.rsplit(" in ", 1)[1] for line in waits] == [
        "0 s", "1 s", "2 s", "4 s", "8 s", "16 s", "32 s", "60 s", "60 s",
    ]  # fmt: skip
    assert "signal 9" in waits[0]
    due = next_due([charge])
    assert due is not None
    assert 50 < due <= 60


def test_a_child_that_ran_for_long_is_started_again_at_once() -> None:
    charge = Charge(Child("steady", ()), crashes=6, began=-1000.0)
    said: list[str] = []
    note_end(charge, code=1, say=said.append)
    assert said[0].endswith("in 0 s")


def test_ctrl_c_stops_it_too() -> None:
    code = (
        "from wellkept.cli.supervise import Child, supervise; import sys;"
        "supervise([Child('one', (sys.executable, '-c', 'import signal; signal.pause()'))],"
        "say=lambda line: print(line, flush=True))"
    )
    with subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("one started")
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "one stopped\n"
    assert process.returncode == 0


def test_a_child_sees_no_secret_but_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "DATABASE_URL",
        "PGPASSWORD",
        "WELLKEPT_SECRET",
        "WELLKEPT_SECRET_ENTRANCE",
        "WELLKEPT_KEK",
        "AWS_KEY",
    ):
        monkeypatch.setenv(name, "not for a child")
    monkeypatch.setenv("WELLKEPT_STATE", "/state")
    seen = environment_of(Child("one", (), {"WELLKEPT_SECRET": "its own"}))
    assert seen["WELLKEPT_SECRET"] == "its own"
    assert seen["WELLKEPT_STATE"] == "/state"
    assert "not for a child" not in seen.values()


def test_each_process_of_serve_has_its_own_role_and_the_pages_the_doors_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLKEPT_STATE", str(tmp_path))
    monkeypatch.setenv("WELLKEPT_KEK", "the key")
    monkeypatch.setenv("WELLKEPT_SMTP_PASSWORD", "the mail server's")
    children = [
        serve.web(operator="umr", host="127.0.0.1", port=1, workers=1, threads=1),
        *serve.machines(operator="umr"),
    ]
    roles = [child.environment["WELLKEPT_ROLE"] for child in children]
    assert roles == ["web", "jobs", "intake", "seal", "watch"]
    secrets = {path.name: path.read_text() for path in (tmp_path / "umr" / "secrets").iterdir()}
    for child, role in zip(children, roles, strict=True):
        known = {name for name, word in secrets.items() if word in child.environment.values()}
        assert known == ({"web", "entrance"} if role == "web" else {role})
        assert ("WELLKEPT_KEK" in child.environment) == (role in ("web", "jobs", "intake"))
        assert ("WELLKEPT_SMTP_PASSWORD" in environment_of(child)) == (role in ("web", "jobs"))
        assert not any(word in " ".join(child.command) for word in secrets.values())
    assert "--no-control-socket" in children[0].command
    assert not any("access-log" in word for word in children[0].command)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_plain_http_is_served_on_this_machine(host: str) -> None:
    serve.check_transport(host=host, certificate=None, key=None)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "portal.example", ""])  # noqa: S104  (refused is what is tried)
def test_plain_http_is_refused_anywhere_else(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELLKEPT_TRUSTED_PROXY", raising=False)
    with pytest.raises(cluster.ClusterError, match="--certificate and --key"):
        serve.check_transport(host=host, certificate=None, key=None)
    with pytest.raises(cluster.ClusterError, match="belong together"):
        serve.check_transport(host=host, certificate="a.pem", key=None)
    serve.check_transport(host=host, certificate="a.pem", key="a.key")
    monkeypatch.setenv("WELLKEPT_TRUSTED_PROXY", "10.0.0.1")
    serve.check_transport(host=host, certificate=None, key=None)


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", "--operator", "umr", "--port", str(port)])
    assert done.exit_code == 1
    assert done.output == f"Error: Port {port} of 127.0.0.1 is in use: choose another with --port.\n"


def test_supervising_leaves_the_signals_as_they_were() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)}
    supervised([Child("one", python("import signal; signal.pause()"))], until=lambda lines: len(lines) == 1)
    assert {number: signal.getsignal(number) for number in before} == before
    assert threading.active_count() >= 1


def test_a_closed_terminal_leaves_no_child_behind() -> None:
    pids: list[int] = []

    def say(line: str) -> None:
        if "started" in line:
            pids.append(int(line.split("process ")[1].rstrip(")")))
        if len(pids) == 2:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        supervise([Child(name, python("import signal; signal.pause()")) for name in ("one", "two")], say=say)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
