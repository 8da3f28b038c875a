"""Inquiries into fraud and legal processes whose openings the person reads of later.

Serves B-03. One officer asks from a paper, another decides, and it ends: after 90 days at most, or with the term of an
agency's statement (45 CFR 164.528(a)(2)) or a court's order. Functions of the database decide (sql/unseen.sql).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

FRAUD_DAYS: Final = 90
LEGAL_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One inquiry, without whose record it is. ``outcome`` "": it waits for another; ``mine``: the reader asked.

    ``until`` is the last day on which its openings are kept back, ``ended_at`` when they were shown, None before.
    """

    id: UUID
    kind: str
    paper: str
    reference: str
    paper_on: date
    until: date
    asked_actor: str
    asked_at: datetime
    mine: bool
    decided_actor: str
    decided_at: datetime | None
    outcome: str
    in_force: bool
    ended_at: datetime | None
    ended_actor: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What an inquiry rests on: its kind, the number on it, its day, and until when it holds."""

    kind: str
    number: str
    day: date
    until: date


def ask(secret: bytes, *, kind: str, index: bytes, paper: Paper) -> str:
    """Ask for an inquiry about whom a card number and birth date find.

    "yes", "nobody", "days" where the days will not do, "budget", or "no".
    """
    arguments = [secret, uuid4(), kind, index, paper.kind, paper.number, paper.day, paper.until]
    return str(_rows("select wellkept.unseen_ask(%s, %s, %s, %s, %s, %s, %s, %s)", arguments)[0][0])


def decide(secret: bytes, number: UUID, *, grant: bool) -> str:
    """Grant or decline it, or withdraw one's own: "yes", "own", "days" or "no"."""
    return str(_rows("select wellkept.unseen_decide(%s, %s, %s)", [secret, number, grant])[0][0])


def end(secret: bytes, number: UUID) -> bool:
    """End it before its time: from now on the person reads of its openings."""
    return bool(_rows("select wellkept.unseen_end(%s, %s)", [secret, number])[0][0])


def inquiries(secret: bytes) -> tuple[Inquiry, ...]:
    """What waits, what is in force, and what was asked in two years; nothing for whoever is no privacy officer."""
    asked = (
        "select id, kind, paper, reference, paper_on, until, asked_actor, asked_at, mine, coalesce(decided_actor, ''),"
        " decided_at, coalesce(outcome, ''), in_force, ended_at, coalesce(ended_actor, '')"
        " from wellkept.unseen_list(%s)"
    )
    return tuple(Inquiry(*row) for row in _rows(asked, [secret]))


def subject(secret: bytes, number: UUID) -> UUID | None:
    """Whose record it is about, for whoever asked, while it is in force; None for everybody else."""
    found: UUID | None = _rows("select wellkept.unseen_subject(%s, %s)", [secret, number])[0][0]
    return found


def _rows(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
