"""Registering, signing in and out. Every statement runs as the entrance role, which no page but the entrance's has."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connections
from django.utils import timezone

from wellkept.accounts import hashes, passwords
from wellkept.policy import packs, practices

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


def sign_in(*, login: str, password: str) -> str | None:
    """The secret of a new session, or None. A name nobody has costs as much time as one somebody has."""
    asked = "select id, password, failures from wellkept.accounts_account where login = %s and closed_at is null"
    found = _run(asked, [hashes.login(login)])
    account, hashed, failures = found or (None, nobody(), 0)
    right = check_password(passwords.canonical(password), hashed)
    if account is None or failures >= FAILURES:
        return None
    if not right:
        _run("select wellkept.accounts_failed(%s)", [account])
        return None
    return begin_session(account)


def begin_session(account: UUID) -> str:
    """A session for an account whose password was right."""
    secret = secrets.token_urlsafe(32)
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    idle = timedelta(minutes=practices.number(pack, "session_idle_minutes"))
    lasts = timedelta(hours=practices.number(pack, "session_hours"))
    _run("select wellkept.accounts_begin_session(%s, %s, %s, %s)", [account, secret_hash(secret), idle, lasts])
    return secret


def sign_out(secret: bytes) -> None:
    """End the session with this hash."""
    _run("select wellkept.accounts_end_session(%s)", [secret])


def add_staff(*, role: str, login: str, password: str, actor: str) -> UUID:
    """An account for a member of staff; the caller checked the password. Raises ``IntegrityError`` for a taken name."""
    account = uuid4()
    _run(
        "insert into wellkept.accounts_account"
        " (id, role, login, password, actor, created_at, failures, collected_under)"
        " values (%s, %s, %s, %s, %s, now(), 0, %s) returning id",
        [
            account,
            role,
            hashes.login(login),
            make_password(passwords.canonical(password)),
            actor,
            collected_under(),
        ],
    )
    return account


def nobody() -> str:
    """A hash that no password answers, made once a process."""
    if not _NOBODY:
        _NOBODY.append(make_password(secrets.token_urlsafe(32)))
    return _NOBODY[0]


_NOBODY: list[str] = []


def _run(statement: str, arguments: list[Any]) -> tuple[Any, ...] | None:
    with connections[DOOR].cursor() as cursor:
        cursor.execute(statement, arguments)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def collected_under() -> str:
    """The policy version in force today."""
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    return packs.in_force(pack, timezone.now().astimezone(ZoneInfo(pack.time_zone)).date()).version
