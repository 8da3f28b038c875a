"""One record of two humans, split: what chosen files and sets said of the other moves to a record of its own.

Serves U-43, P-19. The work is done by intake, a part at a time: each part is one transaction in an opening of both
records, and may be repeated after a kill. What a part does not say stays where it is.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Source:
    """A file and set that said something of a record, and how much. ``name`` is None where the file is forgotten."""

    file_id: UUID
    set_number: str
    name: str | None
    sender: str | None
    began: datetime | None
    enrolments: int
    coverages: int
    filings: int
    decisions: int


def sources(secret: bytes, split: UUID) -> tuple[Source, ...]:
    """The files and sets that said something of the record a split is about, which must have been opened before."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wellkept.intake_split_sources(%s, %s)", [secret, split])
        return tuple(Source(*row) for row in cursor.fetchall())
