"""The inside of one database: the schema, what each role sees first, and what everybody may no longer do."""

from collections.abc import Callable

import psycopg
from psycopg import sql

from wellkept.policy.database import ROLES, role_name

Connection = psycopg.Connection[tuple[object, ...]]

# Large objects lie outside row security, and these functions read the server's own files. The server's figures, its
# locks and the position of its log tell what a function read and wrote, also when it was rolled back and left no entry.
CLOSED = """
select p.oid::regprocedure::text
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname = 'pg_catalog'
   and (p.proname ~ '^(lo_|pg_read_|pg_ls_|pg_stat_file|pg_current_logfile)'
     or p.proname ~ '^(pg_stat_get_|pg_stat_have_|pg_current_wal_)'
     or p.proname in ('loread', 'lowrite', 'pg_lock_status', 'pg_logical_emit_message', 'pg_relation_size',
       'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size', 'pg_database_size'))
   and has_function_privilege('public', p.oid, 'execute')
"""
# What the lock itself asks, whether an entry is on disk; and what the watcher asks, who stays too long.
LEFT = {
    "gate": "pg_current_wal_insert_lsn(), pg_current_wal_flush_lsn()",
    "watch": "pg_lock_status(), pg_stat_get_activity(integer)",
}


def prepare_database(connection: Connection, *, operator: str, notes: list[str]) -> None:
    """Make the schema ``wellkept``, empty ``public``, pin search paths and close what everybody could do."""
    make_schema(connection, operator=operator)
    close_functions(connection, notes=notes)
    leave_to_the_gate(connection, operator=operator, notes=notes)
    in_database = sql.Identifier(connection.info.dbname)
    for role in ROLES:
        identity = sql.Identifier(role_name(operator, role))
        text = sql.SQL("alter role {} in database {} set search_path = wellkept, pg_temp")
        connection.execute(text.format(identity, in_database))
    settle_owner(connection, operator=operator, in_database=in_database)


def make_schema(connection: Connection, *, operator: str) -> None:
    """Give the schema to the owner, let the operator's roles use it, and drop ``public``."""
    owner = sql.Identifier(role_name(operator, "owner"))
    connection.execute(sql.SQL("create schema if not exists wellkept authorization {}").format(owner))
    users = sql.SQL(", ").join(sql.Identifier(role_name(operator, role)) for role in ROLES if role != "owner")
    connection.execute(sql.SQL("grant usage on schema wellkept to {}").format(users))
    connection.execute("drop schema if exists public")
    run = sql.SQL("alter default privileges for role {} revoke execute on functions from public")
    for role in ("owner", "gate"):
        connection.execute(run.format(sql.Identifier(role_name(operator, role))))


def close_functions(connection: Connection, *, notes: list[str]) -> None:
    """Take large objects and the server's files from everybody, where this server lets us.

    To somebody who may not, PostgreSQL says so with a warning alone: so we look again.
    """
    for (function,) in connection.execute(CLOSED).fetchall():
        connection.execute(sql.SQL("revoke execute on function {} from public").format(sql.SQL(str(function))))
    if connection.execute(CLOSED).fetchone():
        notes.append("This server keeps large objects open to every role: ask its operator to revoke lo_* from public.")


def leave_to_the_gate(connection: Connection, *, operator: str, notes: list[str]) -> None:
    """Give back what the gate and the watcher ask the server."""
    try:
        for role, functions in LEFT.items():
            named = sql.Identifier(role_name(operator, role))
            connection.execute(sql.SQL("grant execute on function {} to {}").format(sql.SQL(functions), named))
    except psycopg.errors.InsufficientPrivilege:
        notes.append("This server leaves its figures and its log's position open: ask its operator to revoke them.")


def settle_owner(connection: Connection, *, operator: str, in_database: sql.Composable) -> None:
    """Let migrate begin as the owner, and both fail aloud instead of changing no row behind row security."""
    for role, setting in SETTLED:
        text = sql.SQL("alter role {} in database {} set {}")
        value = setting(operator)
        connection.execute(text.format(sql.Identifier(role_name(operator, role)), in_database, value))


def becomes_owner(operator: str) -> sql.Composed:
    """``role = 'umr_owner'``."""
    return sql.SQL("role = {}").format(sql.Literal(role_name(operator, "owner")))


def row_security_off(operator: str) -> sql.SQL:
    """A query that row security would narrow raises instead."""
    del operator
    return sql.SQL("row_security = off")


SETTLED: tuple[tuple[str, Callable[[str], sql.Composable]], ...] = (
    ("migrate", becomes_owner),
    ("migrate", row_security_off),
    ("backup", row_security_off),
)
