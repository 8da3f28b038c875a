"""What the counters come to."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """What the counters come to."""

    dependencies = (
        ("statistics", "0001_initial"),
        ("access", "0003_family"),
        ("accounts", "0002_entrance"),
    )
    operations = (SqlFile("statistics", "reports.sql"),)
