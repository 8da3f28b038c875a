"""Batches for a print house, and letters that come back."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Batches for a print house, and letters that come back."""

    dependencies = (("notices", "0006_mail"),)
    operations = (
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.TextField(db_comment="housekeeping: the batch.", primary_key=True, serialize=False)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when it was begun.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when its letters were whole and emptied here.", null=True
                    ),
                ),
                ("letters", models.IntegerField(db_comment="housekeeping: how many letters.", default=0)),
                ("pages", models.IntegerField(db_comment="housekeeping: how many pages.", default=0)),
                ("bytes", models.BigIntegerField(db_comment="housekeeping: how many bytes.", default=0)),
                ("manifest", models.BinaryField(db_comment="housekeeping: SHA-256 of its list.", default=b"")),
            ],
            options={
                "db_table_comment": "housekeeping: batches of letters for a print house.",
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "reference",
                    models.TextField(
                        db_comment="personal: what stands in the letter's window.", primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField(db_comment="personal: whom it is to.")),
                ("letter_id", models.UUIDField(db_comment="housekeeping: the letter.", unique=True)),
            ],
            options={
                "db_table_comment": "personal: the references of letters.",
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="batch",
            field=models.TextField(
                db_comment="housekeeping: the batch that prints it; null while it waits.", null=True
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="stuck",
            field=models.TextField(
                db_comment="personal: since when we know the address it cannot go to; null where nothing holds it up.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="Posted",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: made in Python, so that a row can be written without being read.",
                        default=uuid.uuid4,
                    ),
                ),
                ("person_id", models.UUIDField(db_comment="personal: whose row this is.")),
                (
                    "category",
                    models.TextField(
                        db_comment="housekeeping: what kind of thing this row is; sensitive care is a category of the row."
                    ),
                ),
                (
                    "plan_id",
                    models.UUIDField(db_comment="housekeeping: the plan, which is the tenant in law.", null=True),
                ),
                (
                    "collected_under",
                    models.TextField(db_comment="public: the policy version this row was collected under (B-07)."),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        db_comment="phi: the person had this row restricted (45 CFR 164.522(a)).", default=False
                    ),
                ),
                (
                    "address",
                    models.BinaryField(
                        db_comment="personal: keyed hash of the address it went to; tells equal ones alone."
                    ),
                ),
                (
                    "posted_at",
                    models.DateTimeField(db_comment="personal: when its batch was whole; null before.", null=True),
                ),
                (
                    "returned_at",
                    models.DateTimeField(db_comment="personal: when it came back; null where it did not.", null=True),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        db_comment="personal: when the person said that the address is right, or another one was used.",
                        null=True,
                    ),
                ),
                (
                    "about",
                    models.UUIDField(
                        db_comment=(
                            "housekeeping: of a letter to somebody else the helper's part or the release;"
                            " null: to the person."
                        ),
                        null=True,
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: letters that went out, and which came back.",
                "indexes": [
                    models.Index(
                        condition=models.Q(("returned_at__isnull", False), ("settled_at", None)),
                        fields=["person_id"],
                        name="notices_posted_back",
                    )
                ],
            },
        ),
        SqlFile("notices", "post.sql"),
    )
