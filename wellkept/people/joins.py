"""Two records of one human joined, one record of two humans split: what an administrator decides, a person sees.

Serves U-43, P-19. Functions of the database answer; each decision is an entry for each record, in the same transaction.
Whoever decides must have opened the records in the ten minutes before.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from wellkept.policy.statements import ask
from wellkept.policy.words import Key, Retention

REASON: Final = "person.join_reason"
SLICES: Final = 256


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records with the same name and birth date, in one plan or more. Who they are is opened."""

    id: UUID
    found_at: datetime
    plans: int


@dataclass(frozen=True, slots=True)
class JoinLine:
    """A join that waits (``confirmed_at`` None), holds, or ended. ``mine``: the reader asked for it."""

    id: UUID
    asked_at: datetime
    asked_actor: str
    mine: bool
    confirmed_at: datetime | None
    confirmed_actor: str | None
    ended_at: datetime | None
    ended_actor: str | None


@dataclass(frozen=True, slots=True)
class MyJoin:
    """A join of the person's own record: since when, by whom, and why; ``other`` is the record it is joined with."""

    id: UUID
    since: datetime
    asked_actor: str
    confirmed_actor: str
    sealed: bytes
    other: UUID


@dataclass(frozen=True, slots=True)
class SplitLine:
    """A split: looked at, asked for, done or dropped; ``parts`` is how many files and sets move."""

    id: UUID
    begun_at: datetime
    begun_actor: str
    asked_at: datetime | None
    done_at: datetime | None
    ended_at: datetime | None
    parts: int
    parts_done: int


def find_pairs() -> int:
    """Compare the keyed hashes of names and birth dates, in short transactions; returns how many pairs are new."""
    return sum(int(ask("select wellkept.people_find_pairs(%s)", byte)[0][0]) for byte in range(SLICES))


def name_pair(one: UUID, other: UUID) -> UUID | None:
    """Let administrators look at these two records, as the jobs role; None where one of them is no record."""
    found: UUID | None = ask("select wellkept.people_pair_name(%s, %s)", one, other)[0][0]
    return found


def stop(number: UUID) -> bool:
    """End a join at once, as the jobs role; False where none of that number holds."""
    return bool(ask("select wellkept.people_join_stop(%s)", number)[0][0])


def pairs(secret: bytes) -> tuple[Pair, ...]:
    """Pairs nobody decided about, oldest first, at most 50."""
    return tuple(Pair(*row) for row in ask("select * from wellkept.people_pairs(%s)", secret))


def pair(secret: bytes, number: UUID) -> tuple[UUID, UUID] | None:
    """The two records of a pair; None where it is decided, and for everybody who is no administrator."""
    found = ask("select wellkept.people_pair_of(%s, %s)", secret, number)[0][0]
    return (found[0], found[1]) if found else None


def tell_apart(secret: bytes, number: UUID) -> bool:
    """They are two humans."""
    return bool(ask("select wellkept.people_tell_apart(%s, %s)", secret, number)[0][0])


def ask_join(secret: bytes, key: Key, *, why: str) -> UUID | None:
    """Ask that the two people who are open be joined; returns the join, None where it may not be asked."""
    one, other = sorted(key.subjects)
    number = uuid4()
    sealed = [key.seal(person, Retention.BENEFITS, REASON, number, why) for person in (one, other)]
    statement = "select wellkept.people_join_ask(%s, %s, %s, %s, %s, %s)"
    return number if ask(statement, secret, number, one, other, *sealed)[0][0] else None


def joins(secret: bytes) -> tuple[JoinLine, ...]:
    """Joins that wait first, then those that hold, then those that ended in the last 30 days."""
    return tuple(JoinLine(*row) for row in ask("select * from wellkept.people_joins(%s)", secret))


def join(secret: bytes, number: UUID) -> tuple[UUID, UUID, bytes] | None:
    """The two records of a join that has not ended, and its sealed reason."""
    rows = ask("select * from wellkept.people_join_of(%s, %s)", secret, number)
    return (rows[0][0], rows[0][1], bytes(rows[0][2])) if rows else None


def reason(key: Key, *, person: UUID, number: UUID, sealed: bytes) -> str:
    """Why two records are one human's; "" where the key was destroyed."""
    try:
        return key.unseal(person, Retention.BENEFITS, REASON, number, sealed)
    except LookupError:
        return ""


def confirm(secret: bytes, number: UUID) -> bool:
    """Join what another administrator asked for."""
    return bool(ask("select wellkept.people_join_confirm(%s, %s)", secret, number)[0][0])


def end(secret: bytes, number: UUID) -> bool:
    """End a join at once, or decline one that waits."""
    return bool(ask("select wellkept.people_join_end(%s, %s)", secret, number)[0][0])


def mine(secret: bytes) -> tuple[MyJoin, ...]:
    """The joins of the record that the session belongs to."""
    rows = ask(
        "select id, confirmed_at, asked_actor, confirmed_actor, reason, other from wellkept.people_my_joins(%s)", secret
    )
    return tuple(MyJoin(row[0], row[1], row[2], row[3], bytes(row[4]), row[5]) for row in rows)


def joined_with(person: UUID) -> tuple[UUID, ...]:
    """The records that a record is joined with. As the jobs role; nobody is opened by it."""
    return tuple(ask("select wellkept.people_joined_with(%s)", person)[0][0])


def disown(secret: bytes, number: UUID) -> bool:
    """The person says that a join of their record is wrong: it ends at once."""
    return bool(ask("select wellkept.people_join_disown(%s, %s)", secret, number)[0][0])


def begin_split(secret: bytes, person: UUID) -> UUID | None:
    """Begin to look at one record of two humans; returns the split, or the one that is open already."""
    found: UUID | None = ask("select wellkept.people_split_begin(%s, %s, %s, %s)", secret, uuid4(), person, uuid4())[0][
        0
    ]
    return found


def splits(secret: bytes) -> tuple[SplitLine, ...]:
    """Splits that are open, and those of the last 30 days, newest first."""
    return tuple(SplitLine(*row) for row in ask("select * from wellkept.people_splits(%s)", secret))


def split(secret: bytes, number: UUID) -> UUID | None:
    """Whose record a split is about, while parts of it can be chosen."""
    found: UUID | None = ask("select wellkept.people_split_of(%s, %s)", secret, number)[0][0]
    return found


def ask_split(secret: bytes, number: UUID, *, parts: list[tuple[UUID, str]]) -> bool:
    """These files and sets are the other human's: from now on the work may be done."""
    statement = "select wellkept.people_split_ask(%s, %s, %s::uuid[], %s::text[])"
    return bool(ask(statement, secret, number, [part[0] for part in parts], [part[1] for part in parts])[0][0])


def drop_split(secret: bytes, number: UUID) -> bool:
    """Leave the record as it is."""
    return bool(ask("select wellkept.people_split_drop(%s, %s)", secret, number)[0][0])
