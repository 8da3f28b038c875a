"""Who may register for an organisation."""

from django.db import migrations


class Migration(migrations.Migration):
    """Who may register for an organisation."""

    dependencies = (("organisations", "0004_places"),)
    operations = ()
