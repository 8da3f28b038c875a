"""Keep authorizations to anybody, and restrictions that are asked for."""

from django.db import migrations, models

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Keep authorizations to anybody, and restrictions that are asked for."""

    dependencies = (("consent", "0004_authority"), ("benefits", "0008_codes"))
    operations = (
        migrations.AddField(
            "authorization",
            "address",
            models.BinaryField(db_comment="personal: sealed; where they are, who is outside.", null=True),
        ),
        migrations.AddField(
            "authorization",
            "statement",
            models.BinaryField(
                db_comment="phi: sealed; what was shown and agreed to; null where no page asked for it.", null=True
            ),
        ),
        migrations.AddField(
            "authorization", "form", models.TextField(db_comment="public: the version of what was shown.", null=True)
        ),
        migrations.AddField(
            "authorization",
            "language",
            models.TextField(db_comment="personal: in which language it was shown.", null=True),
        ),
        migrations.AlterField(
            "restriction",
            "since",
            models.DateTimeField(db_comment="phi: from when; null while it is not granted.", null=True),
        ),
        migrations.AddField(
            "restriction",
            "about",
            models.UUIDField(db_comment="phi: the claim its person paid for in full, and no other.", null=True),
        ),
        migrations.AddField(
            "restriction",
            "sort",
            models.TextField(
                db_comment="phi: for whom it is asked: member, representative, recipient, paid.", null=True
            ),
        ),
        migrations.AddField(
            "restriction",
            "asked_at",
            models.DateTimeField(db_comment="housekeeping: when it was asked for.", null=True),
        ),
        migrations.AddField(
            "restriction",
            "due_on",
            models.DateField(
                db_comment="housekeeping: the last business day on which an answer keeps the promise (U-33).", null=True
            ),
        ),
        migrations.AddField(
            "restriction", "words", models.BinaryField(db_comment="phi: sealed; what the person wrote.", null=True)
        ),
        migrations.AddField(
            "restriction",
            "decided_at",
            models.DateTimeField(db_comment="housekeeping: when a person decided.", null=True),
        ),
        migrations.AddField(
            "restriction",
            "decided_by",
            models.TextField(db_comment="personal: the display name of who decided.", null=True),
        ),
        migrations.AddField(
            "restriction", "answer", models.BinaryField(db_comment="phi: sealed; the answer.", null=True)
        ),
        SqlFile("consent", "authorizations.sql"),
        SqlFile("consent", "phone.sql"),
    )
