"""Who works here, decided by two."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """Who works here, decided by two, and the operator's own sign-on."""

    dependencies = (("accounts", "0008_colleagues"),)
    operations = (
        SqlFile("accounts", "openid.sql"),
        SqlFile("accounts", "staff.sql"),
        SqlFile("accounts", "two.sql"),
    )
