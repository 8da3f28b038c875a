"""Threads about claims: what was asked, about which decision, and by when the law wants an answer."""

from django.db import models

from wellkept.policy.records import Record


class Thread(Record):
    """One inquiry, request before care, appeal or external review. Its case holds who works on it and each step."""

    kind = models.TextField(db_comment="phi: inquiry, request, appeal or review.")
    setting = models.TextField(null=True, db_comment="phi: urgent, before or after care; null: no law times it.")
    claim_id = models.UUIDField(null=True, db_comment="phi: the claim it is about; null: none that stands here.")
    before_id = models.UUIDField(null=True, db_comment="phi: what was refused before, and is to be looked at again.")
    decided_on = models.DateField(null=True, db_comment="phi: the day of the decision it speaks against.")
    sent_at = models.DateTimeField(db_comment="housekeeping: when it came in.")
    due_at = models.DateTimeField(null=True, db_comment="housekeeping: until when the law wants it answered.")
    asked_at = models.DateTimeField(null=True, db_comment="housekeeping: since when it waits for what we asked.")
    passed_at = models.DateTimeField(null=True, db_comment="phi: when it went to a reviewer from outside.")
    tie = models.TextField(
        null=True, db_comment="phi: by what tie, or who on a call, sent it for them; null: they did."
    )

    class Meta:
        db_table_comment = "phi: threads about claims."
        indexes = (models.Index(fields=["person_id", "claim_id"], name="service_thread_claim"),)
