"""Entering and holding over a bare connection, as a process of the house does it."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from tests.cluster import Cluster

ENTER = "select wellkept.gate_enter(%s, %s::uuid[], %s, %s::text[], %s::uuid)"
MACHINE = "select wellkept.gate_enter_machine(%s::uuid[], %s, %s::text[], %s::uuid, %s)"
SEARCH = "select wellkept.gate_search(%s, %s, %s, %s)"
WRITING = """
select count(pg_logical_emit_message(false, 'x', repeat('x', 300))) from (select generate_series(1, 100000000)) as s
"""
HOLD = "select * from wellkept.gate_hold(%s)"
CLAIMS = "select count(*) from wellkept.benefits_claim"


def number(connection: psycopg.Connection, statement: str, values: Sequence[Any] = ()) -> int:
    """The first value of the first row."""
    row = connection.execute(statement, values or None).fetchone()
    assert row
    return int(row[0])


def flushed(connection: psycopg.Connection, entry: int) -> int:
    """The entry, once it is on disk, so that an attack meets the lock and not the wait for the disk."""
    if connection.info.transaction_status == TransactionStatus.IDLE:
        connection.execute("select wellkept.gate_flush()")
    return entry


def entered(
    web: psycopg.Connection,
    secret: bytes,
    people: Sequence[UUID] | str | None,
    *categories: str,
    why: str = "PATRQT",
    occasion: UUID | None = None,
) -> int:
    """Step one, committed and on disk. ``people`` may be an array's own text."""
    return flushed(web, number(web, ENTER, [secret, people, why, list(categories), occasion]))


def searched(web: psycopg.Connection, secret: bytes, index: bytes | None, *, kind: str | None = "name") -> int:
    return flushed(web, number(web, SEARCH, [secret, kind, index, "MEMADMIN"]))


@contextmanager
def held(web: psycopg.Connection, entry: int, *, undo: bool = False) -> Iterator[psycopg.Connection]:
    """A transaction in which the entry is open; where its commit is not flushed yet it is held again."""
    while True:
        web.execute("begin")
        try:
            web.execute(HOLD, [entry])
            break
        except psycopg.DatabaseError as error:
            web.execute("rollback")
            if error.sqlstate != "WK003":
                raise
            web.execute("select wellkept.gate_flush()")
    try:
        yield web
    finally:
        web.execute("rollback" if undo else "commit")


def claims(web: psycopg.Connection, entry: int) -> int:
    """How many claims an entry opens."""
    with held(web, entry):
        return number(web, CLAIMS)


def refusal(web: psycopg.Connection, entry: int) -> str:
    """Why an entry was refused."""
    with pytest.raises(psycopg.DatabaseError) as caught:
        claims(web, entry)
    assert caught.value.sqlstate == "WK001"
    return str(caught.value.diag.message_primary)


def entry_of(house: Cluster, entry: int) -> dict[str, Any]:
    """What the ledger says, asked of the administrator."""
    with house.administer("wellkept_umr") as connection:
        cursor = connection.execute("select * from wellkept.ledger_entry where id = %s", [entry])
        row = cursor.fetchone()
        assert row
        assert cursor.description
        return dict(zip((column.name for column in cursor.description), row, strict=True))


@contextmanager
def somebody_writes(house: Cluster) -> Iterator[None]:
    """The log grows all the while by one transaction that does not commit, as when a file is brought in."""
    with house.administer("wellkept_umr") as connection:

        def write() -> None:
            with contextlib.suppress(psycopg.errors.QueryCanceled):
                connection.execute(WRITING)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            yield
        finally:
            while writer.is_alive():
                connection.cancel_safe()
                writer.join(0.1)
