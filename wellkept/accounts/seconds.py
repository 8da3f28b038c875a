"""The second half of a sign-in: a code of the authenticator app, a recovery code, or a passkey. As the entrance role.

Serves R-10. Tries are counted before anything is compared; a code works once.
"""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wellkept.accounts import hashes, totp
from wellkept.accounts.actions import Begun, _run, begin_session
from wellkept.vault.envelope import CannotOpenError


@dataclass(frozen=True, slots=True)
class Owed:
    """What may complete a half-made sign-in."""

    authenticator: bool
    passkeys: bool
    codes: bool


def owed(half: bytes) -> Owed | None:
    """What is owed by the half-made sign-in whose secret has this hash; None where there is none or it ended."""
    row = _run("select authenticator, passkeys, codes from wellkept.accounts_half_owes(%s)", [half])
    return Owed(*row) if row[0] is not None else None


def by_code(half: bytes, typed: str, *, browser: str = "") -> Begun | None:
    """A session for a code of the app or a recovery code; None where it is neither or was used, or no try is left."""
    if totp.looks_like(typed):
        return _by_app(half, typed, browser=browser)
    account = _run("select account from wellkept.accounts_half_account(%s)", [half])[0]
    if account is None:
        return None
    asked = "select account, before, method from wellkept.accounts_half_recovery(%s, %s)"
    return _completed(_run(asked, [half, hashes.recovery_code(account, typed)]), way="recovery code", browser=browser)


def by_passkey(half: bytes, account: UUID, *, browser: str = "") -> Begun | None:
    """A session for a passkey of the account, whose signature was found right (``passkeys.signed``)."""
    asked = "select account, before, method from wellkept.accounts_half_done(%s, %s)"
    return _completed(_run(asked, [half, account]), way="passkey", browser=browser)


def step(secret: bytes | None, typed: str, *, account: UUID, row: UUID) -> int | None:
    """The half minute of a typed code of that sealed secret; None for a wrong code and without a secret."""
    if secret is None:
        return None
    try:
        return totp.step_of(totp.opened(secret, account=account, row=row), typed, now=time.time())
    except CannotOpenError:
        return None


def _by_app(half: bytes, typed: str, *, browser: str) -> Begun | None:
    account, row, secret = _run("select account, authenticator, secret from wellkept.accounts_half_try(%s)", [half])
    right = step(secret, typed, account=account, row=row)
    if right is None:
        return None
    asked = "select account, before, method from wellkept.accounts_half_step(%s, %s, %s)"
    return _completed(_run(asked, [half, row, right]), way="authenticator", browser=browser)


def _completed(done: Any, *, way: str, browser: str) -> Begun | None:  # noqa: ANN401  (a row of the database)
    account, before, method = done
    if account is None:
        return None
    secret = begin_session(account, before=before, method=f"{method}+{way}", browser=browser)
    return Begun(secret, complete=True)
