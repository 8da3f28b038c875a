"""Give intake its own tables."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Give intake its own tables."""

    dependencies = (
        ("intake", "0001_initial"),
        ("ledger", "0001_initial"),
    )
    operations = (SqlFile("intake", "intake.sql"),)
