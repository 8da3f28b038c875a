"""Requests to register that wait for an answer, and the access codes that answer them.

The program answers as the role ``jobs``; a representative decides, as ``web``, about those it found nowhere. What was
typed is read by neither before the request is open to them, which the ledger says (B-02).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

from wellkept.accounts import codes, hashes
from wellkept.accounts.actions import TOLD
from wellkept.policy.words import Key, Retention, Role
from wellkept.vault.actions import destroy

QUIET: Final = timedelta(days=1)
REASONS: Final = ("not on our list", "no address on file", "has an administrator", "not a real request")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the program knows it. ``meant`` is whom a representative found, None before.

    ``state`` is waiting, unmatched, chosen or done; hashes are empty where it is done.
    """

    id: UUID
    audience: str
    roster: bytes
    birth_date: bytes
    state: str
    meant: UUID | None


@dataclass(frozen=True, slots=True)
class Line:
    """A request on the desk's list: how old it is and which kind of account it asks for. Nothing that was typed."""

    id: UUID
    audience: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed, by the name of its field; empty where its key is gone."""

    audience: str
    asked_at: datetime
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Code:
    """Whose a code is to be. ``place`` is what only one account can fill: a person, the first of an organisation."""

    role: str
    place: UUID
    holder: UUID
    birth_date: bytes
    person: UUID | None = None
    organisation: UUID | None = None
    administers: bool = False
    actor: str | None = None


def waiting() -> list[UUID]:
    """The requests that the program has to do something about, oldest first, at most 500.

    Of those that were put off whichever was looked at longest ago: however many they are, each has its turn.
    """
    statement = (
        "select id from wellkept.accounts_registration where state <> 'unmatched'"
        " order by coalesce(put_off_at, asked_at), id limit 500"
    )
    return [row[0] for row in _rows(statement, [])]


def put_off(registration: UUID) -> None:
    """Say that a request was looked at and must wait: those that were not come before it."""
    with connection.cursor() as cursor:
        cursor.execute("update wellkept.accounts_registration set put_off_at = now() where id = %s", [registration])


def asked(registration: UUID) -> Asked | None:
    """A request; None when it was answered already."""
    statement = (
        "select id, audience, roster, birth_date, state, meant from wellkept.accounts_registration where id = %s"
    )
    for number, audience, roster, birth_date, state, meant in _rows(statement, [registration]):
        return Asked(number, audience, bytes(roster), bytes(birth_date), state, meant)
    return None


def told(key: Key, registration: UUID) -> Told | None:
    """What was typed of a request that is open; None where it is answered."""
    rows = _rows("select audience, asked_at, told from wellkept.accounts_told(%s)", [registration])
    audience, asked_at, sealed = rows[0]
    if audience is None:
        return None
    try:
        answers = json.loads(key.unseal(registration, Retention.INQUIRY, TOLD, registration, bytes(sealed)))
    except LookupError:
        answers = {}
    return Told(audience, asked_at, answers)


def close(registration: UUID) -> bytes | None:
    """Empty a request that is answered; returns the hash of its birth date. Of two who close it one gets None.

    Its key is destroyed by ``discard``, once this is committed.
    """
    statement = (
        "with before as (select id, birth_date from wellkept.accounts_registration where id = %s and state <> 'done'"
        " for update) update wellkept.accounts_registration r set state = 'done', roster = '', birth_date = '',"
        " told = '' from before where r.id = before.id returning before.birth_date"
    )
    rows = _rows(statement, [registration])
    return bytes(rows[0][0]) if rows else None


def discard(registration: UUID) -> None:
    """Destroy the key of a request that is done, and its row. One that is not done stays. Safe to repeat."""
    done = _rows("select 1 from wellkept.accounts_registration where id = %s and state = 'done'", [registration])
    if done:
        destroy(registration, Retention.INQUIRY)
        with connection.cursor() as cursor:
            cursor.execute("delete from wellkept.accounts_registration where id = %s", [registration])


def hand_over(registration: UUID) -> None:
    """Leave a request to a person: the program found nobody, or more than one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update wellkept.accounts_registration set state = 'unmatched', meant = null"
            " where id = %s and state in ('waiting', 'chosen')",
            [registration],
        )


def lapse(before: datetime) -> int:
    """Empty what no person decided about since before a moment; returns how many. The program discards them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update wellkept.accounts_registration set state = 'done', roster = '', birth_date = '', told = ''"
            " where state = 'unmatched' and asked_at < %s",
            [before],
        )
        return int(cursor.rowcount)


def administered(organisation: UUID) -> bool:
    """Whether somebody already decides who else of the organisation comes in."""
    return bool(_rows("select wellkept.accounts_administered(%s)", [organisation])[0][0])


def stands(organisation: UUID, kind: str) -> bool:
    """Whether an organisation of that kind is on its list, and not one of before."""
    return bool(_rows("select wellkept.accounts_stands(%s, %s)", [organisation, kind])[0][0])


def issue(key: Key, one: Code, *, days: int, email: str = "") -> str | None:
    """A new access code; None when one was issued for the same place within a day. Only its hash is kept.

    ``email`` was typed with the request: it lies sealed under the holder's key, as their own address, until the code is
    used. Runs in the opening's transaction: of two that race for one place the second waits for the first.
    """
    code, row = codes.new(), uuid4()
    sealed = key.seal(one.holder, Retention.CONTACT, "notice.recipient", row, email) if email else None
    arguments = [
        hashes.code(code), one.role, one.person, None if one.role == Role.MEMBER else one.holder, one.organisation,
        one.administers, one.actor, one.place, one.birth_date, sealed, row if sealed else None, timedelta(days=days),
        QUIET,
    ]  # fmt: skip
    placed = ", ".join(["%s"] * len(arguments))
    return code if _rows(f"select wellkept.accounts_issue_code({placed})", arguments)[0][0] else None


def sweep_codes() -> int:
    """Empty what codes that ran out still say of anybody; returns of how many."""
    return int(_rows("select wellkept.accounts_sweep_codes()", [])[0][0])


def unmatched(secret: bytes) -> tuple[Line, ...]:
    """What waits for a representative, oldest first, at most 200. Nobody else has any."""
    return tuple(
        Line(*row) for row in _rows("select id, audience, asked_at from wellkept.accounts_unmatched(%s)", [secret])
    )


def choose(secret: bytes, registration: UUID, meant: UUID) -> bool:
    """Say who is meant by a request that is open: a person just searched, or an organisation of its list.

    The code goes by letter to the address on file. False where somebody else decided, or nobody of that kind is meant.
    """
    return bool(_rows("select wellkept.accounts_choose(%s, %s, %s)", [secret, registration, meant])[0][0])


def refuse(secret: bytes, registration: UUID, reason: str) -> bool:
    """Find nobody who is meant, for one of ``REASONS``; what was typed goes at once. False where it was decided."""
    return bool(_rows("select wellkept.accounts_refuse(%s, %s, %s)", [secret, registration, reason])[0][0])


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
