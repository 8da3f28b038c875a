"""Evidence."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Evidence."""

    dependencies = ()
    operations = (SqlFile("proof", "evidence.sql"),)
