"""Social security numbers, sealed."""

from django.db import migrations


class Migration(migrations.Migration):
    """Social security numbers, sealed."""

    dependencies = (("people", "0005_family"),)
    operations = ()
