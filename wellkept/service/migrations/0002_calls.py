"""Let calls be begun, ended and asked about."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Let calls be begun, ended and asked about."""

    dependencies = (
        ("service", "0001_initial"),
        ("access", "0001_initial"),
    )
    operations = (SqlFile("service", "calls.sql"),)
