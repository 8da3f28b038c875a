"""Nothing yet."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies = (("people", "0003_confidential"),)
    operations = ()
