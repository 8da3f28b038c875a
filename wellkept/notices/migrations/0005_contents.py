"""Take no message of a kind the operator does not allow."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Take no message of a kind the operator does not allow."""

    dependencies = (("notices", "0004_practices"),)
    operations = (SqlFile("notices", "contents.sql"),)
