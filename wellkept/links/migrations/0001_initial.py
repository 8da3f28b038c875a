"""The register of links."""

from django.db import migrations

from wellkept.policy.database import SqlFile


class Migration(migrations.Migration):
    """The register of links."""

    # Its functions name rows of other rooms; what they ask is looked up when they run.
    dependencies = (("ledger", "0001_initial"), ("consent", "0002_facts"))
    operations = (SqlFile("links", "links.sql"),)
