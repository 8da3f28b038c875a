"""Who may do what to keys: every login role against every table and function, as itself, over its own password."""

from uuid import uuid4

import psycopg
import pytest

from tests.vault.conftest import Vault
from wellkept.cli.cluster import LOGIN_ROLES

pytestmark = pytest.mark.database

CALLS = {
    "vault_read": "select wellkept.vault_read('{}', '{}')",
    "vault_make": "select wellkept.vault_make('{}', '{}', '{}', 'k')",
    "vault_make_for": f"select wellkept.vault_make_for('{uuid4()}', '{{}}', '{{}}', 'k')",
    "vault_destroy": f"select wellkept.vault_destroy('{uuid4()}', 'contact')",
    "vault_operator": "select wellkept.vault_operator('index')",
    "vault_status": "select wellkept.vault_status()",
    "vault_behind": f"select wellkept.vault_behind(null, '{uuid4()}', '', 10)",
    "vault_rewrap": "select wellkept.vault_rewrap('{}', '{}', '{}', '{}', 'k')",
    "vault_operators": "select wellkept.vault_operators()",
    "vault_operator_make": "select wellkept.vault_operator_make('x', 'x', 'k')",
    "vault_operator_rewrap": "select wellkept.vault_operator_rewrap('x', 'x', 'y', 'k')",
    "vault_retire": "select wellkept.vault_retire('k')",
    "vault_retired": "select wellkept.vault_retired(7)",
}
READ = {"vault_read", "vault_operator"}
MAY = {
    "web": READ | {"vault_make_for"},
    "entrance": READ | {"vault_make_for"},
    "jobs": READ | {"vault_make_for", "vault_destroy", "vault_status"},
    "mailroom": READ,
    "intake": READ | {"vault_make_for", "vault_make"},
    "release": READ | {"vault_destroy"},
}
TABLES = ("vault_key", "vault_operator_key", "vault_kek_retired")
TOUCHES = (
    "select * from wellkept.{}",
    "delete from wellkept.{}",
    "update wellkept.{} set kek = 'k'",
    "insert into wellkept.{} default values",
    "truncate wellkept.{}",
    "copy wellkept.{} to stdout",
)


@pytest.mark.parametrize("role", LOGIN_ROLES)
def test_each_role_may_call_what_it_was_given_and_nothing_else(vault: Vault, role: str) -> None:
    with vault.connect(role) as connection:
        allowed = {name for name, call in CALLS.items() if answers(connection, call)}
    assert allowed == MAY.get(role, set())


@pytest.mark.parametrize("role", LOGIN_ROLES)
@pytest.mark.parametrize("table", TABLES)
def test_no_role_touches_a_table(vault: Vault, role: str, table: str) -> None:
    with vault.connect(role) as connection:
        assert not any(answers(connection, touch.format(table)) for touch in TOUCHES)


def test_no_function_was_left_out_of_these_tests(vault: Vault) -> None:
    with vault.connect("web") as connection:
        found = connection.execute(
            "select p.proname, p.prosecdef, r.rolname, p.proconfig from pg_proc p join pg_roles r on r.oid = p.proowner"
            " where p.pronamespace = 'wellkept'::regnamespace"
        ).fetchall()
    assert {name for name, *_ in found} == set(CALLS)
    for _, definer, owner, config in found:
        assert definer
        assert owner == f"{vault.operator}_gate"
        assert "search_path=wellkept, pg_temp" in config


def test_the_tables_are_locked_against_their_owner_too(vault: Vault) -> None:
    found = vault.migrate.execute(
        "select relname, relrowsecurity and relforcerowsecurity from pg_class"
        " where relnamespace = 'wellkept'::regnamespace and relkind = 'r'"
    ).fetchall()
    assert dict(found) == dict.fromkeys(TABLES, True)
    vault.migrate.execute(f"set role {vault.operator}_owner")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        vault.migrate.execute("select * from wellkept.vault_key")


def test_the_migrate_role_cannot_log_in_on_its_own(vault: Vault) -> None:
    found = vault.migrate.execute("select rolcanlogin from pg_roles where rolname = %s", [f"{vault.operator}_gate"])
    assert found.fetchone() == (False,)


def answers(connection: psycopg.Connection, statement: str) -> bool:
    """Whether the role may: anything but a missing privilege counts as yes."""
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return False
    except psycopg.Error:
        return True
    return True
