"""Put benefits under the lock."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Put benefits under the lock."""

    dependencies = (
        ("benefits", "0001_initial"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("benefits", "benefits.sql"),)
