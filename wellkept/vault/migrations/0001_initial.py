"""Wrapped keys, and the functions through which they are reached."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Wrapped keys, and the functions through which they are reached."""

    dependencies = ()
    operations = (
        SqlFile("vault", "vault.sql"),
        SqlFile("vault", "rotation.sql"),
    )
