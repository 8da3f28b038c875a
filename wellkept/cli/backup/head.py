"""How far the ledger goes: what the database holds, and what was published outside of it."""

from pathlib import Path

import psycopg

from wellkept.cli.cluster import ClusterError
from wellkept.ledger.checkpoint import NoteError, read_checkpoint, read_note

Connection = psycopg.Connection[tuple[object, ...]]


def note(connection: Connection, reason: str) -> bool:
    """Write a ledger entry of the kind ``maintenance``; says whether there is a ledger to write it to.

    The role that is noted is the one that logged in, so a session that became the owner is put back first.
    """
    connection.execute("set role none")
    known = exists(connection, "to_regprocedure('wellkept.ledger_note(text, text)')")
    if known:
        connection.execute("select wellkept.ledger_note('maintenance', %s)", [reason])
        connection.commit()
    return known


def sealed_entries(connection: Connection) -> int:
    """How many entries the database has sealed; 0 before the first migration."""
    if not exists(connection, "to_regclass('wellkept.ledger_leaf')"):
        return 0
    row = connection.execute("select count(*) from wellkept.ledger_leaf").fetchone()
    return int(str(row[0])) if row else 0


def published_entries(folder: Path) -> int:
    """How many entries the last checkpoint outside the database covers.

    Returns 0 when none was published yet.
    """
    path = folder / "checkpoint"
    if not path.exists():
        return 0
    try:
        return read_checkpoint(read_note(path.read_text(encoding="utf-8"))[0]).size
    except NoteError as error:
        raise ClusterError(f"The file {path} is not a checkpoint: {error}.") from error


def exists(connection: Connection, expression: str) -> bool:
    """Whether a ``to_reg...`` expression of ours finds something."""
    row = connection.execute(f"select {expression} is not null").fetchone()
    return bool(row and row[0])
