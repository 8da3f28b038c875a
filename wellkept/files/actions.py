"""What can happen to a paper: attached, thrown away, kept."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wellkept.files import kinds, names
from wellkept.files.models import Attachment, Part, part_id
from wellkept.policy.words import Category, Key, Retention

PART: Final = 256 * 1024


def attach(key: Key, *, category: Category, about: UUID, name: str, content: bytes, collected_under: str) -> UUID:
    """Seal a paper that belongs to the row ``about`` of the one person who is open; returns the paper.

    Raises ``ValidationError`` with a sentence for the sender: nothing we take, too large, too many.
    """
    (person,) = key.subjects
    kind, kept = kinds.checked(content)
    if Attachment.objects.filter(person_id=person, about=about).count() >= kinds.MOST:
        raise ValidationError(_("There are five papers already. Remove one, or send the rest by itself."))
    paper, row = uuid4(), {"person_id": person, "category": category, "collected_under": collected_under}
    parts = [kept[at : at + PART] for at in range(0, len(kept), PART)]
    Attachment.objects.create(
        id=paper, **row, about=about, kind=kind.media_type, size=len(kept), parts=len(parts),
        name=key.seal(person, Retention.BENEFITS, "file.name", paper, names.cleaned(name, ending=kind.ending)),
    )  # fmt: skip
    for number, part in enumerate(parts):
        place = part_id(paper, number=number, of=len(parts))
        sealed = key.seal_bytes(person, Retention.BENEFITS, "file.bytes", place, part)
        Part.objects.create(id=place, **row, attachment_id=paper, number=number, content=sealed)
    return paper


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
