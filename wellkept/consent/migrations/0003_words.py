"""Let a person say who may see their record."""

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Let a person say who may see their record."""

    dependencies = (("consent", "0002_facts"),)
    operations = (
        migrations.AlterField(
            model_name="authorization",
            name="account_id",
            field=models.UUIDField(db_comment="personal: to which account; null where it is to a person.", null=True),
        ),
        migrations.AddField(
            model_name="authorization",
            name="to_person",
            field=models.UUIDField(db_comment="personal: to which person; null where it is to an account.", null=True),
        ),
        migrations.AddField(
            model_name="authorization",
            name="recipient",
            field=models.BinaryField(
                db_comment="personal: sealed; the name by which the person knew them.", db_default=b"", default=b""
            ),
        ),
        SqlFile("consent", "words.sql"),
    )
