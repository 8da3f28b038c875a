"""Restoring a backup into fresh databases, then making good what has happened since it was taken."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from wellkept.cli import cluster
from wellkept.cli.backup import head, journal, seal
from wellkept.cli.backup.dump import libpq
from wellkept.cli.cluster.binaries import find
from wellkept.cli.cluster.reach import SUFFIXES
from wellkept.cli.ledger import Place
from wellkept.ledger import publish, tables
from wellkept.ledger.checkpoint import NoteError
from wellkept.ledger.epoch import new_epoch
from wellkept.ledger.seal import SealError
from wellkept.policy.database import ROLES, role_name

# What a fresh database has already, made by `prepare`.
MADE_ALREADY = re.compile(r"^\d+; \d+ \d+ (SCHEMA -|ACL - SCHEMA|COMMENT - SCHEMA|DEFAULT ACL )")
OPTIONS = ("--exit-on-error", "--single-transaction", "--no-password")

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore found: removals done again, sealed entries that are lost, databases put aside under a new name."""

    removals: int
    lost: int
    aside: tuple[str, ...]


def restore(*, operator: str, state: Path, file: Path, replace: bool = False, lost: int | None = None) -> Restored:
    """Put a backup in the place of the operator's databases, and begin a new epoch of the ledger.

    ``lost`` is how many sealed entries did not come back; it is counted from the published tiles unless given.

    Nothing is touched until both files have been read whole under the backup key. When a step fails, what was there
    before is put back. Raises ``ClusterError`` when a process still uses the databases, or when they hold tables and
    ``replace`` is false.
    """
    files = {"records": file, "keys": file.with_name(file.name + ".keys")}
    key = seal.kept_key(state / operator / "backup.key")
    lines = journal.read(file.with_name(journal.NAME))
    for path in files.values():
        verify(path, key=key)
    with put_aside(operator=operator, state=state, replace=replace) as aside:
        cluster.prepare(operator, state=state)
        with cluster.for_command(operator, "migrate", state=state) as word:
            for database, path in files.items():
                load(operator=operator, state=state, database=database, path=path, key=key, word=word)
                with connected(operator=operator, state=state, database=database, word=word) as connection:
                    journal.replay(connection, database=database, lines=lines)
            with connected(operator=operator, state=state, database="records", word=word) as connection:
                end_sessions(connection)
                head.note(connection, f"a backup was restored; {len(lines)} removals were done again")
        gone = begin_epoch(operator=operator, state=state, lost=lost)
    return Restored(removals=len(lines), lost=gone, aside=aside)


def begin_epoch(*, operator: str, state: Path, lost: int | None) -> int:
    """Begin the ledger's next epoch as the sealer; returns how many sealed entries it says are lost.

    A ledger that was never sealed needs none.
    """
    folder = state / operator
    place = Place(operator, folder / "ledger", folder / "ledger.key")
    with cluster.connect(operator=operator, role="seal", state=state, autocommit=True) as connection:
        if not (head.exists(connection, "to_regclass('wellkept.ledger_epoch')") and tables.epochs(connection)):
            return 0
        try:
            with publish.alone(place.folder):
                new_epoch(connection, place.signer(), place.folder, reason="A backup was restored.", lost=lost)
        except BlockingIOError as error:
            raise cluster.ClusterError("A sealer is at work on this ledger: stop `wellkept serve` first.") from error
        except (SealError, publish.Unpublished, NoteError) as error:
            raise cluster.ClusterError(f"The ledger cannot go on from this backup: {error}.") from error
        row = connection.execute("select lost from wellkept.ledger_epoch order by number desc limit 1").fetchone()
        return int(str(row[0])) if row else 0


def verify(path: Path, *, key: bytes) -> None:
    """Read a backup file to its end; raises ``ClusterError`` when it is missing or a byte of it is not as written."""
    try:
        with path.open("rb") as file:
            for _piece in seal.decrypt(file, key=key):
                pass
    except OSError as error:
        raise cluster.ClusterError(f"The backup {path} cannot be read: {error.strerror}.") from error


def load(*, operator: str, state: Path, database: str, path: Path, key: bytes, word: str) -> None:
    """Load one file into its fresh database, in one transaction.

    The migrate role does it as itself and not as the owner: triggers and grants need the gate's rights as well.
    """
    parts = cluster.parameters(operator=operator, role="migrate", database=database, state=state, word=word)
    environment = libpq(parts) | {"PGOPTIONS": "-c role=none"}
    program = find(version=cluster.status(state).version).program("pg_restore")
    listed = pg_restore([program, "--list"], path=path, key=key, environment=environment)
    wanted = "".join(line for line in listed.splitlines(keepends=True) if not MADE_ALREADY.match(line))
    with gate_may_create(operator=operator, state=state, database=database), tempfile.NamedTemporaryFile("w") as chosen:
        chosen.write(wanted)
        chosen.flush()
        command = [program, *OPTIONS, f"--use-list={chosen.name}", f"--dbname={parts['dbname']}"]
        pg_restore(command, path=path, key=key, environment=environment)


def pg_restore(command: list[str], *, path: Path, key: bytes, environment: dict[str, str]) -> str:
    """Feed a decrypted backup to ``pg_restore`` and return what it prints; the clear text never lies on a disk."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints, path.open("rb") as file:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=out, stderr=complaints)
        feed(process, seal.decrypt(file, key=key))
        if process.wait() != 0:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines()
            raise cluster.ClusterError(f"pg_restore failed: {said[0] if said else 'it said nothing'}.")
        out.seek(0)
        return out.read().decode()


def feed(process: subprocess.Popen[bytes], pieces: Iterator[bytes]) -> None:
    """Write the pieces to the program, which may stop reading early: for a list it needs the beginning alone."""
    if process.stdin is None:
        return
    try:
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.close()
    except BrokenPipeError:
        process.stdin = None


@contextmanager
def gate_may_create(*, operator: str, state: Path, database: str) -> Iterator[None]:
    """Let functions be handed to the gate, which must be able to create in the schema for that, and no longer."""
    gate = sql.Identifier(role_name(operator, "gate"))
    with cluster.administer(f"wellkept_{operator}{SUFFIXES[database]}", state=state) as connection:
        connection.execute(sql.SQL("grant create on schema wellkept to {}").format(gate))
        try:
            yield
        finally:
            connection.execute(sql.SQL("revoke create on schema wellkept from {}").format(gate))


@contextmanager
def connected(*, operator: str, state: Path, database: str, word: str) -> Iterator[Connection]:
    """A connection of the migrate role as itself, from which row security hides nothing.

    It is on all the same: the gate's functions stand under their policies, and with it off they would be refused.
    """
    with cluster.connect(operator=operator, role="migrate", database=database, state=state, word=word) as connection:
        connection.execute("set role none")
        connection.execute("set row_security = on")
        yield connection


def end_sessions(connection: Connection) -> None:
    """End every session that the backup brought back: some were signed out after it was taken."""
    if head.exists(connection, "to_regclass('wellkept.accounts_session')"):
        connection.execute("delete from wellkept.accounts_session")
    connection.commit()


@contextmanager
def put_aside(*, operator: str, state: Path, replace: bool) -> Iterator[tuple[str, ...]]:
    """Rename the operator's databases out of the way, and back when the block fails; empty ones are dropped."""
    names = [f"wellkept_{operator}{suffix}" for suffix in SUFFIXES.values()]
    stamp = f"{datetime.now(tz=UTC):%Y%m%dT%H%M%S}"
    with cluster.administer(state=state) as connection:
        check_unused(connection, names=names)
        full = [name for name in names if has_tables(connection, name=name, state=state)]
        if full and not replace:
            raise cluster.ClusterError(f"The database {full[0]} holds tables already: say --replace to put it aside.")
        moved = {name: f"{name}_{stamp}" for name in names if known(connection, name)}
        for name, aside in moved.items():
            rename(connection, name, aside)
        try:
            yield tuple(moved[name] for name in full)
        except BaseException:
            for name in names:
                connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
            for name, aside in moved.items():
                rename(connection, aside, name)
            raise
        for name in moved.keys() - set(full):
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(moved[name])))
        for name in full:
            close(connection, name=moved[name], operator=operator)


def check_unused(connection: Connection, *, names: list[str]) -> None:
    """Raise ``ClusterError`` when a process still uses the databases."""
    query = "select usename from pg_stat_activity where datname = any (%s) limit 1"
    row = connection.execute(query, [names]).fetchone()
    if row:
        raise cluster.ClusterError(f"{row[0]} is still connected: stop `wellkept serve` first.")


def has_tables(connection: Connection, *, name: str, state: Path) -> bool:
    """Whether a database is there and holds anything in our schema."""
    if not known(connection, name):
        return False
    with cluster.administer(name, state=state) as inside:
        query = "select 1 from pg_class where relnamespace = to_regnamespace('wellkept') limit 1"
        return inside.execute(query).fetchone() is not None


def known(connection: Connection, name: str) -> bool:
    """Whether there is a database of that name."""
    return connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def rename(connection: Connection, name: str, new: str) -> None:
    """Give a database another name."""
    connection.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(name), sql.Identifier(new)))


def close(connection: Connection, *, name: str, operator: str) -> None:
    """Let none of the operator's roles into a database that was put aside."""
    roles = sql.SQL(", ").join(sql.Identifier(role_name(operator, role)) for role in ROLES)
    connection.execute(sql.SQL("revoke all on database {} from {}").format(sql.Identifier(name), roles))
