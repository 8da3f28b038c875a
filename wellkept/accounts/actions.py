"""Registering, signing in and out. Every statement runs as the entrance role, which no page but the entrance's has."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import Error, connections
from django.utils.translation import gettext as _

from wellkept.accounts import hashes, passwords
from wellkept.policy import packs, practices
from wellkept.policy.words import Refused, Retention, Role
from wellkept.vault.queries import Ring

# Tries with a password since the last that worked; accounts_try (sql/entrance.sql) counts them.
FAILURES: Final = 100
DOOR: Final = "entrance"
# What the database says to a session of an account that nobody renewed (sql/colleagues.sql).
LAPSED: Final = "WK004"
TOLD: Final = "registration.told"
# Bytes: more than any form of registration takes, so that every request has the same length.
TOLD_LENGTH: Final = 6000


@dataclass(frozen=True, slots=True)
class Begun:
    """What a way in led to; ``secret`` is for the cookie. Where it is not ``complete`` a second way is owed."""

    secret: str
    complete: bool


def secret_hash(secret: str) -> bytes:
    """SHA-256 of a session's secret: what the database knows of it. The secret has 256 bits, so no key is needed."""
    return hashlib.sha256(secret.encode()).digest()


def ask(*, audience: str, roster: bytes, born: date, told: Mapping[str, str]) -> None:
    """Ask for an access code: one row, whoever asks. A job looks up; the answer is the same for everybody (P-15).

    ``roster`` is the keyed hash that the list of that audience knows, or not; ``told`` is what was typed. It is sealed
    under a key of the request's own, in one length whatever it says, and goes with that key.
    """
    registration = uuid4()
    with Ring(subjects=[registration]) as ring:
        sealed = ring.seal(
            subject=registration, retention=Retention.INQUIRY, field=TOLD, row=registration, text=padded(told)
        )
    arguments = [registration, audience, roster, hashes.birth_date(born), sealed]
    _run("select wellkept.accounts_ask(%s, %s, %s, %s, %s)", arguments)


def padded(told: Mapping[str, str]) -> str:
    """What was typed as JSON of one length, so that its sealed length says nothing."""
    text = json.dumps(dict(told), ensure_ascii=False)
    return text + " " * (TOLD_LENGTH - len(text.encode("utf-8", "surrogatepass")))


def ask_for_code(*, member: str, group: str, name: str, born: date, email: str = "") -> None:
    """Ask for a member's access code, with what stands on their card. ``name`` is first and last."""
    roster = hashes.roster(member=member, group=group, name=name, born=born)
    told = {"name": name, "member_number": member, "group_number": group, "birth_date": born.isoformat()}
    ask(audience=Role.MEMBER, roster=roster, born=born, told=told | {"email": email})


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


def sign_in(*, login: str, password: str, before: bytes | None = None, browser: str = "") -> Begun | None:
    """A session, or a second way that is owed; None. ``before`` is the hash of what this browser's cookie has held.

    A name nobody has, a closed account and a spent count cost as much time as a wrong password, and say as little.
    """
    decoy = nobody()
    asked = "select account, password from wellkept.accounts_try(%s, %s::bytea)"
    account, hashed = _run(asked, [hashes.login(login), before])
    right = check_password(passwords.canonical(password), hashed or decoy)
    if account is None or not right:
        _run("select wellkept.accounts_failed(%s::uuid)", [account])
        return None
    return go_on(account, before=before, method="password", browser=browser)


def go_on(account: UUID, *, before: bytes | None, method: str, browser: str) -> Begun:
    """Half a sign-in where the account has a second way, else a session, for whoever came by ``method``."""
    secret = secrets.token_urlsafe(32)
    asked = "select wellkept.accounts_begin_half(%s, %s, %s::bytea, %s)"
    if _run(asked, [account, secret_hash(secret), before, method])[0]:
        return Begun(secret, complete=False)
    return Begun(begin_session(account, before=before, method=method, browser=browser), complete=True)


def begin_session(account: UUID, *, before: bytes | None = None, method: str = "password", browser: str = "") -> str:
    """A session for an account whose holder was found by ``method``: a secret of 256 random bits nobody else chose."""
    secret = secrets.token_urlsafe(32)
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    idle = timedelta(minutes=practices.number(pack, "session_idle_minutes"))
    lasts = timedelta(hours=practices.number(pack, "session_hours"))
    arguments = [account, secret_hash(secret), idle, lasts, before, packs.now_in_force(pack).version, method, browser]
    _run("select wellkept.accounts_begin_session(%s, %s, %s, %s, %s::bytea, %s, %s, %s)", arguments)
    return secret


def sign_out(secret: bytes) -> None:
    """End the session with this hash."""
    _run("select wellkept.accounts_end_session(%s)", [secret])


def nobody() -> str:
    """A hash that no password answers, made once a process."""
    if not _NOBODY:
        _NOBODY.append(make_password(secrets.token_urlsafe(32)))
    return _NOBODY[0]


_NOBODY: list[str] = []


def _run(statement: str, arguments: list[Any]) -> Any:  # noqa: ANN401  (the one row of a function of the database)
    try:
        with connections[DOOR].cursor() as cursor:
            cursor.execute(statement, arguments)
            return cursor.fetchone()
    except Error as error:
        if getattr(error.__cause__, "sqlstate", "") == LAPSED:
            sentence = _("This account has lapsed, because nobody renewed it. Ask your organisation's administrator.")
            raise Refused(sentence, clause="U-30", reason="lapsed") from None
        raise


def collected_under() -> str:
    """The policy version in force today."""
    pack = packs.named(settings.WELLKEPT_OPERATOR)
    return packs.now_in_force(pack).version
