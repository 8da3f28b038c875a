"""What left the house."""

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


class Release(Record):
    """Part of a record that left: to whom, under what, for what. ``id`` is also its letter's.

    A release under the person's own authorization names its recipient there; under an agreement here.
    """

    at = models.DateTimeField(default=timezone.now, db_comment="phi: when it left, or was given to be posted.")
    basis = models.TextField(db_comment="phi: under what it left: authorization or agreement.")
    basis_id = models.UUIDField(db_comment="phi: the authorization, or the organisation whose agreement it is.")
    purpose = models.TextField(db_comment="phi: for what.")
    opens = models.JSONField(db_comment="phi: which kinds of data.")
    recipient = models.BinaryField(
        null=True, db_comment="personal: sealed; who received it; null where the authorization says it."
    )
    described = models.BinaryField(db_comment="phi: sealed; in a few words what left.")
    conditions = models.BinaryField(db_comment="phi: sealed; the letter of conditions that went with it.")
    stopped_at = models.DateTimeField(
        null=True, db_comment="phi: when it was stopped before it was posted; null where it left."
    )

    class Meta:
        db_table_comment = "phi: what left the house."
        indexes = (models.Index(fields=["person_id", "-at"], name="disclosures_release_person"),)
