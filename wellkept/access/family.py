"""Who is covered with somebody, or let them see something, and what of each they may open (R-17, R-20).

Names are not here: they are opened. The opening is of one's own record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from wellkept.policy.words import Key


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody by their id: what they are to the subscriber (X12 code), what ties the reader to them, what opens."""

    person: UUID
    code: str
    ties: tuple[str, ...]
    opens: frozenset[str]
    covered: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """An opening of another's record, to somebody who may see what it opened. ``mine``: they opened it themselves."""

    kind: str
    role: str
    actor: str
    label: str
    reason: str
    mine: bool
    categories: tuple[str, ...]
    at: datetime


def family(key: Key) -> tuple[Kin, ...]:
    """Everybody tied to the person whose own record is open, the subscriber's partner before children."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute("select person, code, ties, opens, covered from wellkept.access_family(%s)", [person])
        return tuple(
            Kin(one, code, tuple(ties), frozenset(opens), covered) for one, code, ties, opens, covered in cursor
        )


def openers(key: Key, occasions: Sequence[UUID]) -> dict[UUID, UUID]:
    """Of these occasions those in which another member opened the person's record, and who. Names ``openings``."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute("select occasion, person from wellkept.access_openers(%s, %s::uuid[])", [person, [*occasions]])
        return dict(cursor.fetchall())


def openings(key: Key, *, at_most: int = 100) -> tuple[Seen, ...]:
    """Openings of the one person who is open, of those categories that are open, newest first."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, role, coalesce(actor, ''), coalesce(label, ''), coalesce(reason, ''), mine, categories,"
            " last_at from wellkept.access_openings(%s, %s)",
            [person, at_most],
        )
        rows = cursor.fetchall()
    return tuple(
        Seen(kind, role, actor, label, reason, mine, tuple(categories), at)
        for kind, role, actor, label, reason, mine, categories, at in rows
    )
