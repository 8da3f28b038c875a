"""Who works here: invited by a code, given a role by two access administrators, removed by one.

Serves U-30, U-31, P-01, P-25. Functions of the database decide (sql/staff.sql, sql/two.sql); nobody sets another's
password. At the terminal the role ``jobs`` invites, which no page has.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from wellkept.accounts import codes, hashes, passwords
from wellkept.accounts.actions import _run, collected_under
from wellkept.policy import packs, practices
from wellkept.policy.words import Role

ROLES: Final = (
    Role.REPRESENTATIVE, Role.NURSE, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.ACCESS_ADMINISTRATOR,
)  # fmt: skip
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Works:
    """Somebody who works here. ``ways``: the ways to sign in they have; ``last_in``: the day of their last sign-in."""

    account: UUID
    actor: str
    role: str
    since: datetime
    last_in: date | None
    ways: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that waits to be used. ``renewal``: for an account there is; ``terminal``: made by who runs the house."""

    id: UUID
    actor: str
    role: str
    renewal: bool
    terminal: bool
    issued: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What was asked or decided. ``asked_actor`` None: at the terminal. ``outcome`` None: it waits for a second person.

    ``told``: another access administrator read of a removal; ``mine``: the session's holder asked; ``about``: it is
    about them.
    """

    id: UUID
    kind: str
    actor: str
    role: str
    was: str | None
    asked_actor: str | None
    asked_at: datetime
    decided_actor: str | None
    decided_at: datetime | None
    outcome: str | None
    told: bool
    mine: bool
    about: bool


def works(secret: bytes) -> tuple[Works, ...]:
    """Everybody who works here, by name; empty where the session is no access administrator's."""
    asked = "select account, actor, role, since, last_in, ways, mine from wellkept.accounts_staff(%s)"
    return tuple(
        Works(account, actor, role, since, last_in, tuple(ways), mine)
        for account, actor, role, since, last_in, ways, mine in _rows(asked, [secret])
    )


def invitations(secret: bytes) -> tuple[Invitation, ...]:
    """The invitations that can still be used, the oldest first."""
    asked = "select id, actor, role, renewal, terminal, issued_at, expires_at from wellkept.accounts_staff_codes(%s)"
    return tuple(Invitation(*row) for row in _rows(asked, [secret]))


def changes(secret: bytes) -> tuple[Change, ...]:
    """What waits and what was decided in the last 90 days, the newest first, at most 100."""
    asked = (
        "select id, kind, actor, role, was, asked_actor, asked_at, decided_actor, decided_at, outcome, told, mine,"
        " about from wellkept.accounts_staff_changes(%s)"
    )
    return tuple(Change(*row) for row in _rows(asked, [secret]))


def ask_to_invite(secret: bytes, *, role: str, actor: str, login: str) -> str:
    """Ask that somebody is invited, under the name that members will read. "yes", or why not (sql/two.sql)."""
    return _said(
        "select wellkept.accounts_ask_staff(%s, 'invite', null, %s, %s, %s)", [secret, role, hashes.login(login), actor]
    )


def ask_to_change(secret: bytes, account: UUID, *, role: str) -> str:
    """Ask that somebody gets another role."""
    return _said("select wellkept.accounts_ask_staff(%s, 'change', %s, %s, null, null)", [secret, account, role])


def ask_to_renew(secret: bytes, account: UUID) -> str:
    """Ask that somebody gets a new code, because they cannot come in any more."""
    return _said("select wellkept.accounts_ask_staff(%s, 'renew', %s, null, null, null)", [secret, account])


def agree(secret: bytes, change: UUID) -> tuple[str, str]:
    """The second person agrees. What came of it, and the code to hand over where it is "code", which nobody keeps."""
    code = codes.new()
    said = _said(
        "select wellkept.accounts_decide_staff(%s, %s, true, %s, %s, %s)",
        [secret, change, hashes.code(code), unknown(), days()],
    )
    return said, code if said == "code" else ""


def decline(secret: bytes, change: UUID) -> str:
    """The second person declines, or whoever asked withdraws."""
    return _said("select wellkept.accounts_decide_staff(%s, %s, false, null, null, null)", [secret, change])


def remove(secret: bytes, account: UUID) -> str:
    """Remove somebody at once."""
    return _said("select wellkept.accounts_remove_staff(%s, %s)", [secret, account])


def withdraw(secret: bytes, invitation: UUID) -> str:
    """Take an invitation back."""
    return _said("select wellkept.accounts_withdraw_staff(%s, %s)", [secret, invitation])


def read_removal(secret: bytes, change: UUID) -> bool:
    """Keep that another access administrator read of a removal."""
    return bool(_rows("select wellkept.accounts_read_removal(%s, %s)", [secret, change])[0][0])


def invite(*, role: str, login: str, actor: str) -> tuple[str, str]:
    """At the terminal: "yes" and the code to hand over; "no" or "name taken" and nothing. Runs as ``jobs``."""
    code = codes.new()
    said = _said(
        "select wellkept.accounts_invite_staff(%s, %s, %s, %s, %s)",
        [role, hashes.login(login), actor, hashes.code(code), days()],
    )
    return said, code if said == "yes" else ""


def renew(*, login: str) -> str | None:
    """At the terminal: a new code for somebody who works here, whose sessions end; None: nobody has that name."""
    code = codes.new()
    (found,) = _rows(
        "select wellkept.accounts_renew_staff(%s, %s, %s, %s)",
        [hashes.login(login), unknown(), hashes.code(code), days()],
    )[0]
    return code if found else None


def redeem(*, code: str, login: str, password: str) -> tuple[str, UUID | None]:
    """Use an invitation: "yes" and the account, "name taken", or "no" for every other reason. Runs at the entrance.

    The caller checked the password.
    """
    return redeem_hashed(
        code=hashes.code(code), login=hashes.login(login), password=make_password(passwords.canonical(password))
    )


def redeem_hashed(
    *, code: bytes, login: bytes, password: str = "", subject: bytes | None = None
) -> tuple[str, UUID | None]:
    """The same with hashes. ``subject``: whom the sign-on names; the account then has a password nobody knows."""
    account, said = _run(
        "select account, said from wellkept.accounts_redeem_staff(%s, %s, %s, %s::bytea, %s)",
        [code, login, password or unknown(), subject, collected_under()],
    )
    return str(said), account


def unknown() -> str:
    """The hash of a password that nobody knows. It costs as much to compare as any other."""
    return make_password(secrets.token_urlsafe(32))


def days() -> int:
    """For how many days an invitation can be used (practice ``staff_code_days``)."""
    return practices.number(packs.named(settings.WELLKEPT_OPERATOR), "staff_code_days")


def _said(statement: str, arguments: list[Any]) -> str:
    return str(_rows(statement, arguments)[0][0])


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
