"""Taking a backup: the records, the wrapped keys in a file of their own, and a manifest that says what they are."""

import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from wellkept.cli import cluster
from wellkept.cli.backup import head, seal
from wellkept.cli.cluster.binaries import find_for_dump
from wellkept.cli.cluster.places import make_folder, write_private

PIECE = 1024 * 1024
OPTIONS = ("--format=custom", "--schema=wellkept", "--no-unlogged-table-data", "--no-password")


def backup(*, operator: str, state: Path, file: Path | None = None) -> Path:
    """Write ``file`` (the records), ``file``.keys and ``file``.json, all of mode 0600; returns the first.

    Raises ``ClusterError`` when the server does not let the backup role read everything: half a backup is never left.
    """
    made = datetime.now(tz=UTC)
    target = file or state / operator / "backups" / f"{operator}-{made:%Y%m%dT%H%M%SZ}.backup"
    make_folder(target.parent)
    key = seal.new_key(state / operator / "backup.key")
    with cluster.for_command(operator, "backup", state=state) as word:
        with cluster.connect(operator=operator, role="backup", word=word, state=state) as connection:
            head.note(connection, "a backup was taken")
            leaves = head.sealed_entries(connection)
            version = connection.info.server_version // 10000
        parts = {"records": target, "keys": target.with_name(target.name + ".keys")}
        for database, path in parts.items():
            pieces = dumped(operator=operator, word=word, database=database, state=state, version=version)
            write_whole(path, seal.encrypt(pieces, key=key))
    facts = {"operator": operator, "made": made.isoformat(), "postgresql": version, "sealed_entries": leaves}
    sums = {name: {"file": path.name, "sha256": sha256(path)} for name, path in parts.items()}
    write_private(target.with_name(target.name + ".json"), json.dumps(facts | sums, indent=2) + "\n")
    return target


def dumped(*, operator: str, word: str, database: str, state: Path, version: int) -> Iterator[bytes]:
    """What ``pg_dump`` writes, in pieces; raises ``ClusterError`` when it fails, at the end."""
    parts = cluster.parameters(operator=operator, role="backup", database=database, state=state, word=word)
    program = find_for_dump(version=version).program("pg_dump")
    with tempfile.TemporaryFile() as complaints:
        command = [program, *OPTIONS]
        process = subprocess.Popen(command, env=libpq(parts), stdout=subprocess.PIPE, stderr=complaints)
        with process:
            while process.stdout and (piece := process.stdout.read(PIECE)):
                yield piece
        if process.returncode != 0:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines()
            raise cluster.ClusterError(f"pg_dump failed: {said[0] if said else 'it said nothing'}.")


def libpq(parts: dict[str, str | int]) -> dict[str, str]:
    """The environment with which PostgreSQL's programs connect: a password on a command line would be seen by all."""
    names = {"host": "PGHOST", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "channel_binding": "PGCHANNELBINDING"}
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"} | {
        names[name]: str(value) for name, value in parts.items()
    }


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of mode 0600 whole, or leave nothing; raises ``ClusterError`` when the disk is full or closed."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise cluster.ClusterError(f"The backup {path} cannot be written: {error.strerror}.") from error
    finally:
        fresh.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
