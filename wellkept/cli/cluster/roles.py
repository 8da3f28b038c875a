"""The roles and databases of an operator, made and kept as they should be, as often as it is said."""

import contextlib
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from wellkept.cli.cluster.databases import prepare_database
from wellkept.cli.cluster.places import ClusterError, kept_secret, state_folder
from wellkept.cli.cluster.reach import COMMAND_ROLES, LOGIN_ROLES, SUFFIXES, administer, managed
from wellkept.policy.database import ROLES, role_name

PAGE_ROLES = ("web", "entrance")
PAGE_LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
PREPARING = 7_733_001
HOURS = 12
TRIES, MOMENT = 40, 0.05
"""How often, and after how many seconds, a session that is closing is looked for once more."""

Connection = psycopg.Connection[tuple[object, ...]]


def prepare(operator: str, *, state: Path | None = None) -> tuple[str, ...]:
    """Make the operator's roles and its two databases, or mend them; safe to repeat and to run twice at once.

    Returns one sentence for each thing that this server does not let its administrator do (none on a private cluster).
    """
    folder = state or state_folder()
    notes: list[str] = []
    with administer(state=folder) as connection:
        connection.execute("select pg_advisory_lock(%s)", [PREPARING])
        make_roles(connection, operator=operator, folder=folder, notes=notes)
        for suffix in SUFFIXES.values():
            make_database(connection, operator=operator, name=f"wellkept_{operator}{suffix}")
        if not managed():
            close_maintenance_databases(connection)
        for suffix in SUFFIXES.values():
            with administer(f"wellkept_{operator}{suffix}", state=folder) as inside:
                prepare_database(inside, operator=operator, notes=notes)
    return tuple(dict.fromkeys(notes))


def make_roles(connection: Connection, *, operator: str, folder: Path, notes: list[str]) -> None:
    """Create what is missing and set every role's attributes, memberships, password and limits."""
    for role in ROLES:
        make_role(connection, operator=operator, role=role)
    for role in LOGIN_ROLES:
        word = kept_secret(folder / operator / "secrets" / role)
        run(
            connection,
            "alter role {} login password {}",
            name(operator, role),
            verifier(connection, operator, role, word),
        )
    for role in COMMAND_ROLES:
        unless_busy(connection, operator=operator, role=role)
        note = f"{role_name(operator, role)} may not bypass row security on this server: use its own backups."
        attempt(connection, "alter role {} bypassrls", name(operator, role), note=note, notes=notes)
    make_members(connection, operator=operator, notes=notes)
    let_watch(connection, operator=operator, notes=notes)
    limit_roles(connection, operator=operator, notes=notes)


def make_role(connection: Connection, *, operator: str, role: str) -> None:
    """Create one role without any right, unless it is there."""
    known = connection.execute("select 1 from pg_roles where rolname = %s", [role_name(operator, role)]).fetchone()
    if not known:
        run(connection, "create role {} nologin nocreatedb nocreaterole", name(operator, role))


def make_members(connection: Connection, *, operator: str, notes: list[str]) -> None:
    """Let migrate act as owner and gate, owner hand functions to the gate, and backup read everything.

    The owner inherits nothing from the gate: it may only give it what it makes.
    """
    run(connection, "alter role {} noinherit", name(operator, "owner"))
    grants = [("owner", "migrate"), ("gate", "migrate"), ("gate", "owner")]
    for group, member in grants:
        run(connection, "grant {} to {}", name(operator, group), name(operator, member))
    if not is_superuser(connection):
        run(connection, "grant {}, {} to current_user", name(operator, "owner"), name(operator, "gate"))
    note = (
        f"{role_name(operator, 'backup')} was not given pg_read_all_data by this server: use the server's own backups."
    )
    attempt(connection, "grant pg_read_all_data to {}", name(operator, "backup"), note=note, notes=notes)


def let_watch(connection: Connection, *, operator: str, notes: list[str]) -> None:
    """Let the watcher end sessions that are not a superuser's."""
    note = (
        f"{role_name(operator, 'watch')} may not end sessions on this server: ask its operator for pg_signal_backend."
    )
    attempt(connection, "grant pg_signal_backend to {}", name(operator, "watch"), note=note, notes=notes)


def limit_roles(connection: Connection, *, operator: str, notes: list[str]) -> None:
    """Time limits for the roles that serve pages, and for all: what they run is not shown to other sessions."""
    for role in PAGE_ROLES:
        for limit in PAGE_LIMITS:
            run(connection, "alter role {} set {} = '5s'", name(operator, role), sql.Identifier(limit))
    note = "This server keeps track_activities on, and pg_stat_activity shows values: ask its operator to turn it off."
    for role in (*LOGIN_ROLES, *COMMAND_ROLES):
        attempt(connection, "alter role {} set track_activities = off", name(operator, role), note=note, notes=notes)


def make_database(connection: Connection, *, operator: str, name: str) -> None:
    """Create a database unless it is there, and let this operator's roles alone connect to it."""
    if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        text = "create database {} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"
        run(connection, text, sql.Identifier(name))
    run(connection, "revoke all on database {} from public", sql.Identifier(name))
    logins = sql.SQL(", ").join(sql.Identifier(role_name(operator, role)) for role in (*LOGIN_ROLES, *COMMAND_ROLES))
    run(connection, "grant connect on database {} to {}", sql.Identifier(name), logins)


def close_maintenance_databases(connection: Connection) -> None:
    """On a private cluster nobody but the administrator has business in the databases it came with."""
    run(
        connection, "revoke all on database {}, {} from public", sql.Identifier("postgres"), sql.Identifier("template1")
    )


@contextlib.contextmanager
def for_command(operator: str, role: str, *, state: Path | None = None) -> Iterator[str]:
    """Let ``migrate`` or ``backup`` log in for the length of one command; yields the password, random each time.

    Afterwards, also after an error, the login is taken away and what is left of its sessions is ended. Should this
    process be killed, the password ends by itself after twelve hours and the next ``prepare`` takes the login away.
    """
    if role not in COMMAND_ROLES:
        raise ValueError(f"{role} is not a role of a command")
    word = secrets.token_urlsafe(32)
    with administer(state=state) as connection:
        if not locked(connection, operator=operator, role=role):
            raise ClusterError(f"Another command is working as {role_name(operator, role)}: wait until it has ended.")
        try:
            text = "alter role {} login password {} valid until {}"
            ends = connection.execute("select (now() + make_interval(hours => %s))::text", [HOURS]).fetchone()
            run(
                connection,
                text,
                name(operator, role),
                verifier(connection, operator, role, word),
                sql.Literal(ends[0] if ends else ""),
            )
            yield word
        finally:
            take_login_away(connection, operator=operator, role=role)
            # The server would let go only once it has seen our connection end, and the next command may come before.
            unlock(connection, operator=operator, role=role)


def take_login_away(connection: Connection, *, operator: str, role: str) -> None:
    """End the login of a command's role and its sessions."""
    run(connection, "alter role {} nologin password null valid until 'infinity'", name(operator, role))
    ending = "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s"
    for left in reversed(range(TRIES)):
        try:
            connection.execute(ending, [role_name(operator, role)])
        except psycopg.errors.InsufficientPrivilege:
            # A managed server lets us end nobody's session. One that is closed already leaves within moments.
            if not left:
                raise
            time.sleep(MOMENT)
        else:
            return


def unless_busy(connection: Connection, *, operator: str, role: str) -> None:
    """Take the login of a command's role away unless a command is using it now."""
    if locked(connection, operator=operator, role=role):
        run(connection, "alter role {} nologin password null valid until 'infinity'", name(operator, role))
        unlock(connection, operator=operator, role=role)


def unlock(connection: Connection, *, operator: str, role: str) -> None:
    """Let go of the role's lock, which this connection holds."""
    connection.execute("select pg_advisory_unlock(%s, hashtext(%s))", [PREPARING, role_name(operator, role)])


def locked(connection: Connection, *, operator: str, role: str) -> bool:
    """Whether this connection got the role's lock, which one command holds at a time."""
    answer = connection.execute(
        "select pg_try_advisory_lock(%s, hashtext(%s))", [PREPARING, role_name(operator, role)]
    ).fetchone()
    return bool(answer and answer[0])


def verifier(connection: Connection, operator: str, role: str, word: str) -> sql.Literal:
    """The SCRAM verifier of a password, computed here so that the password itself never travels."""
    made = connection.pgconn.encrypt_password(word.encode(), role_name(operator, role).encode(), b"scram-sha-256")
    return sql.Literal(made.decode())


def name(operator: str, role: str) -> sql.Identifier:
    """A role as it is written in SQL."""
    return sql.Identifier(role_name(operator, role))


def is_superuser(connection: Connection) -> bool:
    """Whether the administrator is one."""
    answer = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    return bool(answer and answer[0])


def run(connection: Connection, text: str, *parts: sql.Composable) -> None:
    """Run a statement that takes no parameters, its names and literals composed."""
    connection.execute(sql.SQL(text).format(*parts))


def attempt(connection: Connection, text: str, *parts: sql.Composable, note: str, notes: list[str]) -> None:
    """The same, or ``note`` when the server does not allow it."""
    try:
        run(connection, text, *parts)
    except psycopg.errors.InsufficientPrivilege:
        notes.append(note)
