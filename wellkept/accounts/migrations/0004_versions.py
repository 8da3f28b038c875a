"""Which policy stood at each sign-in."""

from django.db import migrations


class Migration(migrations.Migration):
    """Which policy stood at each sign-in."""

    dependencies = (("accounts", "0003_jobs"),)
    operations = ()
