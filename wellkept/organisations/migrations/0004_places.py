"""Where care is given, where ZIP codes lie, and the booklets of plans."""

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Where care is given, where ZIP codes lie, and the booklets of plans."""

    dependencies = (("organisations", "0003_plans"),)
    operations = (
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: made from NPI, name and place.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "npi",
                    models.TextField(
                        blank=True, db_comment="public: national provider identifier, empty when not told."
                    ),
                ),
                ("name", models.TextField(db_comment="public: who gives care.")),
                ("search", models.TextField(db_comment="public: the name without accents and case, to be searched.")),
                (
                    "specialty",
                    models.TextField(blank=True, db_comment="public: the kind of care, in the roster's words."),
                ),
                ("street", models.TextField(blank=True, db_comment="public: street and number.")),
                ("city", models.TextField(blank=True, db_comment="public: city.")),
                ("state", models.TextField(blank=True, db_comment="public: US state.")),
                ("postal_code", models.TextField(db_comment="public: ZIP code, five digits.")),
                ("phone", models.TextField(blank=True, db_comment="public: telephone.")),
                (
                    "accepts_new",
                    models.BooleanField(db_comment="public: takes new patients; null when not told.", null=True),
                ),
                ("network", models.TextField(blank=True, db_comment="public: the network, in the roster's words.")),
                (
                    "languages",
                    models.TextField(blank=True, db_comment="public: languages spoken, in the roster's words."),
                ),
                ("as_of", models.DateField(db_comment="public: the day of the roster.")),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under."),
                ),
            ],
            options={
                "db_table_comment": "public: rosters of offices.",
                "indexes": [
                    models.Index(fields=["postal_code"], name="organisations_office_zip"),
                    models.Index(fields=["specialty", "name"], name="organisations_office_kind"),
                    models.Index(fields=["network", "as_of"], name="organisations_office_network"),
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "postal_code",
                    models.TextField(db_comment="public: ZIP code, five digits.", primary_key=True, serialize=False),
                ),
                ("latitude", models.FloatField(db_comment="public: degrees north.")),
                ("longitude", models.FloatField(db_comment="public: degrees east; west is negative.")),
            ],
            options={
                "db_table_comment": "public: places of ZIP codes.",
                "indexes": [models.Index(fields=["latitude", "longitude"], name="organisations_place_where")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Booklet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: made from plan, kind, language and title.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sponsor", models.TextField(blank=True, db_comment="public: the employer; empty: everybody's.")),
                (
                    "group_number",
                    models.TextField(blank=True, db_comment="public: the group; empty: every plan of the operator."),
                ),
                (
                    "kind",
                    models.TextField(
                        db_comment="public: summary plan description, summary of benefits, notice or form."
                    ),
                ),
                ("title", models.TextField(db_comment="public: its title.")),
                ("language", models.TextField(db_comment="public: language, as BCP 47 tag.")),
                ("effective", models.DateField(db_comment="public: from which day it holds.")),
                ("digest", models.BinaryField(db_comment="public: SHA-256 of its bytes.")),
                ("content", models.BinaryField(db_comment="public: the PDF.")),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under."),
                ),
            ],
            options={
                "db_table_comment": "public: documents of plans.",
                "indexes": [models.Index(fields=["group_number"], name="organisations_booklet_group")],
                "constraints": [],
            },
        ),
        SqlFile("organisations", "offices.sql"),
    )
