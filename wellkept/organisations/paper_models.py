"""Papers of organisations, and their parts. The organisation is the subject: only an opening shows a row."""

from uuid import UUID, uuid5

from django.db import models

from wellkept.policy.records import Record


class Paper(Record):
    """One paper between an organisation and us: from whom, what kind, and how many sealed parts hold it."""

    kind = models.TextField(db_comment="trade secret: proposal, contract, accounting or credit.")
    ours = models.BooleanField(db_comment="housekeeping: we sent it, and not the organisation.")
    by_name = models.TextField(db_comment="personal: the display name of who sent it.")
    standing = models.TextField(db_comment="trade secret: what customer the organisation was when it was sent.")
    title = models.BinaryField(db_comment="trade secret: sealed; what the paper is called.")
    name = models.BinaryField(db_comment="trade secret: sealed; the name its file came with, cleaned.")
    media_type = models.TextField(db_comment="housekeeping: media type as its bytes show it, never as its name says.")
    size = models.IntegerField(db_comment="housekeeping: how many bytes it has.")
    parts = models.IntegerField(db_comment="housekeeping: how many parts hold it.")
    with_agent = models.BooleanField(db_comment="trade secret: the agent appointed to the employer may read it.")
    sent_at = models.DateTimeField(db_comment="housekeeping: when it was sent.")

    class Meta:
        db_table_comment = "trade secret: proposals, contracts, accounting and credit papers of organisations."
        indexes = (models.Index(fields=["person_id", "-sent_at"], name="organisations_paper_of"),)


class PaperPart(Record):
    """One part of a paper. Its id comes from the paper, its number and their count: no part takes another's place."""

    paper_id = models.UUIDField(db_comment="housekeeping: the paper.")
    number = models.IntegerField(db_comment="housekeeping: from 0.")
    content = models.BinaryField(db_comment="trade secret: sealed; at most 256 KiB of the paper.")

    class Meta:
        db_table_comment = "trade secret: sealed parts of papers of organisations."
        indexes = (models.Index(fields=["person_id", "paper_id", "number"], name="organisations_paperpart_of"),)


def part_id(paper: UUID, *, number: int, of: int) -> UUID:
    """The id of a part. It is bound into what is sealed: a part moved, or a paper cut short, does not open."""
    return uuid5(paper, f"{number} of {of}")
