"""Showing once more that it is you, in a session that is open: by password, by authenticator app, or by passkey.

Serves R-10. As the entrance role. The session goes on under a new secret, and the old one opens nothing.
"""

import secrets

from django.contrib.auth.hashers import check_password

from wellkept.accounts import passwords, seconds, totp
from wellkept.accounts.actions import _run, nobody, secret_hash


def by_word(secret: bytes, typed: str) -> str | None:
    """The session's new secret, for its password or a code of its app; None where it is wrong or 20 tries are spent."""
    asked = "select account, password, authenticator, secret from wellkept.accounts_again_try(%s)"
    account, hashed, row, sealed = _run(asked, [secret])
    if account is None:
        check_password(typed, nobody())
        return None
    if totp.looks_like(typed) and row is not None:
        step = seconds.step(sealed, typed, account=account, row=row)
        used = "select wellkept.accounts_again_step(%s, %s, %s)"
        return proved(secret) if step is not None and _run(used, [secret, row, step])[0] else None
    right = not passwords.is_too_long(typed) and check_password(passwords.canonical(typed), hashed or nobody())
    return proved(secret) if right else None


def proved(secret: bytes) -> str | None:
    """The session's new secret, after whoever called this found that it is its holder; None where it has ended."""
    new = secrets.token_urlsafe(32)
    return new if _run("select wellkept.accounts_prove(%s, %s)", [secret, secret_hash(new)])[0] else None
