"""Tell claims as one that are one."""

import django.contrib.postgres.fields
from django.db import migrations, models

from wellkept.policy.database import SqlFile

STATUS = "phi: filed, withdrawn, paid, denied, reversed, or joined where it is told as another claim."
KIND = "phi: professional, institutional, pharmacy, or empty when only a payment told of it."
NUMBERS = "phi: keyed hashes of the numbers payers gave the claim."


class Migration(migrations.Migration):
    """What ties claims, and which claim each is told as."""

    dependencies = (("benefits", "0005_cards"),)
    operations = (
        migrations.AlterField("claim", "status", models.TextField(db_comment=STATUS)),
        migrations.AlterField("claim", "kind", models.TextField(blank=True, db_comment=KIND)),
        migrations.AddField(
            "claim",
            "account",
            models.UUIDField(null=True, db_comment="phi: keyed hash of the office's number of the claim."),
        ),
        migrations.AddField(
            "claim",
            "by_npi",
            models.BooleanField(db_default=False, db_comment="housekeeping: the office was named by its NPI."),
        ),
        migrations.AddField(
            "claim",
            "payer_numbers",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), null=True, size=None, db_comment=NUMBERS
            ),
        ),
        migrations.AddField(
            "claim",
            "joined",
            models.UUIDField(null=True, db_comment="housekeeping: the claim this one turned out to be part of."),
        ),
        migrations.AddIndex(
            "claim",
            models.Index(
                fields=["person_id", "joined"],
                name="benefits_claim_joined",
                condition=models.Q(joined__isnull=False),
            ),
        ),
        SqlFile("benefits", "statements.sql"),
    )
