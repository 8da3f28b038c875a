"""Put people under the lock."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Put people under the lock."""

    dependencies = (
        ("people", "0001_initial"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("people", "finders.sql"),)
