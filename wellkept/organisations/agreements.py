"""Agreements with organisations, and what contracts of employers take away: read, recorded and ended.

Serves U-11, U-13, P-08, R-20. Functions of the database answer (sql/agreements.sql): they find who acts from the
session, and what they answer holds at the minute in which they are asked.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from wellkept.organisations.models import Plan
from wellkept.policy.statements import ask
from wellkept.policy.words import Category, Purpose, Role

KINDS: Final = ("business_associate", "confidentiality", "data_use", "affiliate", "appointment")
WARNED_DAYS: Final = (60, 30, 7)
"""How many days before an agreement ends its organisation is written to."""
SOON: Final = timedelta(days=max(WARNED_DAYS))
RECIPIENT: Final = "recipient"
"""Anybody outside to whom something leaves under an agreement of ours."""
NARROWED: Final = (
    *(Role.REPRESENTATIVE, Role.NURSE, Role.PROVIDER, Role.EMPLOYER, Role.AGENT, Role.PARTNER),
    RECIPIENT,
)
"""Whom a contract may keep out. What is a person's own, and what the law asks of us, it cannot touch."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement. ``state`` is "in force", "not begun", "expired" or "ended"; ``with_name`` the employer of an agent.

    ``digest`` is the SHA-256 of the signed paper in hexadecimal. It holds from ``begins_at`` until ``ends_at``, that
    moment left out. An organisation is not told who of us recorded or ended it: those names are empty then.
    """

    id: UUID
    kind: str
    organisation: UUID
    name: str
    of_kind: str
    with_name: str
    number: str
    digest: str
    categories: tuple[str, ...]
    purposes: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime
    recorded_at: datetime
    recorded_actor: str
    ended_at: datetime | None
    ended_actor: str
    ended_why: str
    state: str

    def ends_soon(self, now: datetime) -> bool:
        """Whether it is in force and ends within 60 days."""
        return self.state == "in force" and self.ends_at - now <= SOON


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement as it is recorded: first and last day, and the SHA-256 of the signed paper."""

    kind: str
    organisation: UUID
    with_: UUID | None
    number: str
    digest: bytes
    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class Sought:
    """An organisation that a search found."""

    id: UUID
    kind: str
    name: str
    city: str
    state: str
    standing: str


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that ends within ``days`` days, of which its organisation was not told at that number."""

    id: UUID
    organisation: UUID
    kind: str
    number: str
    with_name: str
    ends_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the contract of a plan's employer takes away: who may not open ``opens`` for ``purpose``; empty: any."""

    id: UUID
    sponsor: str
    group_number: str
    number: str
    role: str
    purpose: str
    opens: str
    begins_at: datetime
    ends_at: datetime | None
    recorded_at: datetime
    recorded_actor: str
    ended_at: datetime | None
    ended_actor: str
    ended_why: str
    state: str


def agreements(secret: bytes) -> tuple[Agreement, ...]:
    """Every agreement, the next to end first, for a privacy officer; for anybody else none."""
    return _read("select * from wellkept.organisations_agreements(%s, null)", secret)


def agreement(secret: bytes, number: UUID) -> Agreement | None:
    """One agreement, for a privacy officer; None for anybody else and where there is none."""
    return next(iter(_read("select * from wellkept.organisations_agreements(%s, %s)", secret, number)), None)


def mine(secret: bytes) -> tuple[Agreement, ...]:
    """Those to which the organisation of a session is a party; none before its holder agreed to every text."""
    return _read("select * from wellkept.organisations_my_agreements(%s)", secret)


def listed() -> tuple[Agreement, ...]:
    """Every agreement, for a command of the operator under the role ``proof``."""
    return _read("select * from wellkept.organisations_agreements_listed()")


def party(secret: bytes, number: UUID) -> Sought | None:
    """The organisation of that number, for the privacy officer; None when there is none, or it has left."""
    rows = ask("select * from wellkept.organisations_party(%s, %s)", secret, number)
    return Sought(*rows[0]) if rows else None


def sought(secret: bytes, words: str) -> tuple[Sought, ...]:
    """At most eight organisations whose name or numbers hold every word, for a privacy officer."""
    return tuple(Sought(*row) for row in ask("select * from wellkept.organisations_sought(%s, %s)", secret, words))


def agree(secret: bytes, terms: Terms, *, collected_under: str) -> tuple[str, UUID]:
    """Record an agreement: "done" with its id, or "no", "prove", "nobody" or "kind" (see sql/agreements.sql)."""
    number = uuid4()
    answer = _answer(
        "select wellkept.organisations_agree(%s, %s, %s, %s, %s, %s, %s, %s::text[], %s::text[], %s::date,"
        " %s::date, %s)",
        secret, number, terms.kind, terms.organisation, terms.with_, terms.number, terms.digest,
        [one.value for one in terms.categories], [one.value for one in terms.purposes], terms.begins, terms.ends,
        collected_under,
    )  # fmt: skip
    return answer, number


def end(secret: bytes, number: UUID, *, why: str) -> str:
    """End an agreement at once: "done", "no", "prove", or "over" where nothing was left to end."""
    return _answer("select wellkept.organisations_end_agreement(%s, %s, %s)", secret, number, why)


def contracts(secret: bytes) -> tuple[Narrowing, ...]:
    """What every contract takes away, by employer, for a privacy officer; for anybody else nothing."""
    rows = ask("select * from wellkept.organisations_contracts(%s)", secret)
    return tuple(Narrowing(*_filled(row, null={8, 11})) for row in rows)


def narrow(
    secret: bytes, *, plan: UUID, number: str, role: str, purpose: str, opens: str, days: tuple[date, date | None],
    collected_under: str,
) -> str:  # fmt: skip
    """Record that a contract keeps a role or ``RECIPIENT`` out, from a first day until a last one or for good.

    "" means any purpose, or any kind of data. Says "done", or "no", "prove", "plan" (no such plan), "nothing" (no rule
    allows that anyway).
    """
    return _answer(
        "select wellkept.organisations_narrow(%s, %s, %s, %s, %s, %s, %s, %s::date, %s::date, %s)",
        secret, uuid4(), plan, number, role, purpose or None, opens or None, *days, collected_under,
    )  # fmt: skip


def plans_of(group_number: str) -> list[UUID]:
    """The plans of a group, by its number: two at most, for whoever must know that there is only one."""
    return list(Plan.objects.filter(group_number=group_number).order_by("id").values_list("id", flat=True)[:2])


def end_contract(secret: bytes, number: UUID, *, why: str) -> str:
    """End a row of a contract at once: "done", "no", "prove" or "over"."""
    return _answer("select wellkept.organisations_end_contract(%s, %s, %s)", secret, number, why)


def ending(days: Collection[int] = WARNED_DAYS, *, most: int = 500) -> tuple[Ending, ...]:
    """Agreements whose organisation is to be told now that they end, the first to end first; for jobs."""
    rows = ask("select * from wellkept.organisations_ending(%s::int[], %s)", [*days], most)
    return tuple(Ending(*_filled(row)) for row in rows)


def warned(number: UUID, *, days: int) -> bool:
    """Note that its organisation is written to; False where that was noted before, or it has ended. For jobs."""
    ((noted,),) = ask("select wellkept.organisations_warn(%s, %s)", number, days)
    return bool(noted)


def _read(statement: str, *values: object) -> tuple[Agreement, ...]:
    return tuple(Agreement(*_filled(row, null={14})) for row in ask(statement, *values))


def _filled(row: Sequence[Any], *, null: Collection[int] = ()) -> list[Any]:
    """A row in which words that are null are empty, but for moments at the places ``null``; lists cannot be changed."""
    filled = ("" if value is None and at not in null else value for at, value in enumerate(row))
    return [tuple(value) if isinstance(value, list) else value for value in filled]


def _answer(statement: str, *values: object) -> str:
    ((answer,),) = ask(statement, *values)
    return str(answer)
