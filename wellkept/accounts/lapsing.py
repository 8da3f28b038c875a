"""After how many days an account lapses that nobody renews: the pack says it, the database holds to it.

Serves U-30, P-15.
"""

import psycopg

from wellkept.policy import practices
from wellkept.policy.shapes import Pack


def days(pack: Pack) -> int:
    """After how many days (practice ``lapse_days``)."""
    return practices.number(pack, "lapse_days")


def load(connection: psycopg.Connection, pack: Pack) -> None:
    """Bring the pack's number into the database. Runs as the owner."""
    with connection.transaction():
        connection.execute("update wellkept.accounts_lapse set days = %s", [days(pack)])


def differences(connection: psycopg.Connection, pack: Pack) -> list[str]:
    """A sentence where the database holds to another number than the pack says; empty when they agree."""
    found = connection.execute("select days from wellkept.accounts_lapse").fetchall()
    if found == [(days(pack),)]:
        return []
    return ["The database lets accounts lapse after other days than operator.toml says: run `wellkept db migrate`."]
