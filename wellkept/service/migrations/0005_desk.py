"""Work lists, notes of calls, and what is handed over."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Work lists, notes of calls, and what is handed over."""

    dependencies = (
        ("service", "0004_cases"),
        ("people", "0001_initial"),
        ("accounts", "0001_initial"),
    )
    operations = (
        migrations.AddField(
            "call",
            "way",
            models.TextField(null=True, db_comment="housekeeping: by what the caller was found: card, name, case."),
        ),
        migrations.AddField(
            "call",
            "call_back",
            models.DateTimeField(
                null=True, db_comment="housekeeping: since when the representative calls back at the number on file."
            ),
        ),
        migrations.AddField(
            "call",
            "how",
            models.TextField(null=True, db_comment="housekeeping: how the caller was verified: answers or call back."),
        ),
        migrations.AddField(
            "case",
            "next_step",
            models.TextField(
                null=True,
                db_comment="phi: what comes next, by its short name; null: what the kind of case begins with.",
            ),
        ),
        migrations.AddField(
            "case",
            "due_at",
            models.DateTimeField(
                null=True, db_comment="housekeeping: the hour by which it is decided, where the law counts in hours."
            ),
        ),
        migrations.CreateModel(
            "Note",
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
                        default=uuid.uuid4,
                        db_comment="housekeeping: made in Python, so that a row can be written without being read.",
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
                    models.UUIDField(null=True, db_comment="housekeeping: the plan, which is the tenant in law."),
                ),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under (B-07)."),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        default=False, db_comment="phi: the person had this row restricted (45 CFR 164.522(a))."
                    ),
                ),
                ("call_id", models.UUIDField(db_comment="housekeeping: the call.")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, db_comment="housekeeping: when it was written."
                    ),
                ),
                ("about", models.TextField(db_comment="phi: what the call was about, one of a closed list.")),
                ("actor", models.TextField(db_comment="personal: the display name of who wrote it.")),
                ("words", models.BinaryField(db_comment="phi: sealed; what was said.")),
            ],
            options={
                "db_table_comment": "phi: notes of calls.",
                "indexes": (models.Index(fields=["person_id", "at"], name="service_note_of"),),
            },
        ),
        SqlFile("service", "desk.sql"),
    )
