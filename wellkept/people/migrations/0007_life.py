"""Names that change, and lives that end."""

from django.db import migrations


class Migration(migrations.Migration):
    """Names that change, and lives that end."""

    dependencies = (("people", "0006_numbers"),)
    operations = ()
