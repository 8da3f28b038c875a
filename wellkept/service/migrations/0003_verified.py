"""A call says when its caller was verified."""

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """A call says when its caller was verified."""

    dependencies = (
        ("service", "0002_calls"),
        ("access", "0001_initial"),
    )
    operations = (
        migrations.AddField(
            model_name="call",
            name="verified",
            field=models.DateTimeField(
                db_comment="housekeeping: when the representative said that the caller answered what we ask.", null=True
            ),
        ),
        SqlFile("service", "verified.sql"),
    )
