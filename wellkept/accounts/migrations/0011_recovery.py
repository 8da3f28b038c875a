"""A forgotten password."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """A forgotten password."""

    dependencies = (("accounts", "0010_registering"),)
    operations = (
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        db_comment="housekeeping: whose account.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                (
                    "row_id",
                    models.UUIDField(db_comment="housekeeping: to what the reminder is bound that is sealed here."),
                ),
                (
                    "prompt",
                    models.BinaryField(
                        db_comment="personal: sealed; the holder's own reminder of where the response lies."
                    ),
                ),
                (
                    "response",
                    models.TextField(db_comment="personal: Argon2id hash of the response; null once used.", null=True),
                ),
                (
                    "birth_date",
                    models.BinaryField(db_comment="personal: keyed hash of the birth date that is asked with it."),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when the response was made.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "used_at",
                    models.DateTimeField(db_comment="housekeeping: when it let somebody back in.", null=True),
                ),
                (
                    "failures",
                    models.IntegerField(
                        db_comment="housekeeping: tries since it was made; the way closes at twenty.", default=0
                    ),
                ),
            ],
            options={"db_table_comment": "personal: secret responses of accounts."},
        ),
        migrations.CreateModel(
            name="RecoveryAsked",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the request.", default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("login", models.BinaryField(db_comment="personal: keyed hash of the sign-in name that was typed.")),
                ("asked_at", models.DateTimeField(db_comment="housekeeping: when.", default=django.utils.timezone.now)),
            ],
            options={"db_table_comment": "personal: forgotten passwords that no job has looked at yet."},
        ),
        migrations.CreateModel(
            name="RecoveryLink",
            fields=[
                (
                    "token",
                    models.BinaryField(
                        db_comment="personal: SHA-256 of the link's random part.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when it was mailed.", default=django.utils.timezone.now
                    ),
                ),
                ("expires_at", models.DateTimeField(db_comment="housekeeping: when it stops working.")),
                (
                    "tries",
                    models.IntegerField(db_comment="housekeeping: tries with it; it closes at five.", default=0),
                ),
                (
                    "used_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when it was used, or another took its place.", null=True
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="housekeeping: whose.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={"db_table_comment": "personal: links to a new password."},
        ),
        SqlFile("accounts", "recovery.sql"),
    )
