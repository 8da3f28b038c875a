"""Entries, the lock, and the list of openings."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Entries, the lock, and the list of openings."""

    dependencies = ()
    operations = (
        SqlFile("ledger", "entry.sql"),
        SqlFile("ledger", "lock.sql"),
        SqlFile("ledger", "openings.sql"),
    )
