"""What can happen to a paper: attached, thrown away, kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wellkept.files import kinds, names, scanning
from wellkept.files.kinds import Kind
from wellkept.files.models import Attachment, Part, part_id
from wellkept.policy.words import Category, Key, Retention

PART: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Clean:
    """A paper that was looked at: what it is, the name it gets, and the bytes to keep of it."""

    kind: Kind
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper as it is kept: its id, media type and size in bytes, and its sealed name and parts by their places."""

    id: UUID
    kind: str
    size: int
    name: bytes
    parts: tuple[tuple[UUID, bytes], ...]


def places(paper: UUID, parts: int) -> list[UUID]:
    """Where each part of a paper lies, in order."""
    return [part_id(paper, number=number, of=parts) for number in range(parts)]


def looked_at(*, name: str, content: bytes) -> Clean:
    """A paper as it may be kept. It needs no key, and may take longer than something may be open: call it before.

    Raises ``ValidationError`` with a sentence for the sender: nothing we take, too large, or found bad by the scanner;
    ``CannotLookError`` where the scanner does not answer.
    """
    kind, kept = kinds.checked(content)
    scanning.checked(content)
    return Clean(kind, names.cleaned(name, ending=kind.ending), kept)


def prepared(key: Key, clean: Clean) -> Prepared:
    """A paper of the one person who is open, sealed."""
    (person,) = key.subjects
    paper, kept = uuid4(), clean.content
    cut = [kept[at : at + PART] for at in range(0, len(kept), PART)]
    sealed = [
        (place, key.seal_bytes(person, Retention.BENEFITS, "file.bytes", place, part))
        for place, part in zip(places(paper, len(cut)), cut, strict=True)
    ]
    sealed_name = key.seal(person, Retention.BENEFITS, "file.name", paper, clean.name)
    return Prepared(paper, clean.kind.media_type, len(kept), sealed_name, tuple(sealed))


def attach(key: Key, clean: Clean, *, category: Category, about: UUID, collected_under: str) -> UUID:
    """Seal a paper that belongs to the row ``about`` of the one person who is open; returns the paper.

    Raises ``ValidationError`` with a sentence for the sender where there are too many.
    """
    (person,) = key.subjects
    if Attachment.objects.filter(person_id=person, about=about).count() >= kinds.MOST:
        raise ValidationError(_("There are five papers already. Remove one, or send the rest by itself."))
    paper = prepared(key, clean)
    row = {"person_id": person, "category": category, "collected_under": collected_under}
    Attachment.objects.create(
        id=paper.id, **row, about=about, kind=paper.kind, size=paper.size, parts=len(paper.parts), name=paper.name
    )
    for number, (place, sealed) in enumerate(paper.parts):
        Part.objects.create(id=place, **row, attachment_id=paper.id, number=number, content=sealed)
    return paper.id


def shown(name: str) -> str:
    """A name as a page may say it, of a file that was not taken."""
    return names.seen(name)


def throw_away(key: Key, *, about: UUID, paper: UUID) -> bool:
    """Remove a paper that was not sent yet; False where there is none."""
    (person,) = key.subjects
    mine = Attachment.objects.filter(person_id=person, about=about, id=paper, kept=False)
    if not mine.exists():
        return False
    Part.objects.filter(person_id=person, attachment_id=paper).delete()
    return bool(mine.delete()[0])


def throw_all_away(key: Key, *, about: UUID) -> None:
    """Remove every paper of something that is thrown away before it was sent."""
    (person,) = key.subjects
    for paper in list(waiting(person, about)):
        throw_away(key, about=about, paper=paper)


def keep(key: Key, *, about: UUID) -> int:
    """What was attached goes with what it belongs to and stays as it is; returns how many papers did so now."""
    (person,) = key.subjects
    return Attachment.objects.filter(person_id=person, about=about, kept=False).update(kept=True)


def waiting(person: UUID, about: UUID) -> Iterator[UUID]:
    """The papers that were not sent yet."""
    found = Attachment.objects.filter(person_id=person, about=about, kept=False)
    return iter(found.values_list("id", flat=True))
