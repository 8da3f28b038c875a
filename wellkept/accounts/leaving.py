"""Accounts that end: closed by their holder, or some months after a member's coverage ended.

Serves U-30, U-08. What could be presented at the entrance goes with the account; what the law has us keep stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection, connections

from wellkept.accounts.actions import DOOR

PAGE: Final = 500
NOTICE_DAYS: Final = 60
"""How long before the day a member is told: time to read, to print and to take a copy."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An account whose member's coverage ended: the last day covered, and the day on which the account closes."""

    account: UUID
    person: UUID
    covered_until: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class OwnEnd:
    """When one's own coverage ended, and when the account closes; None where it goes on, or nothing was told yet."""

    covered_until: date | None
    closes_on: date | None


def close(secret: bytes) -> str:
    """Close the session's own account: "yes", "again" (show first that it is you), "last" or "staff"."""
    with connections[DOOR].cursor() as cursor:
        cursor.execute("select wellkept.accounts_close(%s)", [secret])
        return str(cursor.fetchone()[0])


def own_end(secret: bytes, *, today: date) -> OwnEnd:
    """How it stands for the session's own member; nothing for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute("select covered_until, closes_on from wellkept.accounts_my_end(%s, %s)", [secret, today])
        return OwnEnd(*cursor.fetchone())


def to_tell(*, today: date, months: int) -> Iterator[Ending]:
    """Whose account closes within the days of the notice, and who was not told yet. Runs as ``jobs``."""
    after = UUID(int=0)
    while rows := _page(after, today=today, months=months):
        for account, person, covered_until, closes_on in rows:
            if closes_on is not None and (closes_on - today).days <= NOTICE_DAYS:
                yield Ending(account, person, covered_until, closes_on)
        after = rows[-1][0]


def _page(after: UUID, *, today: date, months: int) -> list[tuple[UUID, UUID, date, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select account, person, covered_until, closes_on from wellkept.accounts_to_end(%s, %s, %s, %s, %s)",
            [after, PAGE, today, months, NOTICE_DAYS],
        )
        rows: list[tuple[UUID, UUID, date, date | None]] = cursor.fetchall()
        return rows


def told(one: Ending) -> bool:
    """Keep that a member was told the day; False where they had been. Runs as ``jobs``."""
    with connection.cursor() as cursor:
        arguments: list[UUID | date] = [one.account, one.covered_until, one.closes_on]
        cursor.execute("select wellkept.accounts_told_end(%s, %s, %s)", arguments)
        return bool(cursor.fetchone()[0])


def close_ended(*, today: date) -> int:
    """Close the accounts whose day has come; returns how many, 500 at most. Runs as ``jobs``."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_close_ended(%s)", [today])
        return int(cursor.fetchone()[0])
