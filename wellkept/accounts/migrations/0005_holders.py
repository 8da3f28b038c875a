"""Who holds an account, for which organisation, and how a session was begun."""

import uuid

import django.utils.timezone
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models
from django.db.models.functions import Now

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Who holds an account, for which organisation, and how a session was begun."""

    dependencies = (("accounts", "0004_versions"),)
    operations = (
        migrations.AddField(
            model_name="account",
            name="holder",
            field=models.UUIDField(
                db_comment=(
                    "personal: whose account it is: the member, or whoever works with it; their contact is under it."
                ),
                db_default=RandomUUID(),
                default=uuid.uuid4,
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="organisation_id",
            field=models.UUIDField(
                db_comment="personal: for which organisation the holder acts; null for members and staff.", null=True
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="administers",
            field=models.BooleanField(
                db_comment="personal: whether the holder decides who else of it comes in.",
                db_default=False,
                default=False,
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="renewed_at",
            field=models.DateTimeField(
                db_comment="housekeeping: when somebody last said that the holder still works there.",
                db_default=Now(),
                default=django.utils.timezone.now,
            ),
        ),
        SqlFile("accounts", "holders.sql"),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(person_id=None) | models.Q(holder=models.F("person_id")),
                name="accounts_a_member_holds_their_own",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="holder",
            field=models.UUIDField(db_comment="personal: whose account it is.", default=uuid.uuid4),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="session",
            name="organisation_id",
            field=models.UUIDField(db_comment="personal: for which organisation.", null=True),
        ),
        migrations.AlterField(
            model_name="session",
            name="actor",
            field=models.TextField(db_comment="personal: display name of whoever is no member.", null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="method",
            field=models.TextField(
                db_comment="personal: by which ways the holder signed in.", db_default="password", default="password"
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="browser",
            field=models.TextField(
                db_comment="personal: the family of the browser, such as Firefox; nothing finer.",
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="proved_at",
            field=models.DateTimeField(
                db_comment="housekeeping: when the holder last showed that it is them, for acts that ask again.",
                db_default=Now(),
                default=django.utils.timezone.now,
            ),
        ),
    )
