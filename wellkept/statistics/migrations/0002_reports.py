"""What the counters come to."""

from django.db import migrations


class Migration(migrations.Migration):
    """What the counters come to."""

    dependencies = (("statistics", "0001_initial"),)
    operations = ()
