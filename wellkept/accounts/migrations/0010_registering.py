"""Five paths of registration."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Five paths of registration."""

    dependencies = (("accounts", "0009_staff"), ("notices", "0003_channels"))
    operations = (
        migrations.AlterModelTableComment(
            name="registration", table_comment="personal: requests to register that are not answered yet."
        ),
        migrations.AddField(
            model_name="accesscode",
            name="actor",
            field=models.TextField(
                db_comment="personal: the name its holder gave; emptied once the code is used or has run out.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="accesscode",
            name="administers",
            field=models.BooleanField(
                db_comment="personal: whether its holder will decide who else comes in.",
                db_default=False,
                default=False,
            ),
        ),
        migrations.AddField(
            model_name="accesscode",
            name="email",
            field=models.BinaryField(
                db_comment=(
                    "personal: sealed; the e-mail address given with the request, the holder's once it is used."
                ),
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="accesscode",
            name="email_row",
            field=models.UUIDField(
                db_comment="housekeeping: the row of that address once it is the holder's.", null=True
            ),
        ),
        migrations.AddField(
            model_name="accesscode",
            name="holder",
            field=models.UUIDField(
                db_comment="personal: who will hold the account; null where it is the member.", null=True
            ),
        ),
        migrations.AddField(
            model_name="accesscode",
            name="organisation_id",
            field=models.UUIDField(
                db_comment="personal: for which organisation the account will act; null for members.", null=True
            ),
        ),
        migrations.AddField(
            model_name="accesscode",
            name="place",
            field=models.UUIDField(
                db_comment=(
                    "personal: whose place it fills: of all codes for one place a single one is used. Null: its person."
                ),
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="accesscode",
            name="role",
            field=models.TextField(
                db_comment="housekeeping: in what capacity its account will act.",
                db_default="member",
                default="member",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="audience",
            field=models.TextField(
                db_comment="housekeeping: which kind of account was asked for.", db_default="member", default="member"
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="meant",
            field=models.UUIDField(
                db_comment="personal: the person or organisation a representative found.", null=True
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="put_off_at",
            field=models.DateTimeField(db_comment="housekeeping: when it was last put off; null: never.", null=True),
        ),
        migrations.AddField(
            model_name="registration",
            name="state",
            field=models.TextField(
                db_comment="housekeeping: waiting, unmatched, chosen or done.",
                db_default="waiting",
                default="waiting",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="told",
            field=models.BinaryField(
                db_comment="personal: sealed; what was typed; empty once done.", db_default=b"", default=b""
            ),
        ),
        migrations.AlterField(
            model_name="accesscode",
            name="birth_date",
            field=models.BinaryField(
                db_comment="personal: keyed hash of the birth date it is bound to; null where nobody told one.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="accesscode",
            name="person_id",
            field=models.UUIDField(db_comment="personal: the member whom alone it is for; null for others.", null=True),
        ),
        migrations.AlterField(
            model_name="accesscode",
            name="tries",
            field=models.IntegerField(
                db_comment="housekeeping: wrong birth dates given with it; it closes at five.",
                db_default=0,
                default=0,
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="birth_date",
            field=models.BinaryField(
                db_comment="personal: keyed hash of the birth date, for the code to be bound to; empty once done."
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="id",
            field=models.UUIDField(
                db_comment="housekeeping: the request, and whose key seals what was typed.",
                default=uuid.uuid4,
                primary_key=True,
                serialize=False,
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="roster",
            field=models.BinaryField(
                db_comment="personal: keyed hash of what finds somebody on the list; empty once done."
            ),
        ),
        migrations.AddIndex(
            model_name="accesscode",
            index=models.Index(condition=models.Q(("used_at", None)), fields=["place"], name="accounts_code_place"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["state", "asked_at"], name="accounts_registration_state"),
        ),
        SqlFile("accounts", "registering.sql"),
    )
