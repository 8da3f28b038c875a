"""Ways to sign in beside the password."""

from django.db import migrations


class Migration(migrations.Migration):
    """Ways to sign in beside the password."""

    dependencies = (("accounts", "0005_holders"),)
    operations = ()
