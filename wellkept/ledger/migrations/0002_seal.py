"""Leaves, tiles, signed heads and lawful erasure."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Leaves, tiles, signed heads and lawful erasure."""

    dependencies = (("ledger", "0001_initial"),)
    operations = (SqlFile("ledger", "seal.sql"),)
