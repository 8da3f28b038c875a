"""What a command says to the ledger, and asks of it."""

import psycopg

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


def exists(connection: Connection, expression: str) -> bool:
    """Whether a ``to_reg...`` expression of ours finds something."""
    row = connection.execute(f"select {expression} is not null").fetchone()
    return bool(row and row[0])
