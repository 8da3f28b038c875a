"""Nothing yet."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies = (("consent", "0002_facts"),)
    operations = ()
