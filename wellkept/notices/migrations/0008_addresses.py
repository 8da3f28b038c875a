"""Mail addresses that were changed, for as long as the change may be taken back."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Mail addresses that were changed, for as long as the change may be taken back."""

    dependencies = (("notices", "0007_post"),)
    operations = (
        migrations.CreateModel(
            name="FormerAddress",
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
                ("address", models.BinaryField(db_comment="personal: sealed; the address, bound to the id it had.")),
                ("confirmed_at", models.DateTimeField(db_comment="personal: when it was confirmed.")),
                (
                    "right_at",
                    models.DateTimeField(
                        db_comment="personal: when its owner last said that it is still right.", null=True
                    ),
                ),
                (
                    "undo_hash",
                    models.BinaryField(
                        db_comment="personal: SHA-256 of what names this row in the link that was mailed."
                    ),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(
                        db_comment="personal: when another took its place.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(db_comment="housekeeping: until when it may come back; then it is removed."),
                ),
            ],
            options={
                "db_table_comment": "personal: mail addresses of the last 72 hours.",
                "indexes": [],
                "constraints": [],
            },
        ),
        SqlFile("notices", "addresses.sql"),
    )
