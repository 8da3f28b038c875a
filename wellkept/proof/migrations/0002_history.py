"""The history of each promise."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """The history of each promise. Who says how something was mended is found by the gate."""

    dependencies = (("proof", "0001_initial"), ("access", "0001_initial"), ("consent", "0002_facts"))
    operations = (SqlFile("proof", "history.sql"),)
