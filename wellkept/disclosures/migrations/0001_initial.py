"""What left the house."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """What left the house."""

    initial = True
    dependencies = (("consent", "0005_authorizations"), ("notices", "0008_addresses"))
    operations = (
        migrations.CreateModel(
            name="Release",
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
                    "at",
                    models.DateTimeField(
                        db_comment="phi: when it left, or was given to be posted.", default=django.utils.timezone.now
                    ),
                ),
                ("basis", models.TextField(db_comment="phi: under what it left: authorization or agreement.")),
                (
                    "basis_id",
                    models.UUIDField(db_comment="phi: the authorization, or the organisation whose agreement it is."),
                ),
                ("purpose", models.TextField(db_comment="phi: for what.")),
                ("opens", models.JSONField(db_comment="phi: which kinds of data.")),
                (
                    "recipient",
                    models.BinaryField(
                        db_comment="personal: sealed; who received it; null where the authorization says it.", null=True
                    ),
                ),
                ("described", models.BinaryField(db_comment="phi: sealed; in a few words what left.")),
                (
                    "conditions",
                    models.BinaryField(db_comment="phi: sealed; the letter of conditions that went with it."),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(
                        db_comment="phi: when it was stopped before it was posted; null where it left.", null=True
                    ),
                ),
            ],
            options={
                "db_table_comment": "phi: what left the house.",
                "indexes": [models.Index(fields=["person_id", "-at"], name="disclosures_release_person")],
            },
        ),
        SqlFile("disclosures", "releases.sql"),
    )
