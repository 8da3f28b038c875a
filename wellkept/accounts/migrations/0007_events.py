"""What happened with an account, for its owner."""

from django.db import migrations


class Migration(migrations.Migration):
    """What happened with an account, for its owner."""

    dependencies = (("accounts", "0006_factors"),)
    operations = ()
