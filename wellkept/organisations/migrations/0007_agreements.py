"""Know which agreement with an organisation is in force."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Know which agreement with an organisation is in force."""

    dependencies = (("organisations", "0006_near"),)
    operations = (SqlFile("organisations", "agreements.sql"),)
