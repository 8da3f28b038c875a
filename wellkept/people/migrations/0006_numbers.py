"""Social security numbers, sealed."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Social security numbers, sealed."""

    dependencies = (("people", "0005_family"),)
    operations = (
        migrations.CreateModel(
            name="Number",
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
                    models.BinaryField(
                        db_comment="personal: sealed; nine digits, of which the last four are ever shown."
                    ),
                ),
                ("file_id", models.UUIDField(db_comment="housekeeping: the file that said this last.")),
                (
                    "told",
                    models.TextField(
                        db_comment="housekeeping: the file's date and a keyed hash of what it said; a lesser one changes nothing."
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: social security numbers.",
            },
        ),
        SqlFile("people", "numbers.sql"),
    )
