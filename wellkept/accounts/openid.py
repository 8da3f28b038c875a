"""What the house keeps of the operator's sign-on: who is on the way, and whose account it names. At the entrance alone.

Serves U-30, U-31. Functions of the database answer (sql/openid.sql).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from wellkept.accounts import hashes
from wellkept.accounts.actions import _run, secret_hash


@dataclass(frozen=True, slots=True)
class Way:
    """A browser that came back. ``code`` and ``login``: keyed hashes of the invitation it brought, None without one."""

    code: bytes | None
    login: bytes | None


def begin(secret: str, *, code: str = "", login: str = "") -> None:
    """Let the browser with this secret set out, perhaps with an invitation to use."""
    given = [hashes.code(code), hashes.login(login)] if code else [None, None]
    _run("select wellkept.accounts_openid_begin(%s, %s::bytea, %s::bytea)", [secret_hash(secret), *given])


def take(secret: str) -> Way | None:
    """Its return, once; None for one that never set out, took longer than ten minutes, or came back before."""
    known, code, login = _run("select known, code, login from wellkept.accounts_openid_take(%s)", [secret_hash(secret)])
    return Way(code and bytes(code), login and bytes(login)) if known else None


def account(*, issuer: str, subject: str) -> UUID | None:
    """The account of whom the sign-on names; None where nobody who works here is bound to it."""
    found: UUID | None = _run("select wellkept.accounts_openid_account(%s)", [hashes.openid(issuer, subject)])[0]
    return found


def signed_out(*, issuer: str, subject: str, token: str, until: int) -> bool:
    """End what somebody began by the sign-on; False for a message heard before. ``until`` is in seconds since 1970."""
    arguments = [hashes.openid(issuer, subject), secret_hash(token), datetime.fromtimestamp(until, UTC)]
    return bool(_run("select wellkept.accounts_openid_out(%s, %s, %s)", arguments)[0])
