"""Questions by form."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Questions by form."""

    initial = True
    dependencies = (
        ("access", "0001_initial"),
        ("accounts", "0001_initial"),
        ("service", "0004_cases"),
    )
    operations = (
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the inquiry, and whose key seals what was typed.",
                        default=uuid.uuid4,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.TextField(db_comment="housekeeping: question or materials.")),
                (
                    "topic",
                    models.TextField(
                        db_comment="housekeeping: what it is about, one of a closed list; empty for materials."
                    ),
                ),
                ("reply", models.TextField(db_comment="housekeeping: how the answer is wished for: phone or post.")),
                (
                    "told",
                    models.BinaryField(db_comment="personal: sealed; what was typed; empty once done."),
                ),
                (
                    "state",
                    models.TextField(db_comment="housekeeping: waiting, working or done.", default="waiting"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when it came in.", default=django.utils.timezone.now
                    ),
                ),
                ("due_on", models.DateField(db_comment="housekeeping: by which day it is answered in time.")),
                (
                    "account_id",
                    models.UUIDField(db_comment="personal: the representative who answers it.", null=True),
                ),
                (
                    "actor",
                    models.TextField(db_comment="personal: the display name of who answers it.", null=True),
                ),
                (
                    "occasion",
                    models.UUIDField(
                        db_comment="housekeeping: what the openings for this answer belong to.", null=True
                    ),
                ),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under (B-07)."),
                ),
            ],
            options={
                "db_table_comment": "personal: questions and wishes for papers that are not answered yet.",
                "indexes": [models.Index(fields=["state", "due_on"], name="inquiries_inquiry_state")],
            },
        ),
        SqlFile("inquiries", "inquiries.sql"),
    )
