"""Explain a decision of the gate."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Explain a decision of the gate."""

    dependencies = (
        ("access", "0001_initial"),
        ("rights", "0002_requests"),
        ("service", "0002_calls"),
    )
    operations = (SqlFile("access", "explain.sql"),)
