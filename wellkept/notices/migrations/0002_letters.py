"""Put letters under the lock."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Put letters under the lock."""

    dependencies = (
        ("notices", "0001_initial"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("notices", "letters.sql"),)
