"""The register of links."""

from django.db import migrations


class Migration(migrations.Migration):
    """The register of links."""

    dependencies = ()
    operations = ()
