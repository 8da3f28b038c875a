"""Nothing yet."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies = (("intake", "0004_full_files"),)
    operations = ()
