"""What plans pay for."""

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """What plans pay for."""

    dependencies = (("organisations", "0002_directories"),)
    operations = (
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: made from what names the row.", primary_key=True, serialize=False
                    ),
                ),
                ("plan_id", models.UUIDField(db_comment="public: the plan.")),
                (
                    "name",
                    models.TextField(db_comment="public: the plan's own name, of which a group may have several."),
                ),
                ("network", models.TextField(db_comment="public: the network: in, out, or any.")),
                ("year_begins", models.DateField(db_comment="public: first day of the plan year.")),
                (
                    "service",
                    models.TextField(blank=True, db_comment="public: kind of care; empty on the row of the sums."),
                ),
                (
                    "covered",
                    models.BooleanField(
                        db_comment="public: whether the plan pays for it; null when not told.", null=True
                    ),
                ),
                (
                    "copay",
                    models.DecimalField(
                        db_comment="public: what the member pays a visit.", decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "coinsurance",
                    models.DecimalField(
                        db_comment="public: the member's share in percent.", decimal_places=2, max_digits=5, null=True
                    ),
                ),
                ("note", models.TextField(blank=True, db_comment="public: the plan's own words.")),
                (
                    "deductible_person",
                    models.DecimalField(
                        db_comment="public: deductible of one person.", decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "deductible_family",
                    models.DecimalField(
                        db_comment="public: deductible of a family.", decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "out_of_pocket_person",
                    models.DecimalField(
                        db_comment="public: most that one person pays in a year.",
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "out_of_pocket_family",
                    models.DecimalField(
                        db_comment="public: most that a family pays in a year.",
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("as_of", models.DateField(db_comment="public: the day of which this is true.")),
                (
                    "told",
                    models.TextField(
                        db_comment="housekeeping: that day and a hash of the row; a lesser changes nothing."
                    ),
                ),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under."),
                ),
            ],
            options={
                "db_table_comment": "public: what plans pay for, as their administrators told it.",
                "indexes": [models.Index(fields=["plan_id"], name="organisations_terms_plan")],
            },
        ),
        SqlFile("organisations", "terms.sql"),
    )
