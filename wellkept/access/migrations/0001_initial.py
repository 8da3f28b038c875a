"""The gate."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """The gate."""

    dependencies = (
        ("ledger", "0001_initial"),
        ("people", "0002_lock"),
        ("accounts", "0002_entrance"),
        ("consent", "0002_facts"),
    )
    operations = (SqlFile("access", "gate.sql"),)
