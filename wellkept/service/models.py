"""Calls: who called, about what, who answers. Cases: what somebody asked for, who works on it, what comes of it."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


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


class Case(Record):
    """One thing a person sent that somebody has to work on. It bears the category of what was sent."""

    number = models.TextField(db_comment="housekeeping: what the person quotes on the phone; made by chance.")
    kind = models.TextField(db_comment="phi: claim, other_insurance, change or address.")
    about = models.UUIDField(db_comment="housekeeping: the row that was sent, or the letter held up.")
    state = models.TextField(db_comment="phi: waiting, working, asked, accepted or refused.")
    opened_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it came in.")
    due_on = models.DateField(db_comment="housekeeping: the last day on which an answer is in time.")
    asked_on = models.DateField(
        null=True, db_comment="housekeeping: since when it waits for the person; the clock stands still."
    )
    account_id = models.UUIDField(null=True, db_comment="personal: the representative who works on it.")
    actor = models.TextField(null=True, db_comment="personal: the display name of who works on it.")
    occasion = models.UUIDField(null=True, db_comment="housekeeping: what the openings for this work belong to.")
    closed_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was decided.")

    class Meta:
        db_table_comment = "phi: cases."
        indexes = (models.Index(fields=["person_id", "about"], name="service_case_about"),)


class CaseStep(Record):
    """One step of a case, as the person reads it."""

    case_id = models.UUIDField(db_comment="housekeeping: the case.")
    at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")
    what = models.TextField(db_comment="phi: opened, taken, given back, asked, told, accepted or refused.")
    actor = models.TextField(null=True, db_comment="personal: the display name of who did it; null: the person.")
    words = models.BinaryField(null=True, db_comment="phi: sealed; what was said with it.")

    class Meta:
        db_table_comment = "phi: steps of cases."
        indexes = (models.Index(fields=["person_id", "case_id", "at"], name="service_casestep_of"),)
