import django.db.models.deletion
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_intake"),
    ]

    operations = [
        migrations.CreateModel(
            name="Total",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        db_comment="housekeeping: the number of the row.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        db_comment="housekeeping: enrolment, filing, decision, or rows and claims of a table."
                    ),
                ),
                ("measure", models.TextField(db_comment="housekeeping: records, billed or paid (US dollars).")),
                (
                    "read",
                    models.DecimalField(
                        db_comment="housekeeping: how much was read.", decimal_places=6, default=0, max_digits=30
                    ),
                ),
                (
                    "accepted",
                    models.DecimalField(
                        db_comment="housekeeping: how much of it was accepted; the rest was put aside.",
                        decimal_places=6,
                        default=0,
                        max_digits=30,
                    ),
                ),
                (
                    "applied",
                    models.DecimalField(
                        db_comment="housekeeping: how much of that stands in records, counted in the transactions that wrote it.",
                        decimal_places=6,
                        default=0,
                        max_digits=30,
                    ),
                ),
                (
                    "dropped",
                    models.DecimalField(
                        db_comment="housekeeping: how much was about people whose record was removed.",
                        decimal_places=6,
                        default=0,
                        max_digits=30,
                    ),
                ),
                (
                    "repeated",
                    models.DecimalField(
                        db_comment="housekeeping: how much was kept apart under an equal statement.",
                        decimal_places=6,
                        default=0,
                        max_digits=30,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_comment="housekeeping: the file.",
                        on_delete=django.db.models.deletion.CASCADE,
                        to="intake.file",
                    ),
                ),
            ],
            options={
                "db_table_comment": "housekeeping: what a file was counted as. It names nobody.",
                "constraints": [models.UniqueConstraint(fields=("file", "kind", "measure"), name="intake_total_once")],
            },
        ),
        migrations.CreateModel(
            name="Control",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        db_comment="housekeeping: the number of the row.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "place",
                    models.BigIntegerField(
                        db_comment="housekeeping: which set of the file, from 1; 0 is the whole file."
                    ),
                ),
                ("kind", models.TextField(db_comment="housekeeping: of what the total is.")),
                ("measure", models.TextField(db_comment="housekeeping: records, billed, paid, segments or sets.")),
                (
                    "source",
                    models.TextField(
                        db_comment="housekeeping: where it is stated, for instance BPR02 or a control file."
                    ),
                ),
                (
                    "stated",
                    models.DecimalField(
                        db_comment="housekeeping: null where no number stands there.",
                        decimal_places=6,
                        max_digits=30,
                        null=True,
                    ),
                ),
                (
                    "found",
                    models.DecimalField(
                        db_comment="housekeeping: what was read.", decimal_places=6, default=0, max_digits=30
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_comment="housekeeping: the file.",
                        on_delete=django.db.models.deletion.CASCADE,
                        to="intake.file",
                    ),
                ),
            ],
            options={
                "db_table_comment": "housekeeping: control totals. They name nobody.",
            },
        ),
        SqlFile("intake", "tables.sql"),
    ]
