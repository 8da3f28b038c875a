"""The notice of privacy practices."""

from django.db import migrations


class Migration(migrations.Migration):
    """The notice of privacy practices."""

    dependencies = (("notices", "0003_channels"),)
    operations = ()
