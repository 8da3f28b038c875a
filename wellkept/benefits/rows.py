"""Rows of claims as finished values."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.benefits.values import ClaimLine, Status
from wellkept.organisations.queries import providers
from wellkept.policy.words import Category, Key, Retention

COLUMNS: Final = (
    "id, provider_id, served_from, served_to, received_on, decided_on, status, billed, allowed, paid, owed, kind,"
    " category"
)


def lines_of(rows: Sequence[Sequence[Any]]) -> tuple[ClaimLine, ...]:
    """Rows that begin with ``COLUMNS``, with the names of who gave care."""
    names = providers({row[1] for row in rows if row[1]})
    return tuple(line(row, names.get(row[1], "")) for row in rows)


def line(row: Sequence[Any], provider: str) -> ClaimLine:
    """One claim."""
    number, _of, served_from, served_to, received_on, decided_on, status, billed, allowed, paid, owed, kind, held = row[
        :13
    ]
    return ClaimLine(
        id=number, provider=provider, served_from=served_from, served_to=served_to, received_on=received_on,
        decided_on=decided_on, status=Status.NOTHING_PAID if status == Status.PAID and not paid else Status(status),
        billed=billed, allowed=allowed, paid=paid, owed=owed, kind=kind, sensitive=held == Category.SENSITIVE_CLAIMS,
    )  # fmt: skip


def spoken(key: Key, person: UUID, claim: UUID, sealed: bytes) -> str:
    """The number to quote; "" where its key was destroyed."""
    if not sealed:
        return ""
    try:
        return key.unseal(person, Retention.BENEFITS, "claim.number", claim, bytes(sealed))
    except LookupError:
        return ""


def ask(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
