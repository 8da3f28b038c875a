"""Names that change, and lives that end."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Names that change, and lives that end."""

    dependencies = (("people", "0006_numbers"), ("accounts", "0012_leaving"))
    operations = (
        migrations.CreateModel(
            name="Death",
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
                    "state",
                    models.TextField(db_comment="personal: told, dead, or ended where it was not so or a mistake."),
                ),
                (
                    "step",
                    models.TextField(
                        db_comment="housekeeping: what waits for a second person: death, estate, undo, or nothing."
                    ),
                ),
                (
                    "told",
                    models.BinaryField(
                        db_comment="personal: sealed; day of death, who told us and how they stand, as JSON."
                    ),
                ),
                (
                    "estate",
                    models.BinaryField(
                        db_comment="personal: sealed; the representative's name and address as JSON, or empty."
                    ),
                ),
                (
                    "estate_asked",
                    models.BinaryField(db_comment="personal: sealed; the same, while it waits for a second person."),
                ),
                (
                    "paper",
                    models.TextField(db_comment="personal: which kind of paper the second person saw; empty before."),
                ),
                ("seen_on", models.DateField(db_comment="personal: the day on which they saw it.", null=True)),
                ("asked_by", models.UUIDField(db_comment="housekeeping: the account that told it.")),
                ("asked_actor", models.TextField(db_comment="personal: the name of whoever told it.")),
                ("asked_at", models.DateTimeField(db_comment="housekeeping: when.")),
                (
                    "decided_by",
                    models.UUIDField(db_comment="housekeeping: the account that decided; never the same.", null=True),
                ),
                ("decided_actor", models.TextField(db_comment="personal: the name of whoever decided.", null=True)),
                ("decided_at", models.DateTimeField(db_comment="housekeeping: when.", null=True)),
            ],
            options={"db_table_comment": "personal: deaths, and where the estate is written to."},
        ),
        migrations.AddField(
            model_name="finder",
            name="until",
            field=models.DateField(
                db_comment="personal: of a former name, the last day on which it finds anybody.", null=True
            ),
        ),
        SqlFile("people", "life.sql"),
    )
