"""Letters: what is too private for mail goes on paper. Mail itself has no model here: it can carry no personal data."""

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


class Letter(Record):
    """A letter to one person, sealed until it is printed and emptied then."""

    kind = models.TextField(db_comment="personal: what the letter is, for instance access code.")
    body = models.BinaryField(db_comment="personal: sealed; empty once printed.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was made.")
    printed_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was printed.")

    class Meta:
        db_table_comment = "personal: the print queue."
        indexes = (
            models.Index(fields=["made_at"], condition=models.Q(printed_at=None), name="notices_letter_waiting"),
        )
