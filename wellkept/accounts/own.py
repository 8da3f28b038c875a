"""What the holder of an account does about it: a new password, and "this was not me".

Serves U-30, P-18. Whatever compares a password or closes one runs as the entrance role.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, connections

from wellkept.accounts import passwords
from wellkept.accounts.actions import DOOR, nobody

# Without vowels, and without figures and letters that look or sound alike.
_SIGNS: Final = "2345679CDFGHJKMNPQRTVWXYZ"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What customer service sees of somebody's "this was not me": no account and no name."""

    id: UUID
    number: str
    role: str
    about: str
    raised_at: datetime
    done_at: datetime | None
    done_by: str | None


@dataclass(frozen=True, slots=True)
class Terms:
    """A text that the session's own account agreed to, in which language, and when."""

    document: str
    version: str
    at: datetime
    language: str


def change_password(secret: bytes, *, old: str | None, new: str) -> bool:
    """Give the session's account a new password, which the caller checked; every other session of it ends.

    ``old`` is what was typed as the old one, None where the holder came in without one and has just shown that it is
    them. False where it is wrong, where that was too long ago, or where somebody else changed it in the same moment.
    """
    was = None
    if old is not None:
        account, was = _entrance("select account, password from wellkept.accounts_my_try(%s)", [secret])
        right = check_password(passwords.canonical(old), was or nobody())
        if account is None or not right:
            return False
    arguments = [secret, was, make_password(passwords.canonical(new)), passwords.is_short(new)]
    return bool(_entrance("select wellkept.accounts_change_password(%s, %s::text, %s, %s)", arguments)[0])


def not_me(secret: bytes, *, about: str, ways: bool, browser: str) -> str | None:
    """End every session of the account and let no password open it. The number to quote on the phone; None without one.

    ``about`` is the kind of event, or "session"; with ``ways`` passkeys, authenticator and recovery codes go, too.
    """
    number = "-".join("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _half in range(2))
    asked = "select wellkept.accounts_not_me(%s, %s, %s, %s, %s)"
    found: str | None = _entrance(asked, [secret, number, about, ways, browser])[0]
    return found


def may_undo(token: str) -> bool:
    """Whether the link of a mail to an old address works still."""
    return bool(_entrance("select wellkept.accounts_may_undo(%s)", [token_hash(token)])[0])


def undo_address(token: str) -> bool:
    """Bring the old address back and end every sign-in of its holder; False where the link works no more."""
    return bool(_entrance("select wellkept.accounts_undo_address(%s)", [token_hash(token)])[0])


def token_hash(token: str) -> bytes:
    """What the database knows of a link: SHA-256. The token has 128 random bits, so no key is needed."""
    return hashlib.sha256(token.encode()).digest()


def alarms(secret: bytes) -> tuple[Alarm, ...]:
    """Those that wait, the oldest first, then those of the last seven days; nobody but a representative has any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, number, role, about, raised_at, done_at, done_by from wellkept.accounts_alarms(%s)", [secret]
        )
        return tuple(Alarm(*row) for row in cursor.fetchall())


def alarm_done(secret: bytes, alarm: UUID) -> bool:
    """Say that an alarm was seen to; False where it was already, or for anybody but a representative."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_alarm_done(%s, %s)", [secret, alarm])
        return bool(cursor.fetchone()[0])


def terms(secret: bytes) -> tuple[Terms, ...]:
    """The texts that the session's own account agreed to, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("select document, version, at, language from wellkept.accounts_my_terms(%s)", [secret])
        return tuple(Terms(*row) for row in cursor.fetchall())


def _entrance(statement: str, arguments: list[Any]) -> Any:  # noqa: ANN401  (the one row of a function of the database)
    with connections[DOOR].cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()
