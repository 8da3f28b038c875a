"""Accounts that end."""

from django.db import migrations


class Migration(migrations.Migration):
    """Accounts that end."""

    dependencies = (("accounts", "0011_recovery"),)
    operations = ()
