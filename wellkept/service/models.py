"""Calls: who called, about what, who answers. Cases: what somebody asked for, who works on it, what comes of it."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record
from wellkept.service.thread_models import Thread

__all__ = ("Call", "Case", "CaseStep", "Note", "Thread")


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
    way = models.TextField(null=True, db_comment="housekeeping: by what the caller was found: card, name, case.")
    call_back = models.DateTimeField(
        null=True, db_comment="housekeeping: since when the representative calls back at the number on file."
    )
    how = models.TextField(null=True, db_comment="housekeeping: how the caller was verified: answers or call back.")

    class Meta:
        db_table_comment = "phi: calls."
        indexes = (models.Index(fields=["account_id", "began"], name="service_call_account"),)


class Case(Record):
    """One thing a person sent that somebody has to work on. It bears the category of what was sent."""

    number = models.TextField(db_comment="housekeeping: what the person quotes on the phone; made by chance.")
    kind = models.TextField(db_comment="phi: claim, other_insurance, change, address or call.")
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
    next_step = models.TextField(
        null=True, db_comment="phi: what comes next, by its short name; null: what the kind of case begins with."
    )
    due_at = models.DateTimeField(
        null=True, db_comment="housekeeping: the hour by which it is decided, where the law counts in hours."
    )
    extended_on = models.DateField(
        null=True, db_comment="housekeeping: when its time was made longer, which the law allows once."
    )

    class Meta:
        db_table_comment = "phi: cases."
        indexes = (models.Index(fields=["person_id", "about"], name="service_case_about"),)


class CaseStep(Record):
    """One step of a case, as the person reads it."""

    case_id = models.UUIDField(db_comment="housekeeping: the case.")
    at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")
    what = models.TextField(db_comment="phi: opened, taken, given back, handed over, asked, told, accepted or refused.")
    actor = models.TextField(null=True, db_comment="personal: the display name of who did it; null: the person.")
    words = models.BinaryField(null=True, db_comment="phi: sealed; what was said with it.")
    acting = models.UUIDField(null=True, db_comment="phi: by which appointment they acted for the person, if by one.")

    class Meta:
        db_table_comment = "phi: steps of cases."
        indexes = (models.Index(fields=["person_id", "case_id", "at"], name="service_casestep_of"),)


class Note(Record):
    """What was said on a call, as its representative wrote it down. The person reads it."""

    call_id = models.UUIDField(db_comment="housekeeping: the call.")
    at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was written.")
    about = models.TextField(db_comment="phi: what the call was about, one of a closed list.")
    actor = models.TextField(db_comment="personal: the display name of who wrote it.")
    words = models.BinaryField(db_comment="phi: sealed; what was said.")

    class Meta:
        db_table_comment = "phi: notes of calls."
        indexes = (models.Index(fields=["person_id", "at"], name="service_note_of"),)
