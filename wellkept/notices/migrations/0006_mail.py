"""Mail that comes back, asking anew whether somebody can be reached, and publications."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Mail that comes back, asking anew whether somebody can be reached, and publications."""

    dependencies = (("notices", "0005_contents"),)
    operations = (
        migrations.AddField(
            model_name="address",
            name="right_at",
            field=models.DateTimeField(
                db_comment="personal: when its owner last said that it is still right.", null=True
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="came_back_at",
            field=models.DateTimeField(db_comment="personal: when a mail to it came back; null before.", null=True),
        ),
        migrations.CreateModel(
            name="Mailed",
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
                    "token_hash",
                    models.BinaryField(db_comment="personal: SHA-256 of the token in its return address.", unique=True),
                ),
                ("address_id", models.UUIDField(db_comment="housekeeping: the address it went to.")),
                ("sent_at", models.DateTimeField(db_comment="personal: when.", default=django.utils.timezone.now)),
            ],
            options={
                "db_table_comment": "personal: which mails may come back, and to whose address they went.",
                "indexes": [models.Index(fields=["sent_at"], name="notices_mailed_old")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Still",
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
                    "right_at",
                    models.DateTimeField(
                        db_comment="personal: when they said that it is still right.", default=django.utils.timezone.now
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: when people last confirmed where letters go.",
                "indexes": [],
                "constraints": [models.UniqueConstraint(fields=("person_id",), name="notices_still_once")],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
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
                    "joined_at",
                    models.DateTimeField(
                        db_comment="personal: since when they are on the list; null: never were.", null=True
                    ),
                ),
                (
                    "left_at",
                    models.DateTimeField(
                        db_comment="personal: when they left it; null while they are on it.", null=True
                    ),
                ),
            ],
            options={
                "db_table_comment": "personal: who is on the list for publications, and who left it.",
                "indexes": [],
                "constraints": [models.UniqueConstraint(fields=("person_id",), name="notices_subscription_once")],
            },
        ),
        migrations.CreateModel(
            name="LeaveLink",
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
                ("token", models.BinaryField(db_comment="personal: sealed; what the link says.")),
                ("token_hash", models.BinaryField(db_comment="personal: SHA-256 of that.", unique=True)),
            ],
            options={
                "db_table_comment": "personal: the links by which people leave the list for publications.",
                "indexes": [],
                "constraints": [models.UniqueConstraint(fields=("person_id",), name="notices_leavelink_once")],
            },
        ),
        migrations.CreateModel(
            name="Published",
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
                ("publication", models.TextField(db_comment="public: the publication.")),
                (
                    "taken_at",
                    models.DateTimeField(
                        db_comment="housekeeping: when a job took it to send.", default=django.utils.timezone.now
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(db_comment="personal: when the mail went out; null before.", null=True),
                ),
            ],
            options={
                "db_table_comment": "personal: who was told of which publication.",
                "indexes": [],
                "constraints": [
                    models.UniqueConstraint(fields=("person_id", "publication"), name="notices_published_once")
                ],
            },
        ),
        SqlFile("notices", "mail.sql"),
        SqlFile("notices", "publications.sql"),
    )
