"""Balances, and what each claim counts towards them."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Balances, and what each claim counts towards them."""

    dependencies = (
        ("benefits", "0002_lock"),
        ("organisations", "0003_plans"),
        ("people", "0005_family"),
    )
    operations = (
        migrations.AddField(
            model_name="claim",
            name="deductible",
            field=models.DecimalField(
                db_comment="phi: what the decision counts towards the deductible.",
                decimal_places=2,
                max_digits=14,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="shared",
            field=models.DecimalField(
                db_comment="phi: what the decision counts towards the out-of-pocket maximum.",
                decimal_places=2,
                max_digits=14,
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="Balance",
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
                    "name",
                    models.TextField(blank=True, db_comment="phi: the plan's own name, where the file said it."),
                ),
                ("network", models.TextField(db_comment="phi: the network: in, out, or any.")),
                ("year_begins", models.DateField(db_comment="phi: first day of the plan year.")),
                ("kind", models.TextField(db_comment="phi: deductible or out_of_pocket.")),
                ("scope", models.TextField(db_comment="phi: person or family.")),
                (
                    "amount",
                    models.DecimalField(db_comment="phi: how much was reached.", decimal_places=2, max_digits=14),
                ),
                ("as_of", models.DateField(db_comment="phi: the day of which this is true.")),
                ("source", models.TextField(db_comment="housekeeping: told by a file, or added up from claims.")),
                (
                    "told",
                    models.TextField(
                        db_comment="housekeeping: that day and a hash of the row; a lesser changes nothing.",
                        db_default="",
                    ),
                ),
                ("file_id", models.UUIDField(db_comment="housekeeping: the file that said this last.", null=True)),
                ("line", models.BigIntegerField(db_comment="housekeeping: the line in that file.", null=True)),
            ],
            options={
                "db_table_comment": "phi: deductibles and out-of-pocket maximums, how much of them was reached.",
            },
        ),
        SqlFile("benefits", "balances.sql"),
    )
