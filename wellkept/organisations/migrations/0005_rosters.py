"""Who may register for an organisation."""

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Who may register for an organisation."""

    dependencies = (
        ("organisations", "0004_places"),
        ("ledger", "0001_initial"),
        ("access", "0001_initial"),
    )
    operations = (
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: made from kind and number, under a key.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.TextField(db_comment="public: provider, employer, agent or partner.")),
                ("name", models.TextField(db_comment="public: as the roster writes it.")),
                ("street", models.TextField(db_comment="public: street and number, where codes are posted to.")),
                ("city", models.TextField(db_comment="public: city.")),
                ("state", models.TextField(db_comment="public: US state.")),
                ("postal_code", models.TextField(db_comment="public: ZIP code.")),
                (
                    "npi",
                    models.TextField(
                        blank=True, db_comment="public: national provider identifier; of providers alone."
                    ),
                ),
                (
                    "tax_number",
                    models.BinaryField(db_comment="personal: sealed; nine digits, which may be one person's own."),
                ),
                (
                    "group_numbers",
                    ArrayField(
                        base_field=models.TextField(),
                        db_comment="public: groups an employer has or an agent is appointed to.",
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "agreement_number",
                    models.TextField(blank=True, db_comment="trade secret: a partner's agreement with the operator."),
                ),
                ("producer_number", models.TextField(blank=True, db_comment="public: under which an agent sells.")),
                ("standing", models.TextField(db_comment="trade secret: current, prospective or prior customer.")),
                (
                    "roster_on",
                    models.DateField(db_comment="housekeeping: the day of the roster that named it last."),
                ),
                (
                    "told",
                    models.BinaryField(
                        db_comment="housekeeping: keyed hash of what that roster said, to know it again."
                    ),
                ),
                (
                    "file_id",
                    models.UUIDField(db_comment="housekeeping: the file that changed this row last."),
                ),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under."),
                ),
            ],
            options={
                "db_table_comment": "trade secret: organisations whose people may register, by the operator's rosters.",
                "indexes": [models.Index(fields=["kind", "roster_on"], name="organisations_of_a_roster")],
            },
        ),
        migrations.CreateModel(
            name="Sought",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "index", "organisation", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "index",
                    models.BinaryField(db_comment="personal: keyed hash, 16 bytes, of kind, name and numbers."),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_comment="housekeeping: which it finds.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "organisations_finder",
                "db_table_comment": "personal: blind indexes over names and numbers of organisations.",
            },
        ),
        SqlFile("organisations", "rosters.sql"),
    )
