"""Counters."""

from django.db import migrations


class Migration(migrations.Migration):
    """Counters."""

    dependencies = ()
    operations = ()
