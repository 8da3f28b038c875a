"""Inquiries about claims, and appeals."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Inquiries about claims, and appeals."""

    dependencies = (
        ("service", "0005_desk"),
        ("files", "0001_initial"),
    )
    operations = (
        migrations.AddField(
            "case",
            "extended_on",
            models.DateField(
                null=True, db_comment="housekeeping: when its time was made longer, which the law allows once."
            ),
        ),
        migrations.AddField(
            "casestep",
            "acting",
            models.UUIDField(null=True, db_comment="phi: by which appointment they acted for the person, if by one."),
        ),
        migrations.CreateModel(
            name="Thread",
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
                ("kind", models.TextField(db_comment="phi: inquiry, request, appeal or review.")),
                (
                    "setting",
                    models.TextField(null=True, db_comment="phi: urgent, before or after care; null: no law times it."),
                ),
                (
                    "claim_id",
                    models.UUIDField(null=True, db_comment="phi: the claim it is about; null: none that stands here."),
                ),
                (
                    "before_id",
                    models.UUIDField(
                        null=True, db_comment="phi: what was refused before, and is to be looked at again."
                    ),
                ),
                (
                    "decided_on",
                    models.DateField(null=True, db_comment="phi: the day of the decision it speaks against."),
                ),
                ("sent_at", models.DateTimeField(db_comment="housekeeping: when it came in.")),
                (
                    "due_at",
                    models.DateTimeField(null=True, db_comment="housekeeping: until when the law wants it answered."),
                ),
                (
                    "asked_at",
                    models.DateTimeField(null=True, db_comment="housekeeping: since when it waits for what we asked."),
                ),
                (
                    "passed_at",
                    models.DateTimeField(null=True, db_comment="phi: when it went to a reviewer from outside."),
                ),
                (
                    "tie",
                    models.TextField(
                        null=True, db_comment="phi: by what tie, or who on a call, sent it for them; null: they did."
                    ),
                ),
            ],
            options={
                "db_table_comment": "phi: threads about claims.",
                "indexes": [models.Index(fields=["person_id", "claim_id"], name="service_thread_claim")],
            },
        ),
        SqlFile("service", "appeals.sql"),
    )
