"""What is new for whom, and how they want to be told."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """What is new for whom, and how they want to be told."""

    dependencies = (("notices", "0002_letters"),)
    operations = (
        migrations.CreateModel(
            name="News",
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
                ("kind", models.TextField(db_comment="personal: claims or answers.")),
                ("about", models.UUIDField(db_comment="phi: the claim or request.", null=True)),
                (
                    "cause",
                    models.UUIDField(db_comment="housekeeping: what made it new; told once.", default=uuid.uuid4),
                ),
                ("made_at", models.DateTimeField(db_comment="phi: when it came.", default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(db_comment="personal: when the person marked it as read.", null=True)),
                ("told_at", models.DateTimeField(db_comment="personal: when a mail or letter told of it.", null=True)),
            ],
            options={
                "db_table_comment": "phi: what is new for whom.",
                "indexes": [models.Index(fields=["person_id", "-made_at"], name="notices_news_person")],
                "constraints": [models.UniqueConstraint(fields=("person_id", "cause"), name="notices_news_once")],
            },
        ),
        migrations.CreateModel(
            name="Choice",
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
                ("kind", models.TextField(db_comment="personal: claims or answers.")),
                ("channel", models.TextField(db_comment="personal: portal, mail or letter.")),
            ],
            options={
                "db_table_comment": "personal: how people want to be told.",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Address",
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
                ("address", models.BinaryField(db_comment="personal: sealed; the address.")),
                (
                    "code_hash",
                    models.BinaryField(db_comment="personal: SHA-256 of the row's id and the code that was sent."),
                ),
                ("code_until", models.DateTimeField(db_comment="housekeeping: until when the code works.")),
                ("asked_at", models.DateTimeField(db_comment="housekeeping: when the code was sent.")),
                ("tries", models.IntegerField(db_comment="housekeeping: how many wrong codes were typed.", default=0)),
                (
                    "confirmed_at",
                    models.DateTimeField(db_comment="personal: when it was confirmed; null before.", null=True),
                ),
            ],
            options={
                "db_table_comment": "personal: confirmed mail addresses.",
                "indexes": [],
                "constraints": [],
            },
        ),
        SqlFile("notices", "channels.sql"),
    )
