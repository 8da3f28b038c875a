"""A forgotten password, and a changed one."""

from django.db import migrations


class Migration(migrations.Migration):
    """A forgotten password, and a changed one."""

    dependencies = (("accounts", "0010_registering"),)
    operations = ()
