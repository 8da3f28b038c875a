"""Accounts that end."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Accounts that end."""

    dependencies = (("accounts", "0011_recovery"),)
    operations = (
        migrations.CreateModel(
            name="Ending",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        db_comment="housekeeping: whose account.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                ("covered_until", models.DateField(db_comment="phi: the last day of their coverage.")),
                ("closes_on", models.DateField(db_comment="housekeeping: the day on which the account closes.")),
                (
                    "told_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when they were told.", default=django.utils.timezone.now
                    ),
                ),
            ],
            options={"db_table_comment": "phi: accounts that close."},
        ),
        SqlFile("accounts", "leaving.sql"),
    )
