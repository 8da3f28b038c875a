"""Know from which day a minor's record is their own."""

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Know from which day a minor's record is their own."""

    dependencies = (("people", "0004_joins"),)
    operations = (
        migrations.AddField(
            model_name="person",
            name="own_care_on",
            field=models.DateField(
                db_comment="personal: of a minor, the day from which no parent opens the record; null: none does.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="own_sensitive_on",
            field=models.DateField(
                db_comment="personal: the same of sensitive claims in it; null: no parent opens them.", null=True
            ),
        ),
        SqlFile("people", "family.sql"),
    )
