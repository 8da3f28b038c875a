"""Files that came in, what was set aside, and what waits to be applied. Contents wait sealed."""

from decimal import Decimal
from uuid import uuid4

from django.db import models
from django.utils import timezone

from wellkept.intake.records import Acknowledged, Covered, FullFile, Late, Payment, Premium

__all__ = ["Acknowledged", "Control", "Covered", "File", "FullFile", "Late", "Mark", "Payment", "Premium", "Set"]
__all__ += ["SetAside", "Staged", "Total", "dollars"]


class File(models.Model):
    """One file. ``id`` is the occasion of everything it brought."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the file and its occasion.")
    digest = models.BinaryField(db_comment="housekeeping: SHA-256 of its bytes.")
    name = models.TextField(db_comment="housekeeping: its name, without folders.")
    sender = models.TextField(blank=True, db_comment="public: the organisation it came from, as the file says.")
    mode = models.TextField(db_comment="housekeeping: lenient or strict.")
    began = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when reading began.")
    read_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was read to its end.")
    applied_at = models.DateTimeField(null=True, db_comment="housekeeping: when the last step was applied.")
    counts = models.JSONField(default=dict, db_comment="housekeeping: segments, sets, values and findings.")

    class Meta:
        db_table_comment = "housekeeping: files that came in."
        indexes = (
            models.Index(fields=["digest"], name="intake_file_digest"),
            models.Index(fields=["began"], condition=models.Q(applied_at=None), name="intake_file_waiting"),
        )


class SetAside(models.Model):
    """Something a file said that could not be taken, and why. Places and reasons only, never the value."""

    id = models.BigAutoField(primary_key=True, db_comment="housekeeping: the number of the row.")
    file = models.ForeignKey(File, on_delete=models.CASCADE, db_comment="housekeeping: the file.")
    interchange = models.TextField(blank=True, db_comment="housekeeping: the number of its envelope (ISA13).")
    set_number = models.TextField(blank=True, db_comment="housekeeping: the number of the set (ST02).")
    segment = models.BigIntegerField(db_comment="housekeeping: which segment of the file, from 1.")
    element = models.TextField(blank=True, db_comment="housekeeping: which element, for instance CLM02.")
    reason = models.TextField(db_comment="housekeeping: what is wrong, without the value.")
    fatal = models.BooleanField(db_comment="housekeeping: whether the set was put aside for it.")

    class Meta:
        db_table_comment = "housekeeping: what was set aside."


class Set(models.Model):
    """One transaction set of a file: accepted whole or not at all."""

    id = models.BigAutoField(primary_key=True, db_comment="housekeeping: the number of the row.")
    file = models.ForeignKey(File, on_delete=models.CASCADE, db_comment="housekeeping: the file.")
    place = models.BigIntegerField(db_comment="housekeeping: which set of the file, from 1.")
    interchange = models.TextField(db_comment="housekeeping: the number of its envelope (ISA13).")
    number = models.TextField(db_comment="housekeeping: the number of the set (ST02).")
    kind = models.TextField(db_comment="housekeeping: the kind of the set: 834, 837P, 837I or 835.")
    accepted = models.BooleanField(default=False, db_comment="housekeeping: whether it may be applied.")

    class Meta:
        db_table_comment = "housekeeping: transaction sets."


class Staged(models.Model):
    """One thing a file said, sealed, until a step applies it or an 834 brings the person it is about."""

    id = models.BigAutoField(primary_key=True, db_comment="housekeeping: in the order of the file.")
    file_id = models.UUIDField(db_comment="housekeeping: the file it stands in.")
    place = models.BigIntegerField(db_comment="housekeeping: which set of that file, from 1.")
    set_number = models.TextField(db_comment="housekeeping: the number of that set (ST02).")
    kind = models.TextField(db_comment="housekeeping: enrolment, filing or decision.")
    finder = models.BinaryField(db_comment="personal: keyed hash that names the person.")
    digest = models.BinaryField(db_comment="personal: keyed hash that names what is said.")
    apart = models.BooleanField(db_comment="housekeeping: kept apart, for its person is on no 834 yet.")
    content = models.BinaryField(db_comment="phi: sealed under the intake key.")

    class Meta:
        db_table_comment = "phi: what waits to be applied."
        indexes = (
            models.Index(fields=["file_id", "kind", "finder", "id"], name="intake_staged_file"),
            models.Index(fields=["finder"], condition=models.Q(apart=True), name="intake_staged_apart"),
        )


class Mark(models.Model):
    """A claim that tells of sensitive care, under a keyed hash. Whose claim it is, no table says."""

    mark = models.BinaryField(primary_key=True, db_comment="phi: keyed hash of a claim; it names nobody.")

    class Meta:
        db_table_comment = "phi: claims known to be sensitive before anybody is opened."


def dollars(*, db_comment: str) -> "models.DecimalField[Decimal, Decimal]":
    """An exact sum: X12 amounts have up to six decimals (X12.6, type R), and nothing is rounded."""
    return models.DecimalField(max_digits=30, decimal_places=6, default=0, db_comment=db_comment)


class Total(models.Model):
    """What a file was counted as: one kind of thing in one measure."""

    id = models.BigAutoField(primary_key=True, db_comment="housekeeping: the number of the row.")
    file = models.ForeignKey(File, on_delete=models.CASCADE, db_comment="housekeeping: the file.")
    kind = models.TextField(db_comment="housekeeping: enrolment, filing, decision, or rows and claims of a table.")
    measure = models.TextField(db_comment="housekeeping: records, billed or paid (US dollars).")
    read = dollars(db_comment="housekeeping: how much was read.")
    accepted = dollars(db_comment="housekeeping: how much of it was accepted; the rest was put aside.")
    applied = dollars(
        db_comment="housekeeping: how much of that stands in records, counted in the transactions that wrote it."
    )
    dropped = dollars(db_comment="housekeeping: how much was about people whose record was removed.")
    repeated = dollars(db_comment="housekeeping: how much was kept apart under an equal statement.")

    class Meta:
        db_table_comment = "housekeeping: what a file was counted as. It names nobody."
        constraints = (models.UniqueConstraint(fields=["file", "kind", "measure"], name="intake_total_once"),)


class Control(models.Model):
    """What a sender states of a file, beside what was found in it."""

    id = models.BigAutoField(primary_key=True, db_comment="housekeeping: the number of the row.")
    file = models.ForeignKey(File, on_delete=models.CASCADE, db_comment="housekeeping: the file.")
    place = models.BigIntegerField(db_comment="housekeeping: which set of the file, from 1; 0 is the whole file.")
    kind = models.TextField(db_comment="housekeeping: of what the total is.")
    measure = models.TextField(db_comment="housekeeping: records, billed, paid, segments or sets.")
    source = models.TextField(db_comment="housekeeping: where it is stated, for instance BPR02 or a control file.")
    stated = models.DecimalField(
        max_digits=30, decimal_places=6, null=True, db_comment="housekeeping: null where no number stands there."
    )
    found = dollars(db_comment="housekeeping: what was read.")

    class Meta:
        db_table_comment = "housekeeping: control totals. They name nobody."
