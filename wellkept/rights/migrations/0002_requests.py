"""Put requests under the lock."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Put requests under the lock."""

    dependencies = (
        ("rights", "0001_initial"),
        ("accounts", "0002_entrance"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("rights", "requests.sql"),)
