"""Watch for openings that look wrong, and keep some unseen for a while."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Watch for openings that look wrong, and keep some unseen for a while."""

    dependencies = (("access", "0003_family"),)
    operations = (
        SqlFile("access", "unseen.sql"),
        SqlFile("access", "watch.sql"),
        SqlFile("access", "watch_office.sql"),
    )
