"""Whom a request to register may mean that no list knows."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Whom a request to register may mean that no list knows."""

    dependencies = (("organisations", "0005_rosters"),)
    operations = (SqlFile("organisations", "near.sql"),)
