"""Letters that follow an answer are tracked as requests are; a removal is done again after a restore."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Letters that follow an answer are tracked as requests are; a removal is done again after a restore."""

    dependencies = (
        ("rights", "0003_months"),
        ("service", "0005_desk"),
    )
    operations = (SqlFile("rights", "escalations.sql"), SqlFile("rights", "removals.sql"))
