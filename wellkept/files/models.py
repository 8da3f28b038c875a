"""Papers that somebody attached, and their parts. No file lies on a disk of its own."""

from uuid import UUID, uuid5

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


class Attachment(Record):
    """One paper: what it is called, what kind its bytes show, and how many sealed parts hold it."""

    about = models.UUIDField(db_comment="housekeeping: the row this paper belongs to.")
    name = models.BinaryField(db_comment="phi: sealed; the name it came with, cleaned.")
    kind = models.TextField(db_comment="housekeeping: media type as its bytes show it, never as its name says.")
    size = models.IntegerField(db_comment="housekeeping: how many bytes it has.")
    parts = models.IntegerField(db_comment="housekeeping: how many parts hold it.")
    attached_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was attached.")
    kept = models.BooleanField(
        default=False, db_comment="housekeeping: it was sent with what it belongs to, and stays as it is."
    )

    class Meta:
        db_table_comment = "phi: papers that were attached."
        indexes = (models.Index(fields=["person_id", "about"], name="files_attachment_about"),)


class Part(Record):
    """One part of a paper. Its id comes from the paper, its number and their count: no part takes another's place."""

    attachment_id = models.UUIDField(db_comment="housekeeping: the paper.")
    number = models.IntegerField(db_comment="housekeeping: from 0.")
    content = models.BinaryField(db_comment="phi: sealed; at most 256 KiB of the paper.")

    class Meta:
        db_table_comment = "phi: sealed parts of papers."
        indexes = (models.Index(fields=["person_id", "attachment_id", "number"], name="files_part_of"),)


def part_id(paper: UUID, *, number: int, of: int) -> UUID:
    """The id of a part. It is bound into what is sealed: a part moved, or a paper cut short, does not open."""
    return uuid5(paper, f"{number} of {of}")
