"""A decision about a claim is news."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """A decision about a claim is news."""

    dependencies = (
        ("benefits", "0006_statements"),
        ("accounts", "0001_initial"),
        ("notices", "0003_channels"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("benefits", "news.sql"),)
