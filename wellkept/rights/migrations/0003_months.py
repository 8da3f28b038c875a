"""The times of requests as monthly counts."""

from django.db import migrations


class Migration(migrations.Migration):
    """The times of requests as monthly counts."""

    dependencies = (("rights", "0002_requests"),)
    operations = ()
