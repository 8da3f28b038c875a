"""Let two records of one human be joined, and one record of two be split."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Let two records of one human be joined, and one record of two be split."""

    # Its functions name rows of no other room's table: what they ask is looked up when they run.
    dependencies = (("people", "0003_confidential"),)
    operations = (SqlFile("people", "joins.sql"),)
