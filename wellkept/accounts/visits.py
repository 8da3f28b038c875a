"""The sign-ins of the session's own account, for their owner (U-30). Functions of the database answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Visit:
    """One sign-in that has not ended. ``this`` says that it is the one that asks.

    ``failed_before`` is how many tries with the account's name failed between the sign-in before it and this one.
    """

    occasion: UUID
    began: datetime
    seen: datetime
    this: bool
    failed_before: int = 0


def visits(secret: bytes) -> tuple[Visit, ...]:
    """The sign-ins of the account whose session's secret has this hash, newest first; empty where it has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select occasion, began, seen, this, failed_before from wellkept.accounts_my_sessions(%s)", [secret]
        )
        return tuple(Visit(*row) for row in cursor.fetchall())


def end(secret: bytes, *, occasion: UUID) -> bool:
    """End one of the same account's sign-ins; False where it has none of that visit."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_end_my_session(%s, %s)", [secret, occasion])
        return bool(cursor.fetchone()[0])
