"""Confidential communications, under the lock."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Confidential communications, under the lock."""

    dependencies = (("people", "0002_lock"),)
    operations = (
        migrations.CreateModel(
            name="Confidential",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: made in Python, so that a row can be written without being read.",
                        default=uuid.uuid4,
                    ),
                ),
                ("person_id", models.UUIDField(db_comment="personal: whose row this is.")),
                (
                    "category",
                    models.TextField(
                        db_comment="housekeeping: what kind of thing this row is; sensitive care is a category of the row."
                    ),
                ),
                (
                    "plan_id",
                    models.UUIDField(db_comment="housekeeping: the plan, which is the tenant in law.", null=True),
                ),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under (B-07)."),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        db_comment="phi: the person had this row restricted (45 CFR 164.522(a)).", default=False
                    ),
                ),
                (
                    "channel",
                    models.TextField(
                        db_comment="personal: letter (to the address), portal (no paper), or empty when ended."
                    ),
                ),
                (
                    "address",
                    models.BinaryField(
                        db_comment="personal: sealed; lines, city, state, ZIP as JSON; empty for the portal."
                    ),
                ),
                ("since", models.DateTimeField(db_comment="personal: when the person gave or changed it last.")),
            ],
            options={"db_table_comment": "personal: confidential communications."},
        ),
        SqlFile("people", "confidential.sql"),
    )
