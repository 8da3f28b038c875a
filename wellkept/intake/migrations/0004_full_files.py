"""Full files of plans, who is enrolled, claims after the end of coverage, and premiums."""

import uuid

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Full files of plans, who is enrolled, claims after the end of coverage, and premiums."""

    dependencies = (("intake", "0003_tables"), ("benefits", "0002_lock"))

    operations = [
        migrations.CreateModel(
            name="Late",
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
                ("claim_id", models.UUIDField(db_comment="phi: the claim.")),
                ("served_from", models.DateField(db_comment="phi: first day of care.")),
                ("file_id", models.UUIDField(db_comment="housekeeping: the file that ended the coverage.")),
                ("found_at", models.DateTimeField(auto_now_add=True, db_comment="housekeeping: when it was found.")),
            ],
            options={
                "db_table_comment": "phi: claims decided before their coverage was ended to an earlier day.",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="housekeeping: made from payer, trace number and day.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("payer", models.TextField(db_comment="public: the organisation that paid.")),
                ("payee", models.TextField(db_comment="public: the organisation that was paid.")),
                (
                    "trace_number",
                    models.TextField(db_comment="financial: the number by which the payment is traced (TRN02)."),
                ),
                ("paid_on", models.DateField(db_comment="financial: the day of the payment (BPR16).", null=True)),
                (
                    "amount",
                    models.DecimalField(
                        db_comment="financial: the amount (BPR02), in US dollars.", decimal_places=2, max_digits=18
                    ),
                ),
                (
                    "told",
                    models.DecimalField(
                        db_comment="financial: the sum of its parts (RMR04).", decimal_places=2, max_digits=18
                    ),
                ),
                ("parts", models.BigIntegerField(db_comment="financial: how many parts it has.")),
                ("people", models.BigIntegerField(db_comment="financial: how many of them name a person.")),
                ("file_id", models.UUIDField(db_comment="housekeeping: the first file that said this.")),
            ],
            options={
                "db_table_comment": "financial: premium payments of organisations. They name nobody who is covered.",
            },
        ),
        migrations.CreateModel(
            name="Premium",
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
                ("payment_id", models.UUIDField(db_comment="financial: the payment.")),
                (
                    "reference",
                    models.TextField(blank=True, db_comment="financial: what it was paid for, as RMR01 and RMR02 say."),
                ),
                ("begins_on", models.DateField(db_comment="phi: first day it pays for (DTM 582).", null=True)),
                ("ends_on", models.DateField(db_comment="phi: last day it pays for.", null=True)),
                (
                    "amount",
                    models.DecimalField(
                        db_comment="financial: the amount (RMR04), in US dollars.", decimal_places=2, max_digits=14
                    ),
                ),
                (
                    "adjusted",
                    models.DecimalField(
                        db_comment="financial: the sum of its adjustments (ADX01).",
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                    ),
                ),
                ("file_id", models.UUIDField(db_comment="housekeeping: the first file that said this.")),
                (
                    "set_number",
                    models.TextField(db_comment="housekeeping: the number of the set that said this (ST02)."),
                ),
            ],
            options={
                "db_table_comment": "financial: premiums, person by person.",
            },
        ),
        migrations.CreateModel(
            name="Covered",
            fields=[
                (
                    "coverage_id",
                    models.UUIDField(db_comment="housekeeping: the coverage.", primary_key=True, serialize=False),
                ),
                ("person_id", models.UUIDField(db_comment="personal: whose it is.")),
                ("plan_id", models.UUIDField(db_comment="housekeeping: the plan.")),
                ("line", models.TextField(db_comment="phi: insurance line code.")),
                ("told_on", models.TextField(db_comment="housekeeping: the day of the last file that named it.")),
                ("begins_on", models.DateField(db_comment="phi: first day covered.", null=True)),
                ("ends_on", models.DateField(db_comment="phi: last day covered.", null=True)),
            ],
            options={
                "db_table_comment": "phi: who is enrolled in which plan. Functions of the gate alone read and write it.",
                "indexes": [models.Index(fields=["plan_id", "line", "person_id"], name="intake_covered_plan")],
            },
        ),
        migrations.CreateModel(
            name="FullFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        db_comment="housekeeping: the number of the row.", primary_key=True, serialize=False
                    ),
                ),
                ("file_id", models.UUIDField(db_comment="housekeeping: the file.")),
                ("plan_id", models.UUIDField(db_comment="housekeeping: the plan.")),
                ("line", models.TextField(db_comment="public: insurance line code, for instance HLT or DEN.")),
                ("told_on", models.DateField(db_comment="housekeeping: the day the file bears (BGN03).", null=True)),
                (
                    "absent_on",
                    models.DateField(db_comment="housekeeping: last day of whom it names no more.", null=True),
                ),
                (
                    "state",
                    models.TextField(
                        db_comment="housekeeping: read, incomplete, waiting (for a confirmation), ending or ended.",
                        default="read",
                    ),
                ),
                ("reason", models.TextField(blank=True, db_comment="housekeeping: why it ends nobody.")),
                (
                    "covered",
                    models.BigIntegerField(
                        db_comment="housekeeping: how many were covered when it was applied.", default=0
                    ),
                ),
                (
                    "absent",
                    models.BigIntegerField(db_comment="housekeeping: how many of them it names no more.", default=0),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(db_comment="housekeeping: when its ends were confirmed.", null=True),
                ),
                (
                    "confirmed_by",
                    models.TextField(blank=True, db_comment="housekeeping: display name of the staff who confirmed."),
                ),
            ],
            options={
                "db_table_comment": "housekeeping: full enrolment files, plan by plan. They name nobody.",
                "indexes": [models.Index(fields=["plan_id", "line", "told_on"], name="intake_fullfile_plan")],
                "constraints": [
                    models.UniqueConstraint(fields=("file_id", "plan_id", "line"), name="intake_fullfile_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Acknowledged",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        db_comment="housekeeping: the number of the row.", primary_key=True, serialize=False
                    ),
                ),
                ("file_id", models.UUIDField(db_comment="housekeeping: the file that says it.")),
                ("kind", models.TextField(db_comment="housekeeping: the kind of the answer: 999 or TA1.")),
                (
                    "group",
                    models.TextField(
                        blank=True, db_comment="housekeeping: the number of the group it answers (AK102)."
                    ),
                ),
                (
                    "identifier",
                    models.TextField(blank=True, db_comment="housekeeping: the kind of the set (AK201)."),
                ),
                (
                    "number",
                    models.TextField(
                        blank=True,
                        db_comment="housekeeping: the number of the set or envelope it answers (AK202 or TA101); empty for a group.",
                    ),
                ),
                ("verdict", models.TextField(db_comment="housekeeping: whether it was taken (IK501, AK901 or TA104).")),
                (
                    "codes",
                    models.JSONField(
                        db_comment="housekeeping: codes of what is wrong with it (IK502 to 06, AK905 to 09, or TA105).",
                        default=list,
                    ),
                ),
                (
                    "errors",
                    models.JSONField(
                        db_comment="housekeeping: places and codes of what is said to be wrong.", default=list
                    ),
                ),
            ],
            options={
                "db_table_comment": "housekeeping: acknowledgments that came in. They name nobody.",
                "indexes": [models.Index(fields=["file_id"], name="intake_acknowledged_file")],
            },
        ),
        SqlFile("intake", "full_files.sql"),
    ]
