"""What left of a person's record: when, under what, for what (R-03). The opening names the category ``openings``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from wellkept.disclosures.codes import CONDITIONS, DESCRIBED, RECIPIENT
from wellkept.disclosures.models import Release
from wellkept.policy.words import Key, Purpose, Retention

_FIELDS: Final = (
    "id", "at", "basis", "basis_id", "purpose", "opens", "recipient", "described", "conditions", "stopped_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release. ``recipient`` is "" where the authorization ``basis_id`` names it. Erased words are empty.

    ``stopped_at`` is when it was stopped before it was posted; None where it was not.
    """

    id: UUID
    at: datetime
    basis: str
    basis_id: UUID
    purpose: Purpose
    opens: frozenset[str]
    recipient: str
    described: str
    conditions: tuple[str, ...]
    stopped_at: datetime | None


def releases(key: Key) -> tuple[ReleaseLine, ...]:
    """Everything that left of the one person who is open, the newest first."""
    (person,) = key.subjects

    def read(field: str, number: UUID, sealed: bytes | memoryview | None) -> str:
        try:
            return key.unseal(person, Retention.BENEFITS, field, number, bytes(sealed)) if sealed else ""
        except LookupError:
            return ""

    rows = Release.objects.filter(person_id=person).order_by("-at", "id").values_list(*_FIELDS)
    return tuple(
        ReleaseLine(
            id=number, at=at, basis=basis, basis_id=basis_id, purpose=Purpose(purpose), opens=frozenset(opens),
            recipient=read(RECIPIENT, number, recipient), described=read(DESCRIBED, number, described),
            conditions=tuple(read(CONDITIONS, number, conditions).splitlines()), stopped_at=stopped_at,
        )
        for number, at, basis, basis_id, purpose, opens, recipient, described, conditions, stopped_at in rows
    )  # fmt: skip
