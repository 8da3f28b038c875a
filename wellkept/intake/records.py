"""What intake keeps beside its files: full files of plans, who is enrolled, claims after the end, premiums."""

from django.db import models

from wellkept.policy.records import Record


class FullFile(models.Model):
    """What one full file says of one plan's insurance line: that it names everybody who is covered."""

    id = models.BigAutoField(primary_key=True, db_comment="housekeeping: the number of the row.")
    file_id = models.UUIDField(db_comment="housekeeping: the file.")
    plan_id = models.UUIDField(db_comment="housekeeping: the plan.")
    line = models.TextField(db_comment="public: insurance line code, for instance HLT or DEN.")
    told_on = models.DateField(null=True, db_comment="housekeeping: the day the file bears (BGN03).")
    absent_on = models.DateField(null=True, db_comment="housekeeping: last day of whom it names no more.")
    state = models.TextField(
        default="read", db_comment="housekeeping: read, incomplete, waiting (for a confirmation), ending or ended."
    )
    reason = models.TextField(blank=True, db_comment="housekeeping: why it ends nobody.")
    covered = models.BigIntegerField(default=0, db_comment="housekeeping: how many were covered when it was applied.")
    absent = models.BigIntegerField(default=0, db_comment="housekeeping: how many of them it names no more.")
    confirmed_at = models.DateTimeField(null=True, db_comment="housekeeping: when its ends were confirmed.")
    confirmed_by = models.TextField(blank=True, db_comment="housekeeping: display name of the staff who confirmed.")

    class Meta:
        db_table_comment = "housekeeping: full enrolment files, plan by plan. They name nobody."
        constraints = (models.UniqueConstraint(fields=["file_id", "plan_id", "line"], name="intake_fullfile_once"),)
        indexes = (models.Index(fields=["plan_id", "line", "told_on"], name="intake_fullfile_plan"),)


class Covered(models.Model):
    """The days of one coverage once more, in the order of its plan, so that a full file finds whom it names no more."""

    coverage_id = models.UUIDField(primary_key=True, db_comment="housekeeping: the coverage.")
    person_id = models.UUIDField(db_comment="personal: whose it is.")
    plan_id = models.UUIDField(db_comment="housekeeping: the plan.")
    line = models.TextField(db_comment="phi: insurance line code.")
    told_on = models.TextField(db_comment="housekeeping: the day of the last file that named it.")
    begins_on = models.DateField(null=True, db_comment="phi: first day covered.")
    ends_on = models.DateField(null=True, db_comment="phi: last day covered.")

    class Meta:
        db_table_comment = "phi: who is enrolled in which plan. Functions of the gate alone read and write it."
        indexes = (models.Index(fields=["plan_id", "line", "person_id"], name="intake_covered_plan"),)


class Late(Record):
    """A decided claim for care after coverage had ended, for the desk to look at. The claim itself is not touched."""

    claim_id = models.UUIDField(db_comment="phi: the claim.")
    served_from = models.DateField(db_comment="phi: first day of care.")
    file_id = models.UUIDField(db_comment="housekeeping: the file that ended the coverage.")
    found_at = models.DateTimeField(auto_now_add=True, db_comment="housekeeping: when it was found.")

    class Meta:
        db_table_comment = "phi: claims decided before their coverage was ended to an earlier day."


class Payment(models.Model):
    """One premium payment (820): who paid whom, how much, and whether its parts add up to it."""

    id = models.UUIDField(primary_key=True, db_comment="housekeeping: made from payer, trace number and day.")
    payer = models.TextField(db_comment="public: the organisation that paid.")
    payee = models.TextField(db_comment="public: the organisation that was paid.")
    trace_number = models.TextField(db_comment="financial: the number by which the payment is traced (TRN02).")
    paid_on = models.DateField(null=True, db_comment="financial: the day of the payment (BPR16).")
    amount = models.DecimalField(
        max_digits=18, decimal_places=2, db_comment="financial: the amount (BPR02), in US dollars."
    )
    told = models.DecimalField(max_digits=18, decimal_places=2, db_comment="financial: the sum of its parts (RMR04).")
    parts = models.BigIntegerField(db_comment="financial: how many parts it has.")
    people = models.BigIntegerField(db_comment="financial: how many of them name a person.")
    file_id = models.UUIDField(db_comment="housekeeping: the first file that said this.")

    class Meta:
        db_table_comment = "financial: premium payments of organisations. They name nobody who is covered."


class Acknowledged(models.Model):
    """What somebody says of a file that was sent to them: a verdict on a set, a group or an interchange."""

    id = models.BigAutoField(primary_key=True, db_comment="housekeeping: the number of the row.")
    file_id = models.UUIDField(db_comment="housekeeping: the file that says it.")
    kind = models.TextField(db_comment="housekeeping: the kind of the answer: 999 or TA1.")
    group = models.TextField(blank=True, db_comment="housekeeping: the number of the group it answers (AK102).")
    identifier = models.TextField(blank=True, db_comment="housekeeping: the kind of the set (AK201).")
    number = models.TextField(
        blank=True,
        db_comment="housekeeping: the number of the set or envelope it answers (AK202 or TA101); empty for a group.",
    )
    verdict = models.TextField(db_comment="housekeeping: whether it was taken (IK501, AK901 or TA104).")
    codes = models.JSONField(
        default=list, db_comment="housekeeping: codes of what is wrong with it (IK502 to 06, AK905 to 09, or TA105)."
    )
    errors = models.JSONField(default=list, db_comment="housekeeping: places and codes of what is said to be wrong.")

    class Meta:
        db_table_comment = "housekeeping: acknowledgments that came in. They name nobody."
        indexes = (models.Index(fields=["file_id"], name="intake_acknowledged_file"),)


class Premium(Record):
    """What was paid for one person's coverage, as one payment says it."""

    payment_id = models.UUIDField(db_comment="financial: the payment.")
    reference = models.TextField(blank=True, db_comment="financial: what it was paid for, as RMR01 and RMR02 say.")
    begins_on = models.DateField(null=True, db_comment="phi: first day it pays for (DTM 582).")
    ends_on = models.DateField(null=True, db_comment="phi: last day it pays for.")
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, db_comment="financial: the amount (RMR04), in US dollars."
    )
    adjusted = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, db_comment="financial: the sum of its adjustments (ADX01)."
    )
    file_id = models.UUIDField(db_comment="housekeeping: the first file that said this.")
    set_number = models.TextField(db_comment="housekeeping: the number of the set that said this (ST02).")

    class Meta:
        db_table_comment = "financial: premiums, person by person."
