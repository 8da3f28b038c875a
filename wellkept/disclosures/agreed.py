"""To whom something may leave under an agreement in force, and the beginning of such a release.

Serves U-11, P-08, U-19. Functions of the database decide (sql/releases.sql).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from wellkept.policy.statements import ask
from wellkept.policy.words import Category, Purpose

PURPOSES: Final = (Purpose.PAYMENT, Purpose.OPERATIONS, Purpose.RESEARCH)
OFFERED: Final = (Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An agreement in force and whose it is. ``address`` has a line an entry, as an envelope bears them."""

    id: UUID
    organisation: UUID
    name: str
    address: tuple[str, ...]
    kind: str
    number: str
    categories: frozenset[str]
    purposes: frozenset[str]
    until: datetime

    def covers(self, purpose: Purpose, opens: Collection[Category]) -> bool:
        """Whether it covers all of it."""
        return purpose.value in self.purposes and self.categories >= {one.value for one in opens}


def recipients(secret: bytes) -> tuple[Recipient, ...]:
    """Every agreement in force under which something may leave, for one of us at work; for anybody else none."""
    columns = "id, organisation, name, street, city, state, postal_code, kind, number, categories, purposes, until"
    rows = ask(f"select {columns} from wellkept.disclosures_recipients(%s)", secret)  # noqa: S608  (columns of ours)
    return tuple(
        Recipient(
            one, organisation, name, (street, f"{city}, {state} {code}"), kind, number, frozenset(what),
            frozenset(purposes), until,
        )
        for one, organisation, name, street, city, state, code, kind, number, what, purposes, until in rows
    )  # fmt: skip


def begin(
    secret: bytes, number: UUID, *, index: bytes, organisation: UUID, purpose: Purpose, opens: Collection[Category]
) -> str:
    """Begin a release of whoever ``index`` finds: "yes", or why not, by a short word of the database.

    ``number`` is then the occasion of the one opening that it allows, for ten minutes.
    """
    given = [secret, number, index, organisation, purpose.value, [one.value for one in opens]]
    return str(ask("select wellkept.disclosures_begin(%s, %s, %s, %s, %s, %s::text[])", *given)[0][0])


def subject(secret: bytes, number: UUID) -> UUID | None:
    """Whose record a release is of, for the officer who began it; None for anybody else, and when it is over."""
    found: UUID | None = ask("select wellkept.disclosures_subject(%s, %s)", secret, number)[0][0]
    return found
