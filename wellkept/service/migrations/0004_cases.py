"""Cases: what somebody asked for, who works on it, and each step."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Cases: what somebody asked for, who works on it, and each step."""

    dependencies = (
        ("service", "0003_verified"),
        ("ledger", "0001_initial"),
    )
    operations = (
        migrations.CreateModel(
            name="Case",
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
                    "number",
                    models.TextField(db_comment="housekeeping: what the person quotes on the phone; made by chance."),
                ),
                ("kind", models.TextField(db_comment="phi: claim, other_insurance, change, address or call.")),
                ("about", models.UUIDField(db_comment="housekeeping: the row that was sent, or the letter held up.")),
                ("state", models.TextField(db_comment="phi: waiting, working, asked, accepted or refused.")),
                (
                    "opened_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, db_comment="housekeeping: when it came in."
                    ),
                ),
                ("due_on", models.DateField(db_comment="housekeeping: the last day on which an answer is in time.")),
                (
                    "asked_on",
                    models.DateField(
                        null=True,
                        db_comment="housekeeping: since when it waits for the person; the clock stands still.",
                    ),
                ),
                ("account_id", models.UUIDField(null=True, db_comment="personal: the representative who works on it.")),
                ("actor", models.TextField(null=True, db_comment="personal: the display name of who works on it.")),
                (
                    "occasion",
                    models.UUIDField(null=True, db_comment="housekeeping: what the openings for this work belong to."),
                ),
                ("closed_at", models.DateTimeField(null=True, db_comment="housekeeping: when it was decided.")),
            ],
            options={
                "db_table_comment": "phi: cases.",
                "indexes": [models.Index(fields=["person_id", "about"], name="service_case_about")],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
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
                ("case_id", models.UUIDField(db_comment="housekeeping: the case.")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, db_comment="housekeeping: when.")),
                (
                    "what",
                    models.TextField(
                        db_comment="phi: opened, taken, given back, handed over, asked, told, accepted or refused."
                    ),
                ),
                (
                    "actor",
                    models.TextField(
                        null=True, db_comment="personal: the display name of who did it; null: the person."
                    ),
                ),
                ("words", models.BinaryField(null=True, db_comment="phi: sealed; what was said with it.")),
            ],
            options={
                "db_table_comment": "phi: steps of cases.",
                "indexes": [models.Index(fields=["person_id", "case_id", "at"], name="service_casestep_of")],
            },
        ),
        SqlFile("service", "cases.sql"),
    )
