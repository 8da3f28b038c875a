"""Where the state folder is, what lies in it, and how a private file is written there."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe


class ClusterError(Exception):
    """What is wrong with the database server, in one sentence a person can act on."""


def state_folder() -> Path:
    """The folder of everything this installation keeps: ``WELLKEPT_STATE``, or ``.state`` in the checkout."""
    checkout = Path(__file__).resolve().parents[3]
    return Path(os.environ.get("WELLKEPT_STATE") or checkout / ".state").absolute()


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of a private cluster below its state folder."""

    state: Path

    @property
    def root(self) -> Path:
        """What the database's own user owns."""
        return self.state / "postgres"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.root / "data"

    @property
    def socket(self) -> Path:
        """The folder of the unix socket."""
        return self.root / "socket"

    @property
    def log(self) -> Path:
        """PostgreSQL's log."""
        return self.root / "postgres.log"

    @property
    def description(self) -> Path:
        """Where the server is and which programs it runs on, without any password."""
        return self.state / "cluster.json"

    @property
    def password(self) -> Path:
        """The administrator's password."""
        return self.state / "administrator"


def make_folder(folder: Path) -> None:
    """Create a folder, and those above it that are missing, which only their owner may enter.

    Raises ``ClusterError`` with the reason when it cannot.
    """
    if not folder.parent.exists():
        make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ClusterError(f"The folder {folder} cannot be made: {error.strerror}.") from error


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file of mode 0600 whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise ClusterError(f"The file {path} cannot be written: {error.strerror}.") from error


def kept_secret(path: Path) -> str:
    """The password kept at ``path``; a random one of 256 bits is made and kept when there is none yet."""
    if not path.exists():
        make_folder(path.parent)
        write_private(path, token_urlsafe(32))
    return read_private(path)


def read_private(path: Path) -> str:
    """The text of a private file; raises ``ClusterError`` when this user may not read it or it is missing."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ClusterError(f"The file {path} cannot be read: {error.strerror}.") from error


@contextlib.contextmanager
def alone(state: Path) -> Iterator[None]:
    """Let one process at a time start or stop the cluster of this state folder, which is made if need be.

    Root's may be walked through by PostgreSQL's user; what lies in it is closed piece by piece.
    """
    try:
        if not state.exists():
            state.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True)
        lock = (state / ".lock").open("a", encoding="utf-8")
    except OSError as error:
        raise ClusterError(f"The state folder {state} cannot be used: {error.strerror}.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
