"""The columns every record row carries from its first day (house: the lock)."""

from uuid import uuid4

from django.db import models


class Record(models.Model):
    """A row about one person that only an opening shows.

    ``person_id`` is no foreign key: whose row it is, is decided by the gate, and a key that cascades or is read through
    the lock would see nothing.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    id = models.UUIDField(
        default=uuid4, db_comment="housekeeping: made in Python, so that a row can be written without being read."
    )
    person_id = models.UUIDField(db_comment="personal: whose row this is.")
    category = models.TextField(
        db_comment="housekeeping: what kind of thing this row is; sensitive care is a category of the row."
    )
    plan_id = models.UUIDField(null=True, db_comment="housekeeping: the plan, which is the tenant in law.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under (B-07).")
    restricted = models.BooleanField(
        default=False, db_comment="phi: the person had this row restricted (45 CFR 164.522(a))."
    )

    class Meta:
        abstract = True
