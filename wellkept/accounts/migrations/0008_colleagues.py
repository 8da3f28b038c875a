"""Who of an organisation may come in."""

from django.db import migrations


class Migration(migrations.Migration):
    """Who of an organisation may come in."""

    dependencies = (("accounts", "0007_events"),)
    operations = ()
