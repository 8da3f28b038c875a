"""Know who helps whom, and who stands in for whom."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Know who helps whom, and who stands in for whom."""

    dependencies = (
        ("consent", "0003_words"),
        ("accounts", "0012_leaving"),
    )
    operations = (
        migrations.CreateModel(
            name="Appointment",
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
                    "kind",
                    models.TextField(
                        db_comment="phi: as what: helper, guardian, power_of_attorney, court_order or executor."
                    ),
                ),
                (
                    "holder",
                    models.UUIDField(
                        db_comment="personal: who holds the account that acts; random until a code is used."
                    ),
                ),
                ("name", models.BinaryField(db_comment="personal: sealed; the name by which they were named.")),
                ("opens", models.JSONField(db_comment="phi: which categories.")),
                (
                    "state",
                    models.TextField(
                        db_comment="housekeeping: waits for a second one of us, stands, declined or ended."
                    ),
                ),
                ("since", models.DateTimeField(db_comment="phi: from when.")),
                ("expires", models.DateTimeField(db_comment="phi: until when.")),
                ("ended_at", models.DateTimeField(db_comment="phi: when it ended before its time.", null=True)),
                (
                    "ended_by",
                    models.TextField(
                        db_comment="phi: who ended it: person, helper or a reason of the desk.",
                        db_default="",
                        default="",
                    ),
                ),
                ("accepted_at", models.DateTimeField(db_comment="phi: when they took it on.", null=True)),
                (
                    "adult",
                    models.BooleanField(
                        db_comment="phi: of a paper, whether the person was of age when it was written down.",
                        db_default=False,
                        default=False,
                    ),
                ),
                (
                    "paper",
                    models.TextField(
                        db_comment="phi: which paper bears it out; empty for a helper.", db_default="", default=""
                    ),
                ),
                (
                    "seen_on",
                    models.DateField(db_comment="phi: on which day the second one of us saw the paper.", null=True),
                ),
                (
                    "asked_by",
                    models.UUIDField(
                        db_comment="personal: whose account of ours wrote it; null: the person.", null=True
                    ),
                ),
                (
                    "asked_actor",
                    models.TextField(
                        db_comment="personal: the name of whoever wrote it down.", db_default="", default=""
                    ),
                ),
                ("asked_at", models.DateTimeField(db_comment="housekeeping: when it was written down.")),
                (
                    "decided_by",
                    models.UUIDField(db_comment="personal: which other account of ours decided.", null=True),
                ),
                (
                    "decided_actor",
                    models.TextField(db_comment="personal: the name of whoever decided.", db_default="", default=""),
                ),
                ("decided_at", models.DateTimeField(db_comment="housekeeping: when that was decided.", null=True)),
                (
                    "statement",
                    models.BinaryField(
                        db_comment="phi: sealed; what was shown and agreed to; null where a paper says it.", null=True
                    ),
                ),
                ("form", models.TextField(db_comment="public: the version of what was shown.", null=True)),
                ("language", models.TextField(db_comment="personal: in which language it was shown.", null=True)),
            ],
            options={
                "db_table_comment": "phi: who may act for a person, for how long, and in what.",
            },
        ),
        SqlFile("consent", "authority.sql"),
        SqlFile("consent", "representatives.sql"),
    )
