"""Ways to sign in beside the password."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Ways to sign in beside the password."""

    dependencies = (("accounts", "0005_holders"),)
    operations = (SqlFile("accounts", "again.sql"),)
