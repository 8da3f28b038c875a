"""The history of each promise."""

from django.db import migrations


class Migration(migrations.Migration):
    """The history of each promise."""

    dependencies = (("proof", "0001_initial"),)
    operations = ()
