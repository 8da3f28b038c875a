"""Nothing yet."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies = (("access", "0002_explain"),)
    operations = ()
