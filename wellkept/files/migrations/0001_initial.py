"""Papers that are attached, in sealed parts."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Papers that are attached, in sealed parts."""

    initial = True
    dependencies = (("ledger", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="Attachment",
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
                ("about", models.UUIDField(db_comment="housekeeping: the row this paper belongs to.")),
                ("name", models.BinaryField(db_comment="phi: sealed; the name it came with, cleaned.")),
                (
                    "kind",
                    models.TextField(
                        db_comment="housekeeping: media type as its bytes show it, never as its name says."
                    ),
                ),
                ("size", models.IntegerField(db_comment="housekeeping: how many bytes it has.")),
                ("parts", models.IntegerField(db_comment="housekeeping: how many parts hold it.")),
                (
                    "attached_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, db_comment="housekeeping: when it was attached."
                    ),
                ),
                (
                    "kept",
                    models.BooleanField(
                        default=False,
                        db_comment="housekeeping: it was sent with what it belongs to, and stays as it is.",
                    ),
                ),
            ],
            options={
                "db_table_comment": "phi: papers that were attached.",
                "indexes": [models.Index(fields=["person_id", "about"], name="files_attachment_about")],
            },
        ),
        migrations.CreateModel(
            name="Part",
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
                ("attachment_id", models.UUIDField(db_comment="housekeeping: the paper.")),
                ("number", models.IntegerField(db_comment="housekeeping: from 0.")),
                ("content", models.BinaryField(db_comment="phi: sealed; at most 256 KiB of the paper.")),
            ],
            options={
                "db_table_comment": "phi: sealed parts of papers.",
                "indexes": [models.Index(fields=["person_id", "attachment_id", "number"], name="files_part_of")],
            },
        ),
        SqlFile("files", "papers.sql"),
    )
