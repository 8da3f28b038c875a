"""A forgotten password: a link to the confirmed address, a secret response, the birth date (P-09).

The response is issued here, shown once and kept as a slow hash; the prompt is the holder's own reminder of where they
keep it. Where the practice ``recovery`` says "question", both are the holder's own, as in 2008: NIST SP 800-63B-4,
section 3.1.1.2, and OWASP ASVS 5.0, 6.4.2, forbid that form, so neither pack has it. Comparing runs as ``entrance``.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, connections

from wellkept.accounts import codes, hashes, passwords
from wellkept.accounts.actions import DOOR, nobody
from wellkept.policy import practices
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Retention
from wellkept.vault.queries import Ring

PROMPT: Final = "account.recovery_prompt"
LONGEST_PROMPT: Final = 120


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether there is a response that works, since when there is one, and when one was used."""

    works: bool
    made: datetime | None
    used: datetime | None


def way(pack: Pack) -> str:
    """How this operator lets somebody back in: by a new access "code", the "secret" we gave, or a "question"."""
    return practices.choice(pack, "recovery")


def token_hash(token: str) -> bytes:
    """What the database knows of a link: SHA-256 of its 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def canonical(response: str, *, issued: bool) -> str:
    """The one form of a response: as a code is typed, or of one's own words without capitals and spare spaces."""
    return codes.canonical(response) if issued else " ".join(response.casefold().split())


def forgotten(*, login: str) -> None:
    """Say that a password was forgotten. A job looks up; the answer is the same for every name."""
    _entrance("select wellkept.accounts_forgotten(%s)", [hashes.login(login)])


def prompt(token: str) -> str | None:
    """The holder's reminder behind a link; None where the link is not there, was used, or ran out."""
    asked = "select holder, row_id, prompt from wellkept.accounts_prompt(%s)"
    holder, row, sealed = _entrance(asked, [token_hash(token)])
    if holder is None:
        return None
    with Ring(subjects=[holder]) as ring:
        return ring.unseal(subject=holder, retention=Retention.CONTACT, field=PROMPT, row=row, sealed=bytes(sealed))


def recover(*, token: str, response: str, born: date, password: str, issued: bool) -> bool:
    """Whether link, response and birth date were right together; then the password is the new one, and no session.

    Each try is counted before anything is compared, and takes as long whatever was wrong. The caller checked the
    password.
    """
    decoy = nobody()
    kept, birth_date = _entrance(
        "select response, birth_date from wellkept.accounts_try_recovery(%s)", [token_hash(token)]
    )
    right = check_password(canonical(response, issued=issued), kept or decoy)
    same_day = hmac.compare_digest(bytes(birth_date or b""), hashes.birth_date(born))
    if not (kept and right and same_day):
        return False
    hashed = make_password(passwords.canonical(password))
    return bool(_entrance("select wellkept.accounts_recover(%s, %s)", [token_hash(token), hashed])[0])


def new_response() -> str:
    """A look-up secret of 60 random bits, as an access code is written."""
    return codes.new()


def keep(secret: bytes, *, holder: UUID, words: str, response: str, born: date, issued: bool) -> bool:
    """Keep a new response and the reminder of it for the session's account, in place of any other.

    False where the holder did not show within the last minutes that it is them.
    """
    row = uuid4()
    with Ring(subjects=[holder]) as ring:
        sealed = ring.seal(subject=holder, retention=Retention.CONTACT, field=PROMPT, row=row, text=words)
    hashed = make_password(canonical(response, issued=issued))
    arguments = [secret, row, sealed, hashed, hashes.birth_date(born)]
    return bool(_entrance("select wellkept.accounts_keep_recovery(%s, %s, %s, %s, %s)", arguments)[0])


def standing(secret: bytes) -> Standing:
    """How it stands for the session's own account."""
    with connection.cursor() as cursor:
        cursor.execute("select works, made_at, used_at from wellkept.accounts_my_recovery(%s)", [secret])
        return Standing(*cursor.fetchone())


def take(asked: UUID) -> tuple[UUID, UUID] | None:
    """Account and holder of a request, which is removed; None where no link may go. Runs as ``jobs``."""
    with connection.cursor() as cursor:
        cursor.execute("select account, holder from wellkept.accounts_take_forgotten(%s)", [asked])
        account, holder = cursor.fetchone()
        return (account, holder) if account else None


def link(account: UUID) -> str:
    """The token of a new link for an account, in place of any other. Runs as ``jobs``."""
    token = secrets.token_urlsafe(32)
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_link(%s, %s)", [account, token_hash(token)])
    return token


def sweep() -> None:
    """Remove requests that nobody took. Runs as ``jobs``."""
    with connection.cursor() as cursor:
        cursor.execute("select wellkept.accounts_sweep_forgotten()")


def _entrance(statement: str, arguments: list[Any]) -> tuple[Any, ...]:  # (the one row of a function)
    with connections[DOOR].cursor() as cursor:
        cursor.execute(statement, arguments)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
