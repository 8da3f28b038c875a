"""What happened with an account, for its owner."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """What happened with an account, for its owner."""

    dependencies = (("accounts", "0006_factors"),)
    operations = (
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the event.", default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_comment="personal: when; removed after the operator's days.",
                        default=django.utils.timezone.now,
                    ),
                ),
                ("kind", models.TextField(db_comment="personal: what, such as signed in.")),
                (
                    "method",
                    models.TextField(
                        db_comment="personal: by which ways to sign in; empty where it is none.", default=""
                    ),
                ),
                (
                    "browser",
                    models.TextField(db_comment="personal: the family of the browser; nothing finer.", default=""),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: whose account.",
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: what happened with accounts.",
                "indexes": [models.Index(fields=["account", "-at"], name="accounts_event_newest")],
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the alarm.", default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.TextField(db_comment="housekeeping: in what capacity.")),
                ("number", models.TextField(db_comment="personal: what they quote on the phone.")),
                ("about", models.TextField(db_comment="personal: the kind of event or session it was about.")),
                (
                    "raised_at",
                    models.DateTimeField(db_comment="personal: when they said it.", default=django.utils.timezone.now),
                ),
                (
                    "done_at",
                    models.DateTimeField(db_comment="housekeeping: when somebody had seen to it.", null=True),
                ),
                ("done_by", models.TextField(db_comment="personal: who of ours had.", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: whose account.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={"db_table_comment": "personal: what people said was not them."},
        ),
        migrations.CreateModel(
            name="Typed",
            fields=[
                (
                    "row_id",
                    models.UUIDField(
                        db_comment="housekeeping: bound into the seal.",
                        default=uuid.uuid4,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "secret_hash",
                    models.BinaryField(db_comment="personal: SHA-256 of what the cookie holds.", unique=True),
                ),
                ("sealed", models.BinaryField(db_comment="personal: sealed; which page, and what was typed there.")),
                (
                    "until",
                    models.DateTimeField(
                        db_comment="housekeeping: when it is destroyed, half an hour after it was sent."
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="personal: for whom alone it is.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={"db_table_comment": "personal: forms that wait for their sender to sign in again."},
        ),
        SqlFile("accounts", "events.sql"),
        SqlFile("accounts", "own.sql"),
        SqlFile("accounts", "undo.sql"),
        SqlFile("accounts", "typed.sql"),
    )
