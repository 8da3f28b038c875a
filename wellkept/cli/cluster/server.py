"""The private cluster is made, started and stopped here; a managed server is only looked at."""

import json
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from wellkept.cli.cluster import binaries, configuration, faults, user
from wellkept.cli.cluster.places import (
    ClusterError,
    Places,
    alone,
    kept_secret,
    make_folder,
    read_private,
    write_private,
)
from wellkept.cli.cluster.reach import ADMINISTRATOR, is_managed, managed, server_version

WANTED_SPACE = 200 * 1024**2
SOCKET_PORT = 5432
PATIENCE = ("-w", "-s", "-t", "120")


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of the server without asking it anything. ``pid`` is none for a managed one."""

    running: bool
    managed: bool
    host: str = ""
    port: int = 0
    version: int = 0
    pid: int | None = None


def ensure_running(state: Path) -> None:
    """See to it that the server answers: start the private cluster, made first if need be, unless it runs already."""
    with alone(state):
        places = Places(state)
        if managed():
            describe(places, **managed(), version=server_version(), managed=True)
            return
        if is_managed(places):
            return
        if running_pid(places) is None:
            start(places)


def start(places: Places) -> None:
    """Start the private cluster of this state folder, which is known not to run."""
    found = chosen_binaries(places)
    runner = user.choose(places.data)
    lay_out(places, runner=runner)
    if not places.data.exists():
        create(places, found=found, runner=runner)
    faults.check_data_folder(places.data)
    (places.data / "postmaster.pid").unlink(missing_ok=True)
    host, port = configure(places, runner=runner)
    launch(places, found=found, runner=runner)
    describe(places, host=host, port=port, version=found.version, binaries=str(found.folder), managed=False)


def chosen_binaries(places: Places) -> binaries.Binaries:
    """Programs of the version that made the data folder, or the preferred ones when there is none yet."""
    marker = places.data / "PG_VERSION"
    try:
        version = int(marker.read_text(encoding="ascii").strip()) if marker.exists() else None
    except (OSError, ValueError) as error:
        raise ClusterError(faults.damaged(places.data, "PG_VERSION cannot be read")) from error
    return binaries.find(version=version)


def lay_out(places: Places, *, runner: user.User) -> None:
    """Make the folders and give them to the user that PostgreSQL runs as."""
    for folder in (places.root, places.socket):
        make_folder(folder)
        user.own(folder, user=runner)


def create(places: Places, *, found: binaries.Binaries, runner: user.User) -> None:
    """Make the data folder beside its place and move it there when it is whole."""
    if shutil.disk_usage(places.root).free < WANTED_SPACE:
        raise ClusterError(f"The disk of {places.state} has less than 200 MB free: a database cannot be made there.")
    fresh, password = places.root / "data.new", places.root / "password"
    shutil.rmtree(fresh, ignore_errors=True)
    write_private(password, kept_secret(places.password))
    user.own(password, user=runner)
    options = (
        "--auth=scram-sha-256",
        f"--username={ADMINISTRATOR}",
        "--encoding=UTF8",
        "--no-locale",
        "--data-checksums",
    )
    arguments = [found.program("initdb"), "-D", str(fresh), f"--pwfile={password}", *options]
    answer = user.run(arguments, user=runner, reaches=(places.root, found.folder))
    password.unlink()
    if answer.returncode != 0:
        raise ClusterError(faults.explain(answer.stderr, doing="make", data=places.data))
    fresh.rename(places.data)


def configure(places: Places, *, runner: user.User) -> tuple[str, int]:
    """Write the configuration and say at which host (a socket's folder or 127.0.0.1) and port it will answer."""
    folder = places.socket if configuration.socket_fits(places.socket) else None
    port = SOCKET_PORT if folder else free_port()
    texts = {
        "postgresql.conf": configuration.settings(socket=folder, port=port),
        "pg_hba.conf": configuration.access(socket=folder),
    }
    for name, text in texts.items():
        write_private(places.data / name, text)
        user.own(places.data / name, user=runner)
    return (str(folder), port) if folder else ("127.0.0.1", port)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def launch(places: Places, *, found: binaries.Binaries, runner: user.User) -> None:
    """Start the server and wait until it answers; two minutes are for what it may have to recover."""
    before = places.log.stat().st_size if places.log.exists() else 0
    arguments = [found.program("pg_ctl"), "start", "-D", str(places.data), "-l", str(places.log), *PATIENCE]
    answer = user.run(arguments, user=runner, reaches=(places.data, found.folder))
    if answer.returncode != 0:
        said = places.log.read_bytes()[before:].decode(errors="replace") if places.log.exists() else ""
        raise ClusterError(faults.explain(said or answer.stderr, doing="start", data=places.data))


def describe(places: Places, **facts: str | int | bool) -> None:
    """Keep where the server is for the processes that connect to it."""
    write_private(places.description, json.dumps(facts, indent=2) + "\n")


def stop(state: Path) -> bool:
    """Stop the private cluster, ending its sessions; says whether it ran. A managed server is left alone."""
    with alone(state):
        places = Places(state)
        if is_managed(places) or running_pid(places) is None:
            return False
        arguments = [chosen_binaries(places).program("pg_ctl"), "stop", "-D", str(places.data), "-m", "fast", *PATIENCE]
        answer = user.run(arguments, user=user.choose(places.data), reaches=(places.data,))
        if answer.returncode != 0:
            raise ClusterError(faults.explain(answer.stderr, doing="stop", data=places.data))
        return True


def status(state: Path) -> Status:
    """Whether the server runs, and where; a managed server is asked only when ``DATABASE_URL`` names it."""
    places = Places(state)
    facts = json.loads(read_private(places.description)) if places.description.exists() else {}
    if is_managed(places):
        where = (facts | managed() | {"version": server_version()}) if managed() else facts
        return Status(running=True, managed=True, host=where["host"], port=where["port"], version=where["version"])
    pid = running_pid(places)
    if pid is None or not facts:
        return Status(running=False, managed=False)
    return Status(
        running=True, managed=False, host=facts["host"], port=facts["port"], version=facts["version"], pid=pid
    )


def running_pid(places: Places) -> int | None:
    """The process of the running server, found from its pid file; none when that file is missing or stale.

    After a power cut another program may bear the number, so the process must work in this data folder.
    """
    try:
        pid = int((places.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise ClusterError(
            f"The database in {places.data} belongs to another user: run this as that user, or set WELLKEPT_STATE."
        ) from error
    except ValueError:
        return None
    return pid if works_in(pid, places.data) else None


def works_in(pid: int, data: Path) -> bool:
    """Whether that process exists and is a PostgreSQL server of this data folder."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        return not Path("/proc/self").exists() and faults.is_postgres(pid)
