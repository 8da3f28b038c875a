"""Whoever stands for a person by a paper: written down by one of us on a call, decided by another who saw the paper.

Serves U-31, P-01, P-25; 45 CFR 164.502(g). Functions of the database decide (sql/representatives.sql).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from wellkept.accounts import codes, hashes
from wellkept.consent.appointments import FIELD, unsealed
from wellkept.policy.statements import ask
from wellkept.policy.words import Category, Key, Retention

KINDS: Final = ("guardian", "power_of_attorney", "court_order", "executor")
PAPERS: Final = ("court", "power_of_attorney", "letters", "other")
REASONS: Final = ("revoked", "court", "false", "danger")


@dataclass(frozen=True, slots=True)
class Known:
    """What stands about the caller's person, without a name."""

    id: UUID
    kind: str
    state: str
    since: datetime
    expires: datetime
    holds: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One that waits for the second person. ``mine``: the reader wrote it down, and so cannot decide."""

    id: UUID
    kind: str
    asked_at: datetime
    actor: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """The same, opened."""

    kind: str
    name: str
    opens: frozenset[str]
    expires: datetime
    asked_at: datetime
    actor: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it: "yes", "first" (the same one wrote it), "prove", "own", "moved", "gone", "no".

    With yes the code, shown once. "moved": they have no account, and a call told less than 14 days ago where our letter
    would go. "own": the record has become a minor's own since the paper was written down.
    """

    answer: str
    code: str = ""


def known(secret: bytes, call: UUID) -> tuple[Known, ...]:
    """What stands, or waits, about the one person who is open on the session's own call."""
    columns = "id, kind, state, since, expires, holds"
    rows = ask(f"select {columns} from wellkept.consent_authority_known(%s, %s)", secret, call)  # noqa: S608  (ours)
    return tuple(Known(*row) for row in rows)


def tell(
    secret: bytes,
    key: Key,
    call: UUID,
    *,
    kind: str,
    name: str,
    born: date,
    opens: Collection[Category],
    until: datetime,
    adult: bool,
    collected_under: str,
    letter: str,
) -> str:
    """Write down what a paper says, for another to decide: "yes", "waits", "own", or "no" where it cannot be.

    ``adult``: the person is of age. A minor's paper opens what the law of their state leaves a parent; "own" is said
    where that is nothing.
    ``letter`` is the body of what the person gets by post where they have no account to read it in.
    """
    (person,) = key.subjects
    row = uuid4()
    sealed = key.seal(person, Retention.BENEFITS, FIELD, row, name)
    given = [secret, call, row, kind, sealed, [*opens], until, hashes.birth_date(born), name, collected_under]
    statement = "select wellkept.consent_authority_tell(%s, %s, %s, %s, %s, %s::text[], %s, %s, %s, %s, %s, %s, %s)"
    return str(ask(statement, *given, *posted(key, letter), adult)[0][0])


def waiting(secret: bytes) -> tuple[Line, ...]:
    """What waits for a second person, oldest first, without a name; nothing for any other role."""
    rows = ask("select id, kind, asked_at, asked_actor, mine from wellkept.consent_authorities(%s)", secret)
    return tuple(Line(*row) for row in rows)


def person(secret: bytes, number: UUID) -> UUID | None:
    """Whom one that waits is about, to open them; None where it waits no more."""
    found: UUID | None = ask("select wellkept.consent_authority_person(%s, %s)", secret, number)[0][0]
    return found


def one(secret: bytes, key: Key, number: UUID) -> Waiting | None:
    """One that waits, of the one person who is open."""
    columns = "kind, name, opens, expires, asked_at, asked_actor, mine"
    statement = f"select {columns} from wellkept.consent_authority_read(%s, %s)"  # noqa: S608  (columns of ours)
    rows = ask(statement, secret, number)
    if not rows:
        return None
    kind, name, opens, *rest = rows[0]
    return Waiting(kind, unsealed(key, number, name), frozenset(opens), *rest)


def decide(
    secret: bytes, key: Key, number: UUID, *, yes: bool, letter: str, paper: str = "", seen: date | None = None,
    days: int = 1,
) -> Decided:  # fmt: skip
    """The second person decides of whom is open. With yes a code goes out that works for ``days`` days."""
    code = codes.new()
    given = [secret, number, yes, paper, seen, hashes.code(code), days, *posted(key, letter)]
    answer = str(ask("select wellkept.consent_authority_decide(%s, %s, %s, %s, %s, %s, %s, %s, %s)", *given)[0][0])
    return Decided(answer, code if answer == "yes" and yes else "")


def end(secret: bytes, key: Key, call: UUID, number: UUID, *, reason: str, letter: str) -> bool:
    """End one at once, on a call about the person; False where none stands. ``reason`` is one of ``REASONS``."""
    given = [secret, call, number, reason, *posted(key, letter)]
    return bool(ask("select wellkept.consent_authority_end(%s, %s, %s, %s, %s, %s)", *given)[0][0])


def posted(key: Key, letter: str) -> tuple[UUID, bytes]:
    """A letter's number and its sealed body, for the print queue."""
    (person,) = key.subjects
    number = uuid4()
    return number, key.seal(person, Retention.BENEFITS, "letter.body", number, letter)
