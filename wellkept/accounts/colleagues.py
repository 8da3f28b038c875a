"""Who of an organisation may come in: read, invited, renewed and removed by its own administrators.

Serves U-30, U-41, P-13, P-15. Functions of the database answer (sql/colleagues.sql): they find who acts, and for which
organisation, from the session.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.accounts import codes, hashes

SOON: Final = 14
"""For how many days before an account lapses the pages say so."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can come in. ``lapses`` is when they no longer can; ``lapsed`` that it has come.

    ``last`` is the last sign-in, None where there was none, or where it is not for the reader to know.
    """

    account: UUID
    name: str
    administers: bool
    me: bool
    since: datetime
    renewed: datetime
    lapses: datetime
    lapsed: bool
    last: datetime | None

    def lapses_soon(self, now: datetime) -> bool:
        """Whether it is still in force, for two weeks at most."""
        return not self.lapsed and (self.lapses - now).days < SOON


@dataclass(frozen=True, slots=True)
class Invitation:
    """One that nobody has used. ``spent``: it ran out, or five wrong birth dates closed it."""

    id: UUID
    name: str
    by: str
    invited: datetime
    expires: datetime
    spent: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of an invitation: the answer, and with "yes" the code, which is shown once and kept nowhere."""

    answer: str
    code: str = ""


def colleagues(secret: bytes) -> tuple[Colleague, ...]:
    """Everyone of the session's organisation, by name; for one who does not administer it, themself and whom to ask.

    Empty where the session may do nothing for an organisation.
    """
    return tuple(
        Colleague(*row)
        for row in _rows(
            "select account, name, administers, me, since, renewed, lapses, lapsed, last_at"
            " from wellkept.accounts_colleagues(%s)",
            [secret],
        )
    )


def invitations(secret: bytes) -> tuple[Invitation, ...]:
    """The invitations that nobody has used, the newest first; empty for whoever does not administer."""
    rows = _rows("select id, name, by_name, invited, expires, spent from wellkept.accounts_invitations(%s)", [secret])
    return tuple(Invitation(*row) for row in rows)


def invite(secret: bytes, *, name: str, born: date, days: int) -> Invited:
    """Invite one person: "yes" with the code, "prove", "known", "full", or "no" for whoever may not."""
    code = codes.new()
    given = [secret, uuid4(), hashes.code(code), hashes.birth_date(born), name, days]
    answer = _answer("select wellkept.accounts_invite(%s, %s, %s, %s, %s, %s)", given)
    return Invited(answer, code if answer == "yes" else "")


def withdraw(secret: bytes, invitation: UUID) -> str:
    """Take back an invitation: "yes", "prove", or "no" where there is none that nobody used."""
    return _answer("select wellkept.accounts_withdraw_invitation(%s, %s)", [secret, invitation])


def renew(secret: bytes, account: UUID) -> str:
    """Say that a colleague still works there: "yes", "prove", "no", or "another" where another must renew one."""
    return _answer("select wellkept.accounts_renew_colleague(%s, %s)", [secret, account])


def set_administers(secret: bytes, account: UUID, *, administers: bool) -> str:
    """Let a colleague administer, or no longer: "yes", "prove", "no", or "last" where nobody would be left."""
    return _answer("select wellkept.accounts_set_administers(%s, %s, %s)", [secret, account, administers])


def rename(secret: bytes, account: UUID, *, name: str) -> str:
    """Write another name of a colleague: "yes", "prove", or "no" for nobody of theirs and where nothing changes."""
    return _answer("select wellkept.accounts_rename_colleague(%s, %s, %s)", [secret, account, name])


def remove(secret: bytes, account: UUID) -> str:
    """Close a colleague's account and end its sign-ins: "yes", "prove", or "no" (nobody removes themself here)."""
    return _answer("select wellkept.accounts_remove_colleague(%s, %s)", [secret, account])


def sweep() -> int:
    """Note what lapsed and close what lay lapsed as long again; returns how many lapsed. Runs as the role ``jobs``."""
    return int(_rows("select wellkept.accounts_sweep_lapsed()", [])[0][0])


def _answer(statement: str, given: list[Any]) -> str:
    return str(_rows(statement, given)[0][0])


def _rows(statement: str, given: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
