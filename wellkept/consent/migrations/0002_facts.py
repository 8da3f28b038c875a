"""Put consent under the lock and answer the gate."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Put consent under the lock and answer the gate."""

    dependencies = (
        ("consent", "0001_initial"),
        ("accounts", "0002_entrance"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("consent", "facts.sql"),)
