"""What somebody asked us by a form of the public site, until it is answered."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Inquiry(models.Model):
    """A question, or a wish for papers by post. Read by functions only.

    What was typed is sealed under a key of the inquiry's own and goes with it. ``state``: waiting (nobody has it yet),
    working (somebody of ours has), done (empty; the program takes its key and its row away).
    """

    id = models.UUIDField(
        primary_key=True, default=uuid4, db_comment="housekeeping: the inquiry, and whose key seals what was typed."
    )
    kind = models.TextField(db_comment="housekeeping: question or materials.")
    topic = models.TextField(db_comment="housekeeping: what it is about, one of a closed list; empty for materials.")
    reply = models.TextField(db_comment="housekeeping: how the answer is wished for: phone or post.")
    told = models.BinaryField(db_comment="personal: sealed; what was typed; empty once done.")
    state = models.TextField(default="waiting", db_comment="housekeeping: waiting, working or done.")
    asked_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it came in.")
    due_on = models.DateField(db_comment="housekeeping: by which day it is answered in time.")
    account_id = models.UUIDField(null=True, db_comment="personal: the representative who answers it.")
    actor = models.TextField(null=True, db_comment="personal: the display name of who answers it.")
    occasion = models.UUIDField(null=True, db_comment="housekeeping: what the openings for this answer belong to.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under (B-07).")

    class Meta:
        db_table_comment = "personal: questions and wishes for papers that are not answered yet."
        indexes = (models.Index(fields=["state", "due_on"], name="inquiries_inquiry_state"),)
