"""Which policy stood at each sign-in."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Which policy stood at each sign-in."""

    dependencies = (("accounts", "0003_jobs"),)
    operations = (
        migrations.AddField(
            model_name="session",
            name="policy_version",
            field=models.TextField(
                db_comment="public: the version of the policy in force when the session began.", null=True
            ),
        ),
        migrations.CreateModel(
            name="Met",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id", "version", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.TextField(db_comment="public: a version of the policy.")),
                (
                    "first_at",
                    models.DateTimeField(
                        db_comment="housekeeping: the first sign-in under it.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(
                        db_comment="housekeeping: the last sign-in under it.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "read_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when the holder said that they read it; null before.", null=True
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="housekeeping: whose account.",
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={"db_table_comment": "housekeeping: the versions of the policy that accounts met."},
        ),
        SqlFile("accounts", "versions.sql"),
    )
