"""Counters."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Counters."""

    dependencies = ()
    operations = (SqlFile("statistics", "counters.sql"),)
