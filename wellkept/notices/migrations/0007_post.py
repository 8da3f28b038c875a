"""Batches for a print house, and letters that come back."""

from django.db import migrations


class Migration(migrations.Migration):
    """Batches for a print house, and letters that come back."""

    dependencies = (("notices", "0006_mail"),)
    operations = ()
