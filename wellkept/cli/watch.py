"""The watcher: each second it ends transactions of over five seconds, and closes the door on a surge of openings.

It also looks through what was committed for openings that stand out (B-10), which a privacy officer then closes.
A role can lift its own time-outs, and one idle transaction would hold back the sealing of the ledger. Where
``track_activities`` is off the server does not tell when a transaction began, so the watcher remembers when it saw each
one first.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from wellkept.cli import cluster
from wellkept.cli.supervise import signals
from wellkept.policy.database import role_name

EVERY = 1.0
LONGEST = 5.0
MINUTE = 60.0
ENTRIES = 2000
WATCHED = ("web", "entrance", "jobs", "mailroom", "intake", "release", "seal", "mail", "proof")

TRANSACTIONS = """
select l.pid, l.virtualtransaction
  from pg_locks l join pg_stat_activity a on a.pid = l.pid
 where l.locktype = 'virtualxid' and l.granted and a.usename = any (%s)
"""

Transaction = tuple[int, str]
Say = Callable[[str], None]
Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(slots=True)
class Watcher:
    """What the watcher remembers from one second to the next. Times are seconds of a clock that never goes back."""

    roles: list[str]
    say: Say
    seen: dict[Transaction, float] = field(default_factory=dict)
    newest: int | None = None
    openings: deque[tuple[float, int]] = field(default_factory=deque)


def watch(*, operator: str, say: Say) -> None:
    """Look once a second until SIGTERM or SIGINT; a lost connection is made anew at the next look."""
    watcher = Watcher(roles=[role_name(operator, role) for role in WATCHED], say=say)
    connection: Connection | None = None
    with signals() as (asked_to_stop, wait):
        while not asked_to_stop():
            began = time.monotonic()
            connection = tick(connection, watcher, operator=operator)
            wait(max(0.0, EVERY - (time.monotonic() - began)))
    if connection:
        connection.close()


def tick(connection: Connection | None, watcher: Watcher, *, operator: str) -> Connection | None:
    """One look, over this connection or a new one; returns the connection for the next look, none when it was lost."""
    try:
        current = connection or cluster.connect(operator=operator, role="watch", autocommit=True)
    except (psycopg.OperationalError, cluster.ClusterError):
        watcher.say("The watcher cannot reach the database; it tries again.")
        return None
    try:
        look(current, watcher, now=time.monotonic())
    except psycopg.errors.UndefinedFunction as error:
        current.close()
        raise cluster.ClusterError("The database has no tables yet: say `wellkept db migrate`.") from error
    except psycopg.OperationalError:
        watcher.say("The watcher lost the database; it tries again.")
        current.close()
        return None
    return current


def look(connection: Connection, watcher: Watcher, *, now: float) -> None:
    """End what lasts too long, and close the door when more was opened in a minute than the pack allows."""
    open_now = {(int(str(pid)), str(number)) for pid, number in connection.execute(TRANSACTIONS, [watcher.roles])}
    watcher.seen = {one: watcher.seen.get(one, now) for one in open_now}
    for one, since in watcher.seen.items():
        if now - since >= LONGEST:
            end(connection, watcher, one)
    count_openings(connection, watcher, now=now)
    raise_alarms(connection, watcher)


def end(connection: Connection, watcher: Watcher, transaction: Transaction) -> None:
    """End the session of a transaction, unless that session has begun another one meanwhile."""
    pid, number = transaction
    ending = "select pg_terminate_backend(pid) from pg_locks where pid = %s and virtualtransaction = %s limit 1"
    if connection.execute(ending, [pid, number]).fetchone():
        watcher.say(f"A transaction of over {LONGEST:.0f} s was ended (process {pid}).")


def count_openings(connection: Connection, watcher: Watcher, *, now: float) -> None:
    """Add up what was opened in the last minute. The first look only learns where the ledger stands."""
    row = connection.execute(
        "select newest, openings, allowed from wellkept.watch_tick(%s)", [watcher.newest or 0]
    ).fetchone()
    if not row:
        return
    newest, fresh, allowed = (int(str(value or 0)) for value in row)
    if watcher.newest is not None:
        watcher.openings.append((now, fresh))
    watcher.newest = newest
    while watcher.openings and watcher.openings[0][0] <= now - MINUTE:
        watcher.openings.popleft()
    total = sum(number for _, number in watcher.openings)
    if allowed and total > allowed:
        connection.execute("select wellkept.gate_close(%s)", [f"{total} openings in a minute"])
        watcher.openings.clear()
        watcher.say(
            f"{total} openings in a minute, {allowed} are allowed: the door is closed. `wellkept db reopen` opens it."
        )


def raise_alarms(connection: Connection, watcher: Watcher) -> None:
    """Look through the next entries; say how many stand out, and nothing of them."""
    row = connection.execute("select raised from wellkept.watch_look(%s)", [ENTRIES]).fetchone()
    raised = int(str(row[0])) if row else 0
    if raised:
        watcher.say(f"{raised} openings stand out: the privacy office sees them.")
