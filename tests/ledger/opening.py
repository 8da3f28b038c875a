"""Entering, holding and counting, as the attacks on the lock do it."""

from uuid import UUID

import psycopg
from psycopg.pq import TransactionStatus

from tests.cluster import Cluster

ENTER = "select wellkept.gate_enter(%s, %s, %s, %s, %s)"
HOLD = "select * from wellkept.gate_hold(%s)"
CLAIMS = "select count(*) from benefits_claim"


def entered(
    web: psycopg.Connection,
    secret: bytes,
    people: list[UUID] | None,
    why: str,
    *categories: str,
    occasion: UUID | None = None,
) -> int:
    row = web.execute(ENTER, [secret, people, why, list(categories), occasion]).fetchone()
    assert row
    if web.info.transaction_status == TransactionStatus.IDLE:
        web.execute("select wellkept.gate_flush()")  # so that an attack meets the lock and not the wait for the disk
    return int(row[0])


def counted(web: psycopg.Connection) -> int:
    row = web.execute(CLAIMS).fetchone()
    assert row
    return int(row[0])


def read(web: psycopg.Connection, entry: int) -> int:
    for last in (False, True):
        try:
            with web.transaction():
                web.execute(HOLD, [entry])
                return counted(web)
        except psycopg.DatabaseError as error:
            if error.sqlstate != "WK003" or last:
                raise
            web.execute("select wellkept.gate_flush()")
    raise AssertionError


def written(house: Cluster, where: str, values: list[object]) -> int:
    with house.administer("wellkept_umr") as connection:
        row = connection.execute(f"select count(*) from wellkept.ledger_entry where {where}", values).fetchone()
    assert row
    return int(row[0])
