"""The times of requests as monthly counts."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """The times of requests as monthly counts."""

    dependencies = (
        ("rights", "0002_requests"),
        ("access", "0003_family"),
        ("organisations", "0001_initial"),
    )
    operations = (SqlFile("rights", "months.sql"),)
