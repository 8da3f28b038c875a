"""Every grant there is, written down: a new one fails here until somebody has said it."""

from collections import defaultdict
from collections.abc import Iterator

import psycopg
import pytest

from tests.cluster import OPERATORS, Cluster
from tests.house.granted import TABLES
from tests.house.granted_functions import FUNCTIONS
from wellkept.cli.cluster import COMMAND_ROLES, LOGIN_ROLES

pytestmark = pytest.mark.database
# The queue's own functions, which the role that works it off executes.
QUEUE = "procrastinate_"
# Who belongs to whom: migrate works as the owner and hands functions to the gate, backup reads, the watcher ends
# sessions.
MEMBERS = {
    ("migrate", "owner"),
    ("migrate", "gate"),
    ("owner", "gate"),
    ("backup", "pg_read_all_data"),
    ("watch", "pg_signal_backend"),
}
# Person by person, yet under no policy. Why each may be, and that no page reads it.
UNLOCKED = {
    "access_alarm": "read by functions of the gate alone",
    "access_inquiry": "read by functions of the gate alone",
    "disclosures_task": "read by functions of the gate alone",
    "access_near": "read by functions of the gate alone",
    "access_spent": "read by functions of the gate alone",
    "accounts_accesscode": "hashes of codes; jobs issue them",
    "accounts_account": "read by functions of the gate alone",
    "accounts_session": "read by functions of the gate alone",
    "consent_actsfor": "read by functions of the gate alone",
    "consent_recipient": "read by functions of the gate alone",
    "gate_held": "read by functions of the gate alone",
    "intake_covered": "read by functions of the gate alone",
    "ledger_also": "read through an opening by functions of the gate, whole by the sealer",
    "ledger_entry": "read through an opening by functions of the gate, whole by the sealer",
    "notices_reference": "read by functions of the gate alone",
    "people_household": "intake writes it; read by functions of the gate alone",
    "people_finder": "keyed hashes; intake writes them and jobs look up who asked to register",
    "people_identity": "keyed hashes; intake tells people apart by them",
    "rights_letter": "read by functions of the gate alone",
    "service_call": "read by functions of the gate alone",
    "service_number": "read by functions of the gate alone",
}
# An index that begins with something else is tried before what is held (see lock_protect): never on a page's table.
OTHERWISE = {
    "notices_letter_waiting": "no page reads letters, and the mail room may ask which wait",
    "notices_mailed_token_hash_key": "no page reads mails; functions of the gate find one by what it came back by",
    "notices_mailed_old": "the same; functions of the gate forget them in time",
    "notices_leavelink_token_hash_key": "no page reads links; functions of the gate find whose it is",
}


@pytest.fixture(params=OPERATORS)
def catalogue(house: Cluster, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    with house.administer(f"wellkept_{request.param}") as connection:
        connection.execute("set search_path = wellkept")
        yield connection


def role(name: str | None) -> str:
    """A role without its operator; everybody is public."""
    for operator in OPERATORS:
        if name and name.startswith(f"{operator}_"):
            return name.removeprefix(f"{operator}_")
    return name or "public"


def test_every_grant_on_a_table_is_written_here(catalogue: psycopg.Connection) -> None:
    whole = catalogue.execute(
        "select c.relname, a.grantee::regrole::text, lower(a.privilege_type), a.is_grantable from pg_class c,"
        " aclexplode(c.relacl) a where c.relnamespace = 'wellkept'::regnamespace and a.grantee <> c.relowner"
    ).fetchall()
    columns = catalogue.execute(
        "select c.relname, a.grantee::regrole::text, lower(a.privilege_type), t.attname from pg_class c"
        " join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a"
        " where c.relnamespace = 'wellkept'::regnamespace"
    ).fetchall()
    assert not [row for row in whole if row[3]]
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for table, who, right, _ in whole:
        given[table][role(who)].add(right)
    for table, who, right, column in columns:
        given[table][f"{role(who)} {right}"].add(column)
    said = {table: {who: set(rights.split()) for who, rights in rows.items()} for table, rows in TABLES.items()}
    assert {table: dict(rows) for table, rows in given.items()} == said


def test_every_grant_on_a_function_is_written_here(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select p.proname, array(select a.grantee::regrole::text from aclexplode(p.proacl) a"
        " where a.grantee <> p.proowner order by 1), p.proacl is null"
        " from pg_proc p where p.pronamespace = 'wellkept'::regnamespace"
    ).fetchall()
    assert not [name for name, _, everybody in found if everybody]
    ours = {name: " ".join(role(one) for one in who) for name, who, _ in found if not name.startswith(QUEUE)}
    assert ours == FUNCTIONS
    queue = {role(one) for name, who, _ in found if name.startswith(QUEUE) for one in who}
    assert queue <= {"jobs", "gate"}


def test_only_the_owner_gives_rights_on_what_will_be_made(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select defaclobjtype::text, defaclrole::regrole::text, defaclacl::text from pg_default_acl"
    )
    for kind, who, rights in found.fetchall():
        assert kind == "f"
        assert rights == f"{{{who}=X/{who}}}"


def test_one_policy_a_role_stands_on_every_locked_table(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select tablename, unnest(roles)::text, count(*), bool_and(permissive = 'PERMISSIVE' and cmd = 'ALL')"
        " from pg_policies where schemaname = 'wellkept' group by 1, 2"
    ).fetchall()
    assert found
    assert [(table, who) for table, who, policies, plain in found if policies != 1 or not plain] == []
    under = {(table, role(who)) for table, who, _, _ in found}
    locked = {table for table, _ in under}
    given = {(table, who.split()[0]) for table, rows in TABLES.items() if table in locked for who in rows}
    assert under == given


def test_every_table_about_a_person_is_locked_or_named_here(catalogue: psycopg.Connection) -> None:
    about = catalogue.execute(
        "select distinct c.relname, c.relrowsecurity and c.relforcerowsecurity from pg_attribute a"
        " join pg_class c on c.oid = a.attrelid where c.relnamespace = 'wellkept'::regnamespace"
        " and c.relkind in ('r', 'p') and not c.relispartition and a.attname in ('person_id', 'subject', 'subjects')"
    ).fetchall()
    assert {table for table, locked in about if not locked} == set(UNLOCKED)
    for table in UNLOCKED:
        assert not {"web", "web select"} & set(TABLES[table]), table


def test_every_index_of_a_locked_table_begins_with_the_person(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select i.indexrelid::regclass::text, a.attname from pg_index i join pg_class c on c.oid = i.indrelid"
        " left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]"
        " where c.relnamespace = 'wellkept'::regnamespace and c.relrowsecurity"
    ).fetchall()
    assert {index for index, first in found if first != "person_id"} == set(OTHERWISE)


def test_the_planner_counts_no_column_of_a_locked_table(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " where c.relnamespace = 'wellkept'::regnamespace and c.relrowsecurity"
        " and a.attnum > 0 and not a.attisdropped and a.attstattarget <> 0"
    ).fetchall()
    assert found == []


def test_what_is_held_is_asked_before_anything_a_reader_adds(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select tablename, qual from pg_policies where schemaname = 'wellkept' and policyname = 'opened'"
    ).fetchall()
    assert found
    for table, text in found:
        assert text.replace("(", "").lstrip().startswith("SELECT held_own"), table


def test_no_role_can_more_than_it_must(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolcanlogin from pg_roles"
        " where rolname ~ '^(umr|pwer)_'"
    ).fetchall()
    assert len(found) == 28
    for name, *strong, passes, logs_in in found:
        assert not any(strong), name
        assert passes == (role(name) in COMMAND_ROLES), name
        assert logs_in == (role(name) in LOGIN_ROLES), name
    members = catalogue.execute(
        "select member::regrole::text, roleid::regrole::text, admin_option from pg_auth_members"
        " where member::regrole::text ~ '^(umr|pwer)_'"
    ).fetchall()
    assert not [row for row in members if row[2]]
    assert {(role(who), role(what)) for who, what, _ in members} == MEMBERS
    assert not [who for who, what, _ in members if role(what) != what and who.split("_")[0] != what.split("_")[0]]


def test_no_role_that_logs_in_owns_anything(catalogue: psycopg.Connection) -> None:
    owned = catalogue.execute(
        "select r.rolname from pg_shdepend d join pg_roles r on r.oid = d.refobjid"
        " where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and r.rolname ~ '^(umr|pwer)_'"
    ).fetchall()
    assert owned
    assert {role(name) for (name,) in owned} == {"owner", "gate"}


def test_a_database_lets_its_own_roles_connect_and_nothing_else(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select d.datname, a.grantee::regrole::text, a.privilege_type from pg_database d, aclexplode(d.datacl) a"
        " where d.datname ~ '^wellkept_' and a.grantee <> d.datdba"
    ).fetchall()
    assert found
    for name, who, right in found:
        assert right == "CONNECT", (name, who)
        assert who.split("_")[0] == name.split("_")[1], (name, who)
    everybody = catalogue.execute(
        "select datname from pg_database where datallowconn and (has_database_privilege('public', oid, 'connect')"
        " or has_database_privilege('public', oid, 'temp') or has_database_privilege('public', oid, 'create'))"
    ).fetchall()
    assert everybody == []


def test_large_objects_and_the_server_s_files_are_shut(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        "select p.proname from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace"
        " and p.proname ~ '^(lo_|loread|lowrite|pg_read_|pg_ls_|pg_stat_file)'"
        " and has_function_privilege('public', p.oid, 'execute')"
    ).fetchall()
    assert found == []


def test_every_column_that_is_not_plain_says_its_class(catalogue: psycopg.Connection) -> None:
    """A table that is public or housekeeping as a whole has said it for its columns."""
    found = catalogue.execute(
        "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition"
        " and a.attnum > 0 and not a.attisdropped and c.relname !~ '^(django|procrastinate)_'"
        " and coalesce(col_description(c.oid, a.attnum), '') !~"
        " '^(phi|financial|trade secret|personal|public|housekeeping):'"
        " and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^(public|housekeeping):'"
    ).fetchall()
    assert found == []
