"""Who of an organisation may come in."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Who of an organisation may come in."""

    dependencies = (("accounts", "0007_events"),)
    operations = (
        migrations.AddField(
            model_name="account",
            name="lapsed_at",
            field=models.DateTimeField(
                db_comment="housekeeping: when it was noted that nobody had renewed it; null while it is in force.",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("organisation_id__isnull", False)),
                fields=["organisation_id"],
                name="accounts_account_office",
            ),
        ),
        migrations.AddIndex(
            model_name="account", index=models.Index(fields=["holder"], name="accounts_account_holder")
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: the invitation.",
                        default=uuid.uuid4,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("organisation_id", models.UUIDField(db_comment="personal: into which organisation.")),
                (
                    "holder",
                    models.UUIDField(db_comment="personal: who will hold the account; nobody does yet.", unique=True),
                ),
                ("name", models.TextField(db_comment="personal: the name of whoever is invited.")),
                (
                    "birth_date",
                    models.BinaryField(
                        db_comment="personal: keyed hash of their birth date, which the code is bound to."
                    ),
                ),
                ("invited_by", models.UUIDField(db_comment="personal: which administrator invited them.")),
                (
                    "invited_at",
                    models.DateTimeField(db_comment="housekeeping: when.", default=django.utils.timezone.now),
                ),
                ("expires_at", models.DateTimeField(db_comment="housekeeping: when its code stops working.")),
            ],
            options={
                "db_table_comment": "personal: who was invited into an organisation.",
                "indexes": [models.Index(fields=["organisation_id"], name="accounts_invitation_office")],
            },
        ),
        SqlFile("accounts", "colleagues.sql"),
    )
