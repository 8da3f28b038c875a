"""Who works here, decided by two."""

from django.db import migrations


class Migration(migrations.Migration):
    """Who works here, decided by two."""

    dependencies = (("accounts", "0008_colleagues"),)
    operations = ()
