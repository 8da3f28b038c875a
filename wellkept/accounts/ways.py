"""The ways to sign in beside the password, as their owner sees and changes them. As the entrance role.

Serves R-10. Every change needs a session that showed within 15 minutes who it is; the database asks for it too.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from django.db import connections

from wellkept.accounts import codes, hashes, passkeys, seconds, totp
from wellkept.accounts.actions import DOOR, _run
from wellkept.vault.envelope import CannotOpenError

CODES: Final = 10
"""Recovery codes of one making."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its ``kind`` (passkey, authenticator, recovery codes), a passkey's own name, days, codes left."""

    kind: str
    id: UUID | None
    label: str
    discoverable: bool
    added: date
    used: date | None
    left: int


def mine(secret: bytes, *, account: UUID) -> tuple[Way, ...]:
    """The ways of the session's own account, which is ``account``: by kind, the oldest first."""
    with connections[DOOR].cursor() as cursor:
        cursor.execute(
            "select kind, id, label, discoverable, added_on, used_on, codes from wellkept.accounts_my_ways(%s)",
            [secret],
        )
        return tuple(
            Way(kind, row, _label(label, account=account, row=row), found, added, used, left or 0)
            for kind, row, label, found, added, used, left in cursor.fetchall()
        )


def has_second(secret: bytes) -> bool:
    """Whether the session's account has a passkey or an authenticator app, so that a shorter password may do."""
    with connections[DOOR].cursor() as cursor:
        cursor.execute("select kind from wellkept.accounts_my_ways(%s)", [secret])
        return any(kind != "recovery codes" for (kind,) in cursor.fetchall())


def begin_app(secret: bytes) -> str | None:
    """The secret of a new authenticator app, which waits for its first code; None without a fresh proof."""
    account = _run("select account from wellkept.accounts_at_ways(%s)", [secret])[0]
    if account is None:
        return None
    row, made = uuid4(), totp.new_secret()
    arguments = [secret, row, totp.sealed(made, account=account, row=row)]
    return made if _run("select wellkept.accounts_start_authenticator(%s, %s, %s)", arguments)[0] else None


def waiting_app(secret: bytes) -> str | None:
    """The secret of the app that waits, to be shown again after a wrong code; None where none does."""
    row = _run("select account, authenticator, secret from wellkept.accounts_shown_authenticator(%s)", [secret])
    return totp.opened(row[2], account=row[0], row=row[1]) if row[0] is not None else None


def confirm_app(secret: bytes, typed: str) -> bool:
    """Whether the code is right; from here on the app counts, and replaces the one before it."""
    asked = "select account, authenticator, secret from wellkept.accounts_waiting_authenticator(%s)"
    account, row, sealed = _run(asked, [secret])
    step = seconds.step(sealed, typed, account=account, row=row)
    used = "select wellkept.accounts_confirm_authenticator(%s, %s, %s)"
    return step is not None and bool(_run(used, [secret, row, step])[0])


def remove_app(secret: bytes) -> str:
    """Forget the app: "yes", "no", or "password" where the password is too short to stand alone afterwards."""
    return str(_run("select wellkept.accounts_remove_authenticator(%s)", [secret])[0])


def new_codes(secret: bytes) -> tuple[str, ...]:
    """Ten recovery codes, to be shown once; the old ones stop working. None without a second way or a fresh proof."""
    account = _run("select account from wellkept.accounts_at_ways(%s)", [secret])[0]
    if account is None:
        return ()
    made = tuple(new_code() for _ in range(CODES))
    arguments = [secret, [hashes.recovery_code(account, one) for one in made]]
    return made if _run("select wellkept.accounts_set_codes(%s, %s::bytea[])", arguments)[0] else ()


def new_code() -> str:
    """80 random bits in four groups: "7KQ2-M0XD-9RTA-3FHC". It cannot be taken for a code of an app."""
    letters = "".join(secrets.choice(codes.ALPHABET) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def _label(sealed: bytes | None, *, account: UUID, row: UUID) -> str:
    if sealed is None:
        return ""
    try:
        return passkeys.label_of(bytes(sealed), account=account, row=row)
    except CannotOpenError:
        return ""
