"""Nothing yet."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies = (("service", "0003_verified"),)
    operations = ()
