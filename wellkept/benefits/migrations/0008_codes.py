from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0007_news"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReasonCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(db_comment="public: the number of the row.", primary_key=True, serialize=False),
                ),
                ("list", models.TextField(db_comment="public: carc (adjustment reasons) or rarc (remarks).")),
                ("code", models.TextField(db_comment="public: the code.")),
                ("description", models.TextField(db_comment="public: the list's own words.")),
                ("note", models.TextField(blank=True, db_comment="public: what the operator notes beside it.")),
                ("valid_from", models.DateField(db_comment="public: first day; 1900-01-01 where the list says none.")),
                ("valid_to", models.DateField(db_comment="public: last day; null while it is valid.", null=True)),
                (
                    "told",
                    models.TextField(
                        db_comment="housekeeping: the day of the list, and a hash; a lesser changes nothing."
                    ),
                ),
            ],
            options={
                "db_table_comment": "public: lists of reason codes.",
                "constraints": [
                    models.UniqueConstraint(fields=("list", "code", "valid_from"), name="benefits_reasoncode_once")
                ],
            },
        ),
        SqlFile("benefits", "codes.sql"),
    ]
