"""Calls: who called, about what, and who answers."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Call(models.Model):
    """One call. ``id`` is the occasion its openings belong to. Read by functions only."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the call and its occasion.")
    account_id = models.UUIDField(db_comment="personal: the representative who answers.")
    person_id = models.UUIDField(db_comment="personal: who called.")
    purpose = models.TextField(db_comment="phi: the purpose of use the representative stated.")
    about = models.TextField(db_comment="phi: what the call is about, one of a closed list.")
    began = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it began.")
    verified = models.DateTimeField(
        null=True, db_comment="housekeeping: when the representative said that the caller answered what we ask."
    )
    ended = models.DateTimeField(null=True, db_comment="housekeeping: when it ended.")

    class Meta:
        db_table_comment = "phi: calls."
        indexes = (models.Index(fields=["account_id", "began"], name="service_call_account"),)
