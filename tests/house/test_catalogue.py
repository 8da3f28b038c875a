"""What the database says of itself: no table without its lock, no grant nobody gave, no function led astray."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts.words import described
from scripts.words.catalogue import Message
from tests.cluster import OPERATORS, Cluster
from wellkept.cli.cluster import LOGIN_ROLES
from wellkept.policy import holding, workings
from wellkept.policy.catalogue import label, parted, shown
from wellkept.policy.held import KEPT

pytestmark = pytest.mark.database

CLASSES = ("public", "personal", "phi", "financial", "trade secret", "housekeeping")
# Made by other programs: Django's list of migrations, the queue of jobs. They hold identifiers alone.
OTHERS = ("django_", "procrastinate_")
# Not under the lock, not public, and yet given to a role that is no page: to whom, and why.
APART = {
    ("accounts_accesscode", "jobs"): "issues codes; holds hashes alone",
    ("accounts_registration", "jobs"): "answers who asked to register; what was typed it reads by an opening alone",
    ("inquiries_inquiry", "jobs"): "destroys what is done, by its id and state; may not read what was written",
    ("intake_acknowledged", "intake"): "acknowledgments that came in, without people",
    ("intake_control", "intake"): "control totals of files, without people",
    ("intake_file", "intake"): "files that came in, without people",
    ("intake_fullfile", "intake"): "what full files say of plans, without people",
    ("intake_mark", "intake"): "which claims are sensitive; holds hashes that name nobody",
    ("intake_payment", "intake"): "premium payments of organisations, without people",
    ("intake_set", "intake"): "sets of a file, without people",
    ("intake_setaside", "intake"): "what was set aside of a file",
    ("intake_staged", "intake"): "what waits to be applied, sealed",
    ("intake_total", "intake"): "totals of files, without people",
    ("ledger_also", "seal"): "seals entries",
    ("ledger_entry", "seal"): "seals entries",
    ("ledger_erasure", "seal"): "seals entries",
    ("ledger_leaf", "seal"): "seals entries",
    ("ledger_occasion", "seal"): "seals entries",
    ("organisations_finder", "intake"): "writes blind indexes",
    ("organisations_organisation", "intake"): "brings rosters; the tax number is sealed, the rest is about firms",
    ("people_finder", "intake"): "writes blind indexes",
    ("people_finder", "jobs"): "finds on the roster who asked to register",
    ("people_household", "intake"): "writes who is of one household; ids alone",
    ("statistics_count", "proof"): "compares what was counted of its own tries; totals with nobody in them",
    ("people_identity", "intake"): "finds the person an identity belongs to; holds hashes alone",
}
# The page that makes a receipt asks under which number an entry was sealed. No person is in it.
PROVES = {"ledger_leaf"}
# A tile of hashes that is not full yet is written again when it grows.
GROWS = {("ledger_tile", "seal")}
# These make a partition, which only the owner of the table can.
BY_OWNER = {"ledger_months_ahead"}


@pytest.fixture(params=OPERATORS)
def catalogue(house: Cluster, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    with house.administer(f"wellkept_{request.param}") as connection:
        connection.execute("set search_path = wellkept")
        yield connection


def grants(catalogue: psycopg.Connection) -> set[tuple[str, str, str]]:
    """Table, role without its operator ('public' for everybody), and privilege, whole or of a column."""
    found = catalogue.execute(
        """
        select c.relname, coalesce(split_part(r.rolname, '_', 2), 'public'), a.privilege_type
          from pg_class c
          cross join lateral (
            select (aclexplode(c.relacl)).*
            union all
            select (aclexplode(t.attacl)).* from pg_attribute t where t.attrelid = c.oid and t.attacl is not null
          ) a left join pg_roles r on r.oid = a.grantee
         where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
        """
    ).fetchall()
    return {(str(table), str(role), str(right)) for table, role, right in found if not str(table).startswith(OTHERS)}


def comments(catalogue: psycopg.Connection) -> dict[str, str]:
    """What each table of ours says of itself. Partitions are what their parent is."""
    found = catalogue.execute(
        """
        select relname, coalesce(obj_description(oid, 'pg_class'), '') from pg_class
         where relnamespace = 'wellkept'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and not relispartition
        """
    ).fetchall()
    return {str(table): str(text) for table, text in found if not str(table).startswith(OTHERS)}


def said_of_fields(connection: psycopg.Connection) -> set[Message]:
    """The name of each field that says something, and what it says, as a page shows them."""
    found = connection.execute(
        """
        select a.attname, col_description(c.oid, a.attnum) from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p', 'f') and not c.relispartition
           and a.attnum > 0 and col_description(c.oid, a.attnum) is not null
        """
    ).fetchall()
    labels = {Message(label(name), context=described.CONTEXT) for name, _said in found}
    return labels | {Message(shown(parted(said)[1])) for _name, said in found}


def locked(catalogue: psycopg.Connection) -> set[str]:
    """Tables whose rows are shown, to whatever role is no gate, through what is held and in no other way."""
    forced = catalogue.execute(
        "select relname from pg_class"
        " where relnamespace = 'wellkept'::regnamespace and relrowsecurity and relforcerowsecurity"
    ).fetchall()
    policies = catalogue.execute(
        "select tablename, coalesce(qual, ''), coalesce(with_check, ''), roles::text"
        " from pg_policies where schemaname = 'wellkept'"
    ).fetchall()
    held = ("held_subjects()", "held_categories()", "held_own()")
    loose = {
        table
        for table, qual, check, roles in policies
        if not roles.endswith("_gate}") and not all(word in text for word in held for text in (qual, check))
    }
    return {str(table) for (table,) in forced} - loose


def test_a_page_touches_no_table_that_is_neither_locked_nor_public(catalogue: psycopg.Connection) -> None:
    said, under = comments(catalogue), locked(catalogue)
    touched = {table for table, role, _ in grants(catalogue) if role == "web"}
    assert touched
    assert {table for table in touched - under if not said[table].startswith("public:")} - PROVES == set()


def test_a_page_changes_no_public_table(catalogue: psycopg.Connection) -> None:
    changed = {table for table, role, right in grants(catalogue) if role == "web" and right != "SELECT"}
    assert changed <= locked(catalogue)


def test_what_another_role_touches_is_locked_or_public_or_named_here(catalogue: psycopg.Connection) -> None:
    said, under = comments(catalogue), locked(catalogue)
    touched = {(table, role) for table, role, _ in grants(catalogue) if role in LOGIN_ROLES and role != "web"}
    apart = {(table, role) for table, role in touched if table not in under and not said[table].startswith("public:")}
    assert apart - set(APART) == set()


def test_every_table_with_a_person_s_rows_is_locked_or_given_to_no_page(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select table_name from information_schema.columns where table_schema = 'wellkept' and column_name = 'category'"
        " and table_name in (select table_name from information_schema.columns where column_name = 'person_id')"
    ).fetchall()
    records = {str(table) for (table,) in found}
    assert records
    assert records - locked(catalogue) == set()


def test_nothing_is_granted_to_everybody(catalogue: psycopg.Connection) -> None:
    assert {table for table, role, _ in grants(catalogue) if role == "public"} == set()
    on_schema = (
        "select count(*) from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = 'wellkept' and a.grantee = 0"
    )
    assert catalogue.execute(on_schema).fetchone() == (0,)


def test_no_role_that_logs_in_changes_or_deletes_what_the_ledger_holds(catalogue: psycopg.Connection) -> None:
    ledger = {(table, role, right) for table, role, right in grants(catalogue) if table.startswith("ledger_")}
    writing = {
        (table, role) for table, role, right in ledger if role in LOGIN_ROLES and right not in {"SELECT", "INSERT"}
    }
    assert writing - GROWS == set()
    assert {role for table, role, right in ledger if table == "ledger_entry" and right == "INSERT"} <= {"owner", "gate"}


def test_no_role_reads_sessions_or_password_hashes(catalogue: psycopg.Connection) -> None:
    readers = {(table, role) for table, role, right in grants(catalogue) if role in LOGIN_ROLES and right == "SELECT"}
    assert {role for table, role in readers if table == "accounts_session"} == set()
    assert {role for table, role in readers if table == "accounts_account"} == set()


def test_no_definer_function_can_be_led_astray(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        """
        select p.proname, split_part(r.rolname, '_', 2), coalesce(p.proconfig, '{}'), l.lanname,
               coalesce(p.proargnames[1:p.pronargs], '{}'),
               exists (select from aclexplode(p.proacl) a where a.grantee = 0), p.proacl is null
          from pg_proc p join pg_roles r on r.oid = p.proowner join pg_language l on l.oid = p.prolang
         where p.pronamespace = 'wellkept'::regnamespace and p.prosecdef
        """
    ).fetchall()
    ours = [row for row in found if not str(row[0]).startswith(OTHERS)]
    assert ours
    for name, owner, settings, language, arguments, everybody, unset in ours:
        assert "search_path=wellkept, pg_temp" in settings, name
        assert (owner, language) == ("owner" if name in BY_OWNER else "gate", "plpgsql"), name
        assert not everybody, name
        assert not unset, name
        assert [argument for argument in arguments if not argument.startswith("p_")] == [], name


def test_every_table_says_its_class(catalogue: psycopg.Connection) -> None:
    said = comments(catalogue)
    assert [table for table, text in said.items() if not text.startswith(tuple(f"{one}:" for one in CLASSES))] == []


def test_every_field_of_a_person_s_row_says_its_class(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        """
        select c.relname, a.attname, coalesce(col_description(c.oid, a.attnum), '')
          from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'wellkept'::regnamespace and c.relrowsecurity and a.attnum > 0 and not a.attisdropped
        """
    ).fetchall()
    assert found
    classes = tuple(f"{one}:" for one in CLASSES)
    assert [(table, column) for table, column, text in found if not text.startswith(classes)] == []


def test_translators_find_what_every_field_says(catalogue: psycopg.Connection, house: Cluster) -> None:
    with house.administer(f"{catalogue.info.dbname}_keys") as keys:
        there = said_of_fields(catalogue) | said_of_fields(keys)
    house_of_words = Path(__file__).parents[2] / "wellkept"
    found = {one for path in house_of_words.rglob("*") for one in described.of(path)}
    assert sorted(there ^ found) == []


def test_every_field_of_ours_says_what_it_is(catalogue: psycopg.Connection) -> None:
    silent = catalogue.execute(
        """
        select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p', 'f') and not c.relispartition
           and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) is null
        """
    ).fetchall()
    assert [one for one in silent if not str(one[0]).startswith(OTHERS)] == []


def test_nothing_with_a_person_in_it_is_said_to_be_about_none(catalogue: psycopg.Connection) -> None:
    rows = catalogue.execute(
        "select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
        " where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p', 'f')"
        " and split_part(col_description(c.oid, a.attnum), ':', 1) in ('personal', 'phi')"
    ).fetchall()
    about_none = (holding.OPEN, holding.ANYONE, workings.FILE_TIME, workings.UNNAMED)
    declared = [KEPT[name] for (name,) in rows if name in KEPT]
    assert [kept.table for kept in declared if any(kept.lasts is one or kept.seen is one for one in about_none)] == []
