"""Five paths of registration."""

from django.db import migrations


class Migration(migrations.Migration):
    """Five paths of registration."""

    dependencies = (("accounts", "0009_staff"),)
    operations = ()
