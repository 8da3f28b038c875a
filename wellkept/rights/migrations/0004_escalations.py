"""Letters that follow an answer are tracked as requests are."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Letters that follow an answer are tracked as requests are."""

    dependencies = (
        ("rights", "0003_months"),
        ("service", "0005_desk"),
    )
    operations = (SqlFile("rights", "escalations.sql"),)
