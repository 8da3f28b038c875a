"""What people asked of the privacy officer, and the answers."""

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


class Request(Record):
    """A request under the policy, for instance a question about an opening."""

    kind = models.TextField(db_comment="phi: what is asked, for instance opening.")
    entry = models.BigIntegerField(null=True, db_comment="phi: the ledger entry it is about.")
    words = models.BinaryField(db_comment="phi: sealed; what the person wrote.")
    asked_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it came in.")
    due_on = models.DateField(
        db_comment="housekeeping: the last business day on which an answer keeps the promise (U-33)."
    )
    answered_at = models.DateTimeField(null=True, db_comment="housekeeping: when a person decided.")
    answer = models.BinaryField(null=True, db_comment="phi: sealed; the answer.")
    answered_by = models.TextField(null=True, db_comment="personal: the display name of who answered.")

    class Meta:
        db_table_comment = "phi: privacy requests."
