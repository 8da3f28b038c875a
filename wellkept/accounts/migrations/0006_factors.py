"""Ways to sign in beside the password."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Ways to sign in beside the password."""

    dependencies = (("accounts", "0005_holders"),)
    operations = (
        migrations.AddField(
            model_name="account",
            name="short_password",
            field=models.BooleanField(
                db_comment="housekeeping: whether it has fewer than 15 characters, so that a second way must stand beside it.",
                db_default=False,
                default=False,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="tries",
            field=models.IntegerField(
                db_comment="housekeeping: tries of this browser with a closed password, or to prove itself again; at most 20.",
                db_default=0,
                default=0,
            ),
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "challenge_hash",
                    models.BinaryField(
                        db_comment="housekeeping: SHA-256 of the number.", primary_key=True, serialize=False
                    ),
                ),
                ("purpose", models.TextField(db_comment="housekeeping: sign-in, second, again or add.")),
                (
                    "account_id",
                    models.UUIDField(db_comment="housekeeping: whose passkey must sign; null: anybody's.", null=True),
                ),
                ("made_at", models.DateTimeField(db_comment="housekeeping: when.", default=django.utils.timezone.now)),
            ],
            options={
                "db_table_comment": "housekeeping: numbers that passkeys have yet to sign.",
                "indexes": [models.Index(fields=["made_at"], name="accounts_challenge_made")],
            },
        ),
        migrations.CreateModel(
            name="MailedCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the request.", default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("login", models.BinaryField(db_comment="personal: keyed hash of the sign-in name that was typed.")),
                (
                    "account_id",
                    models.UUIDField(db_comment="housekeeping: whose name it is, once a job looked.", null=True),
                ),
                (
                    "code_hash",
                    models.BinaryField(db_comment="personal: keyed hash of the code.", null=True, unique=True),
                ),
                ("asked_at", models.DateTimeField(db_comment="housekeeping: when.", default=django.utils.timezone.now)),
                (
                    "sent_at",
                    models.DateTimeField(db_comment="housekeeping: when a job took it up to send a code.", null=True),
                ),
                (
                    "expires_at",
                    models.DateTimeField(db_comment="housekeeping: when the code stops working.", null=True),
                ),
            ],
            options={
                "db_table_comment": "personal: sign-in codes that were asked for by mail.",
                "indexes": [
                    models.Index(fields=["asked_at"], name="accounts_mailed_asked"),
                    models.Index(fields=["account_id", "sent_at"], name="accounts_mailed_account"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "code_hash",
                    models.BinaryField(
                        db_comment="personal: keyed hash of the code.", primary_key=True, serialize=False
                    ),
                ),
                ("made_on", models.DateField(db_comment="personal: the day it was made.")),
                ("used_on", models.DateField(db_comment="personal: the day it was used.", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="housekeeping: whose.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: recovery codes.",
            },
        ),
        migrations.CreateModel(
            name="Authenticator",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the authenticator.",
                        default=uuid.uuid4,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("secret", models.BinaryField(db_comment="personal: sealed; what its codes are made of.")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when it was begun.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "added_on",
                    models.DateField(
                        db_comment="personal: the day its first code was typed; null while it waits.", null=True
                    ),
                ),
                ("used_on", models.DateField(db_comment="personal: the day it was last used.", null=True)),
                (
                    "last_step",
                    models.BigIntegerField(
                        db_comment="housekeeping: the half minute of the last code that was used; none before it works again.",
                        default=0,
                    ),
                ),
                (
                    "failures",
                    models.IntegerField(db_comment="housekeeping: tries since the last that worked.", default=0),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="housekeeping: whose.",
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: authenticator apps.",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("added_on", None)),
                        fields=("account",),
                        name="accounts_one_authenticator_waits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("added_on__isnull", False)),
                        fields=("account",),
                        name="accounts_one_authenticator",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Half",
            fields=[
                (
                    "secret_hash",
                    models.BinaryField(
                        db_comment="personal: SHA-256 of the secret in its cookie.", primary_key=True, serialize=False
                    ),
                ),
                (
                    "login",
                    models.BinaryField(
                        db_comment="personal: keyed hash of the name for which a code was asked.", null=True
                    ),
                ),
                (
                    "method",
                    models.TextField(db_comment="personal: by which ways the holder came so far; empty: by none."),
                ),
                (
                    "before",
                    models.BinaryField(db_comment="personal: hash of the session this browser had before.", null=True),
                ),
                (
                    "tries",
                    models.IntegerField(
                        db_comment="housekeeping: tries with what is owed; it closes at five.", default=0
                    ),
                ),
                ("expires", models.DateTimeField(db_comment="housekeeping: when it ends.")),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="housekeeping: whose; null while only a name is known.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: sign-ins that are not complete.",
                "indexes": [models.Index(fields=["expires"], name="accounts_half_expires")],
            },
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the passkey.", default=uuid.uuid4, primary_key=True, serialize=False
                    ),
                ),
                ("credential", models.BinaryField(db_comment="personal: by what its device knows it.", unique=True)),
                (
                    "public_key",
                    models.BinaryField(db_comment="personal: what its signatures are checked with; it signs nothing."),
                ),
                (
                    "sign_count",
                    models.BigIntegerField(db_comment="housekeeping: how often its device says that it signed."),
                ),
                ("label", models.BinaryField(db_comment="personal: sealed; what its owner calls it.")),
                (
                    "discoverable",
                    models.BooleanField(db_comment="housekeeping: whether it can sign in without a name."),
                ),
                ("added_on", models.DateField(db_comment="personal: the day it was added.")),
                ("used_on", models.DateField(db_comment="personal: the day it was last used.", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="housekeeping: whose.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.account",
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: passkeys.",
                "indexes": [models.Index(fields=["account"], name="accounts_passkey_account")],
            },
        ),
        SqlFile("accounts", "half.sql"),
        SqlFile("accounts", "again.sql"),
        SqlFile("accounts", "passkeys.sql"),
        SqlFile("accounts", "ways.sql"),
        SqlFile("accounts", "mailed.sql"),
    )
