"""Hold the papers of organisations."""

import uuid
from typing import Any

from django.db import migrations, models

from wellkept.policy.database import SqlFile


def of_a_record() -> "list[tuple[str, models.Field[Any, Any]]]":
    """The columns that every record row carries."""
    key = models.CompositePrimaryKey("person_id", "id", blank=True, editable=False, primary_key=True, serialize=False)
    made = "housekeeping: made in Python, so that a row can be written without being read."
    kind = "housekeeping: what kind of thing this row is; sensitive care is a category of the row."
    under = "public: the policy version this row was collected under (B-07)."
    restricted = "phi: the person had this row restricted (45 CFR 164.522(a))."
    return [
        ("pk", key),
        ("id", models.UUIDField(db_comment=made, default=uuid.uuid4)),
        ("person_id", models.UUIDField(db_comment="personal: whose row this is.")),
        ("category", models.TextField(db_comment=kind)),
        ("plan_id", models.UUIDField(db_comment="housekeeping: the plan, which is the tenant in law.", null=True)),
        ("collected_under", models.TextField(db_comment=under)),
        ("restricted", models.BooleanField(db_comment=restricted, default=False)),
    ]


class Migration(migrations.Migration):
    """Hold the papers of organisations."""

    dependencies = (("organisations", "0007_agreements"),)
    operations = (
        migrations.CreateModel(
            name="Paper",
            fields=[
                *of_a_record(),
                ("kind", models.TextField(db_comment="trade secret: proposal, contract, accounting or credit.")),
                ("ours", models.BooleanField(db_comment="housekeeping: we sent it, and not the organisation.")),
                ("by_name", models.TextField(db_comment="personal: the display name of who sent it.")),
                (
                    "standing",
                    models.TextField(db_comment="trade secret: what customer the organisation was when it was sent."),
                ),
                ("title", models.BinaryField(db_comment="trade secret: sealed; what the paper is called.")),
                ("name", models.BinaryField(db_comment="trade secret: sealed; the name its file came with, cleaned.")),
                (
                    "media_type",
                    models.TextField(
                        db_comment="housekeeping: media type as its bytes show it, never as its name says."
                    ),
                ),
                ("size", models.IntegerField(db_comment="housekeeping: how many bytes it has.")),
                ("parts", models.IntegerField(db_comment="housekeeping: how many parts hold it.")),
                (
                    "with_agent",
                    models.BooleanField(db_comment="trade secret: the agent appointed to the employer may read it."),
                ),
                ("sent_at", models.DateTimeField(db_comment="housekeeping: when it was sent.")),
            ],
            options={
                "db_table_comment": (
                    "trade secret: proposals, contracts, accounting and credit papers of organisations."
                ),
                "indexes": [models.Index(fields=["person_id", "-sent_at"], name="organisations_paper_of")],
            },
        ),
        migrations.CreateModel(
            name="PaperPart",
            fields=[
                *of_a_record(),
                ("paper_id", models.UUIDField(db_comment="housekeeping: the paper.")),
                ("number", models.IntegerField(db_comment="housekeeping: from 0.")),
                ("content", models.BinaryField(db_comment="trade secret: sealed; at most 256 KiB of the paper.")),
            ],
            options={
                "db_table_comment": "trade secret: sealed parts of papers of organisations.",
                "indexes": [
                    models.Index(fields=["person_id", "paper_id", "number"], name="organisations_paperpart_of")
                ],
            },
        ),
        SqlFile("organisations", "papers.sql"),
    )
