"""Let plans and providers be read."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Let plans and providers be read."""

    dependencies = (
        ("organisations", "0001_initial"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("organisations", "directories.sql"),)
