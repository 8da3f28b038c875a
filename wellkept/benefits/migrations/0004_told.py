"""What members tell us on forms."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """What members tell us on forms."""

    dependencies = (("benefits", "0003_balances"),)
    operations = (
        migrations.CreateModel(
            name="Told",
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
                ("form", models.TextField(db_comment="phi: which form: claim, other_insurance or change.")),
                (
                    "version",
                    models.TextField(
                        db_comment="housekeeping: the version of the form these answers were given under."
                    ),
                ),
                (
                    "answers",
                    models.BinaryField(db_comment="phi: sealed; the answers by the name of their question, as JSON."),
                ),
                ("begun_at", models.DateTimeField(db_comment="housekeeping: when it was begun.")),
                (
                    "touched_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when it was last written.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(null=True, db_comment="housekeeping: when it was sent; null while it is not."),
                ),
            ],
            options={
                "db_table_comment": "phi: what people told us on forms.",
                "indexes": [models.Index(fields=["person_id", "form", "-begun_at"], name="benefits_told_person")],
            },
        ),
        SqlFile("benefits", "told.sql"),
    )
