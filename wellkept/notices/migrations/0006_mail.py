"""Mail that comes back, and publications."""

from django.db import migrations


class Migration(migrations.Migration):
    """Mail that comes back, and publications."""

    dependencies = (("notices", "0005_contents"),)
    operations = ()
