"""Answer an administrator about files, without people."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Answer an administrator about files, without people."""

    dependencies = (
        ("intake", "0004_full_files"),
        ("people", "0005_family"),
        ("benefits", "0002_lock"),
        ("consent", "0002_facts"),
        ("access", "0001_initial"),
    )
    operations = (SqlFile("intake", "operations.sql"),)
