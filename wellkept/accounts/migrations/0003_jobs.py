"""Give the worker of jobs its queue, and start a job for whoever asks to register."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Give the worker of jobs its queue, and start a job for whoever asks to register."""

    dependencies = (
        ("accounts", "0002_entrance"),
        ("procrastinate", "0041_post_retry_failed_job"),
    )
    operations = (SqlFile("accounts", "jobs.sql"),)
