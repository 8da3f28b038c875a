"""A sign-in code by mail, where others closed the password way: asked for by name, answered alike for every name.

Serves R-10, P-15. The page keeps one keyed hash and answers; a job (role ``jobs``) looks whose name it is. The code
opens nothing alone: it goes together with the password, in a browser that asked.
"""

import secrets
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db import connection

from wellkept.accounts import hashes, passwords
from wellkept.accounts.actions import Begun, _run, go_on, nobody, secret_hash


def ask(*, login: str, before: bytes | None) -> str:
    """Ask for a code for that name, whosever it is; returns what this browser's cookie is to hold."""
    secret = secrets.token_urlsafe(32)
    arguments = [hashes.login(login), secret_hash(secret), before]
    _run("select wellkept.accounts_ask_mailed(%s, %s, %s::bytea)", arguments)
    return secret


def sign_in(*, code: str, password: str, half: bytes, browser: str = "") -> Begun | None:
    """A session, or a second way that is owed, for code and password together; None where either is wrong or spent."""
    decoy, hashed_code = nobody(), hashes.mailed_code(code)
    account, hashed = _run("select account, password from wellkept.accounts_try_mailed(%s, %s)", [half, hashed_code])
    right = check_password(passwords.canonical(password), hashed or decoy)
    if account is None or not right:
        _run("select wellkept.accounts_failed(%s::uuid)", [account])
        return None
    if not _run("select wellkept.accounts_use_mailed(%s, %s)", [account, hashed_code])[0]:
        return None
    return go_on(account, before=half, method="mailed code+password", browser=browser)


def whose(asked: UUID) -> UUID | None:
    """Who gets a code for this request, which is then taken up; None for a name nobody has, or one sent just before."""
    with connection.cursor() as cursor:
        cursor.execute("select holder from wellkept.accounts_mailed_for(%s)", [asked])
        holder: UUID | None = cursor.fetchone()[0]
        return holder


def sent(asked: UUID, code: str) -> None:
    """The code is on its way, and works from now on. Only its hash is kept."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_mailed_sent(%s, %s)", [asked, hashes.mailed_code(code)])


def sweep() -> None:
    """Remove what ran out: half-made sign-ins, numbers to sign, codes, and browsers known for over 90 days."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_sweep_ways()")
