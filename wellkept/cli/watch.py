"""The watcher: each second it asks the database to end transactions of over five seconds.

A role can lift its own time-outs, and one idle transaction would hold back the sealing of the ledger.
"""

import time
from collections.abc import Callable

import psycopg

from wellkept.cli import cluster
from wellkept.cli.supervise import signals

EVERY = 1.0


def watch(*, operator: str, say: Callable[[str], None]) -> None:
    """Tick once a second until SIGTERM or SIGINT; a lost connection is made anew at the next tick."""
    connection: psycopg.Connection | None = None
    with signals() as (asked_to_stop, wait):
        while not asked_to_stop():
            began = time.monotonic()
            connection = tick(connection, operator=operator, say=say)
            wait(max(0.0, EVERY - (time.monotonic() - began)))
    if connection:
        connection.close()


def tick(
    connection: psycopg.Connection | None, *, operator: str, say: Callable[[str], None]
) -> psycopg.Connection | None:
    """One look, over this connection or a new one; returns the connection for the next look, none when it was lost."""
    try:
        current = connection or cluster.connect(operator=operator, role="watch", autocommit=True)
    except (psycopg.OperationalError, cluster.ClusterError):
        say("The watcher cannot reach the database; it tries again.")
        return None
    try:
        current.execute("select wellkept.watch_tick()")
    except psycopg.OperationalError:
        say("The watcher lost the database; it tries again.")
        current.close()
        return None
    return current
