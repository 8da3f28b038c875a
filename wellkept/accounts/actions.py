"""Registering, signing in and out. Every statement runs as the entrance role, which no page but the entrance's has."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connections

from wellkept.accounts import hashes, passwords
from wellkept.policy import packs, practices

# Tries with a password since the last that worked; accounts_try (sql/entrance.sql) counts them.
FAILURES: Final = 100
DOOR: Final = "entrance"


def secret_hash(secret: str) -> bytes:
    """SHA-256 of a session's secret: what the database knows of it. The secret has 256 bits, so no key is needed."""
    return hashlib.sha256(secret.encode()).digest()


def ask_for_code(*, member: str, group: str, name: str, born: date) -> None:
    """Ask for an access code. A job looks up; the answer is the same for everybody (P-15)."""
    roster = hashes.roster(member=member, group=group, name=name, born=born)
    _run("select wellkept.accounts_ask(%s, %s)", [roster, hashes.birth_date(born)])


def redeem(*, code: str, born: date, login: str, password: str) -> str:
    """Use an access code: "yes", "name taken", or "no" for every other reason. The caller checked the password."""
    hashed = make_password(passwords.canonical(password))
    arguments = [
        hashes.code(code),
        hashes.birth_date(born),
        hashes.login(login),
        hashed,
        collected_under(),
    ]
    return str(_run("select wellkept.accounts_redeem(%s, %s, %s, %s, %s)", arguments)[0])


def sign_in(*, login: str, password: str, before: bytes | None = None) -> str | None:
    """The secret of a new session, or None. ``before`` is the hash of the session this browser has had; it ends.

    A name nobody has, a closed account and a spent count cost as much time as a wrong password, and say as little.
    """
    decoy = nobody()
    account, hashed = _run("select account, password from wellkept.accounts_try(%s)", [hashes.login(login)])
    right = check_password(passwords.canonical(password), hashed or decoy)
    if account is None or not right:
        _run("select wellkept.accounts_failed(%s::uuid)", [account])
        return None
    return begin_session(account, before=before)


def begin_session(account: UUID, *, before: bytes | None = None) -> str:
    """A session for an account whose password was right: a secret of 256 random bits that nobody else chose."""
    secret = secrets.token_urlsafe(32)
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    idle = timedelta(minutes=practices.number(pack, "session_idle_minutes"))
    lasts = timedelta(hours=practices.number(pack, "session_hours"))
    arguments = [account, secret_hash(secret), idle, lasts, before, packs.now_in_force(pack).version]
    _run("select wellkept.accounts_begin_session(%s, %s, %s, %s, %s::bytea, %s)", arguments)
    return secret


def sign_out(secret: bytes) -> None:
    """End the session with this hash."""
    _run("select wellkept.accounts_end_session(%s)", [secret])


def add_staff(*, role: str, login: str, password: str, actor: str) -> UUID:
    """An account for a member of staff; the caller checked the password. Raises ``IntegrityError`` for a taken name."""
    arguments = [role, hashes.login(login), make_password(passwords.canonical(password)), actor, collected_under()]
    account: UUID = _run("select wellkept.accounts_add_staff(%s, %s, %s, %s, %s)", arguments)[0]
    return account


def renew_staff(*, login: str, password: str) -> bool:
    """A new password for a member of staff, whose sessions end; False where nobody of staff has that sign-in name."""
    arguments = [hashes.login(login), make_password(passwords.canonical(password))]
    return bool(_run("select wellkept.accounts_renew_staff(%s, %s)", arguments)[0])


def nobody() -> str:
    """A hash that no password answers, made once a process."""
    if not _NOBODY:
        _NOBODY.append(make_password(secrets.token_urlsafe(32)))
    return _NOBODY[0]


_NOBODY: list[str] = []


def _run(statement: str, arguments: list[Any]) -> Any:  # noqa: ANN401  (the one row of a function of the database)
    with connections[DOOR].cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()


def collected_under() -> str:
    """The policy version in force today."""
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    return packs.now_in_force(pack).version
