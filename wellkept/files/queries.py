"""The papers of something, and one of them whole. Only a door gives it out, as a download and never in line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from wellkept.files.models import Attachment, Part, part_id
from wellkept.policy.words import Key, Retention

FIELDS: Final = ("id", "name", "kind", "size", "attached_at", "kept")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper. ``size`` in bytes; ``name`` is empty once its key was destroyed; ``kept`` once it was sent."""

    id: UUID
    name: str
    kind: str
    size: int
    attached_at: datetime
    kept: bool


def papers(key: Key, about: UUID) -> tuple[PaperLine, ...]:
    """The papers of one row of the one person who is open, in the order they were attached."""
    (person,) = key.subjects
    rows = Attachment.objects.filter(person_id=person, about=about).order_by("attached_at", "id").values_list(*FIELDS)
    return tuple(PaperLine(row[0], _name(key, person, row[0], row[1]), *row[2:]) for row in rows)


def content(key: Key, paper: UUID) -> bytes:
    """The bytes of a paper of the one person who is open, part by part.

    Raises ``LookupError`` where a part is missing or its key was destroyed, and ``CannotOpenError`` where one is not
    the part that was sealed there.
    """
    (person,) = key.subjects
    count = Attachment.objects.filter(person_id=person, id=paper).values_list("parts", flat=True).first()
    if count is None:
        raise LookupError
    return b"".join(_part(key, person, part_id(paper, number=number, of=count)) for number in range(count))


def _part(key: Key, person: UUID, place: UUID) -> bytes:
    sealed = Part.objects.filter(person_id=person, id=place).values_list("content", flat=True).first()
    if sealed is None:
        raise LookupError
    return key.unseal_bytes(person, Retention.BENEFITS, "file.bytes", place, bytes(sealed))


def _name(key: Key, person: UUID, paper: UUID, sealed: bytes) -> str:
    try:
        return key.unseal(person, Retention.BENEFITS, "file.name", paper, bytes(sealed))
    except LookupError:
        return ""
