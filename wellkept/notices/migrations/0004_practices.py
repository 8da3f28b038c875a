"""The notice of privacy practices."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """The notice of privacy practices."""

    dependencies = (("notices", "0003_channels"),)
    operations = (
        migrations.CreateModel(
            name="Informed",
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
                ("version", models.TextField(db_comment="public: the version of the policy.")),
                ("why", models.TextField(db_comment="housekeeping: enrolment, revision or reminder.")),
                (
                    "way",
                    models.TextField(db_comment="personal: letter, mail, or portal where the person wants no paper."),
                ),
                ("at", models.DateTimeField(db_comment="housekeeping: when.", default=django.utils.timezone.now)),
            ],
            options={
                "db_table_comment": "personal: who was told of which version of the policy.",
                "indexes": [models.Index(fields=["person_id", "-at"], name="notices_informed_person")],
                "constraints": [],
            },
        ),
        SqlFile("notices", "practices.sql"),
    )
