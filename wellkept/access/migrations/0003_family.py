"""Know who is a parent, who is covered with whom, and whom somebody let see their record."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Know who is a parent, who is covered with whom, and whom somebody let see their record."""

    dependencies = (
        ("access", "0002_explain"),
        ("benefits", "0002_lock"),
        ("consent", "0003_words"),
        ("people", "0005_family"),
    )
    operations = (SqlFile("access", "family.sql"),)
