"""The sign-ins of the session's own account, for their owner, and the policy that each met.

Serves U-30, U-37. Functions of the database answer.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from wellkept.accounts.events import ways
from wellkept.policy.kinds import Words


@dataclass(frozen=True, slots=True)
class Visit:
    """One sign-in that has not ended. ``this`` says that it is the one that asks.

    ``failed_before`` is how many tries with the account's name failed between the sign-in before it and this one,
    ``policy`` the version of the policy in force when it began; None where none was kept.
    """

    occasion: UUID
    began: datetime
    seen: datetime
    this: bool
    failed_before: int = 0
    policy: str | None = None
    method: str = "password"
    browser: str = ""

    @property
    def ways(self) -> tuple[Words, ...]:
        """By which ways it was begun, in words."""
        return ways(self.method)


@dataclass(frozen=True, slots=True)
class Left:
    """In how many seconds a session ends: where nothing uses it, and in any case."""

    unused: int
    whole: int

    @property
    def seconds(self) -> int:
        """Whichever comes first."""
        return min(self.unused, self.whole)


@dataclass(frozen=True, slots=True)
class Met:
    """A version of the policy: the first and the last sign-in under it, and when its owner said that they read it."""

    version: str
    first: datetime
    last: datetime
    read: datetime | None


def visits(secret: bytes) -> tuple[Visit, ...]:
    """The sign-ins of the account whose session's secret has this hash, newest first; empty where it has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select occasion, began, seen, this, failed_before, policy_version, method, browser"
            " from wellkept.accounts_my_sessions(%s)",
            [secret],
        )
        return tuple(Visit(*row) for row in cursor.fetchall())


def end(secret: bytes, *, occasion: UUID) -> bool:
    """End one of the same account's sign-ins; False where it has none of that visit."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_end_my_session(%s, %s)", [secret, occasion])
        return bool(cursor.fetchone()[0])


def end_others(secret: bytes) -> int:
    """End every other sign-in of the same account; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_end_other_sessions(%s)", [secret])
        return int(cursor.fetchone()[0])


def left(secret: bytes, *, use: bool) -> Left | None:
    """How long the session goes on; with ``use`` it counts as used now. None where it has ended."""
    with connection.cursor() as cursor:
        cursor.execute("select unused, whole from wellkept.accounts_my_time(%s, %s)", [secret, use])
        row = cursor.fetchone()
    return Left(*row) if row else None


def met(secret: bytes) -> tuple[Met, ...]:
    """The versions of the policy that the same account met, the newest first; empty where the session has ended."""
    with connection.cursor() as cursor:
        cursor.execute("select version, first_at, last_at, read_at from wellkept.accounts_my_versions(%s)", [secret])
        return tuple(Met(*row) for row in cursor.fetchall())


def say_read(secret: bytes, *, version: str) -> bool:
    """Keep that the account's holder read a version, which the caller found to be one; False without a session."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_say_read(%s, %s)", [secret, version])
        return bool(cursor.fetchone()[0])


def standing(secret: bytes) -> str:
    """What a cookie stands for: "open", "ran out" (nobody ended it), "half" (a sign-in not complete), or ""."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_standing(%s)", [secret])
        return str(cursor.fetchone()[0])


def proved(secret: bytes, *, minutes: int) -> bool:
    """Whether the session's holder showed within so many minutes that it is them; False where it has ended."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_proved(%s, %s)", [secret, minutes])
        return bool(cursor.fetchone()[0])
