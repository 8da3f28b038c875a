"""Give the entrance what it may do."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Give the entrance what it may do."""

    dependencies = (
        ("accounts", "0001_initial"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("accounts", "entrance.sql"),)
