"""Brings both databases of an operator to the present code, and its rules and documents into them.

Runs in a process of its own under the role ``migrate``, which can log in only meanwhile.
"""

import os
import subprocess
import sys

from wellkept.cli.cluster import ClusterError, for_command


def run(operator: str) -> None:
    """Migrate records and keys, load the rules, and leave an entry; raises ``ClusterError`` when it fails."""
    with for_command(operator, "migrate") as word:
        own = {"WELLKEPT_OPERATOR": operator, "WELLKEPT_ROLE": "migrate", "WELLKEPT_SECRET": word}
        environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "wellkept.config.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "wellkept.cli.migrations"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise ClusterError(f"The databases of {operator} could not be migrated:\n{done.stderr.strip()[-2000:]}")


def main() -> None:
    """The inside of that process."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from wellkept.access import compile as rules
    from wellkept.accounts import lapsing
    from wellkept.consent import documents
    from wellkept.policy import contents
    from wellkept.vault import actions as vault

    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", database="keys", verbosity=0, interactive=False)
    vault.prepare()
    connection.ensure_connection()
    raw = connection.connection
    rules.load(raw, settings.PACK)
    documents.load(raw, settings.PACK)
    contents.load(raw, settings.PACK)
    lapsing.load(raw, settings.PACK)
    raw.execute("set role none")  # from here on as migrate itself, not as the owner
    raw.execute("select wellkept.ledger_months_ahead(12)")
    raw.execute("select wellkept.ledger_note('maintenance', 'migrated')")


if __name__ == "__main__":
    main()
