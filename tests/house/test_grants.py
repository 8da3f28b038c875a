"""Every grant there is, written down: a new one fails here until somebody has said it."""

from collections import defaultdict
from collections.abc import Iterator

import psycopg
import pytest

from tests.cluster import OPERATORS, Cluster
from wellkept.cli.cluster import COMMAND_ROLES, LOGIN_ROLES

pytestmark = pytest.mark.database

ALL, READ, ADD, CHANGE = "select insert update delete", "select", "select insert", "select insert update"

# Who may do what with which table; the owner is left out, and a column's grant names its columns.
TABLES = {
    "access_budget": {"gate": READ, "intake": READ, "jobs": READ, "proof": READ, "web": READ},
    "access_door": {"gate": "select update"},
    "access_kin": {"gate": READ, "intake": READ, "jobs": READ, "proof": READ, "web": READ},
    "access_place": {"gate": READ, "intake": READ, "jobs": READ, "proof": READ, "web": READ},
    "access_rule": {"gate": READ, "intake": READ, "jobs": READ, "proof": READ, "web": READ},
    "access_spent": {"gate": ALL},
    "access_spent_count": {"gate": ALL},
    "accounts_accesscode": {"gate": ALL, "jobs": ADD},
    "accounts_account": {"gate": ALL},
    "accounts_registration": {"gate": ALL, "jobs": "select delete"},
    "accounts_session": {"gate": ALL},
    "benefits_balance": {"gate": CHANGE, "intake": CHANGE, "web": READ},
    "benefits_claim": {
        "gate select": "category decided_on deductible person_id plan_id restricted served_from shared status",
        "intake": ALL,
        "web": READ,
    },
    "benefits_coverage": {"gate": READ, "intake": CHANGE, "web": READ},
    "benefits_decision": {"gate select": "file_id person_id set_number", "intake": CHANGE, "web": READ},
    "benefits_filing": {"gate select": "file_id person_id set_number", "intake": CHANGE, "web": READ},
    "benefits_told": {"web": "select insert delete", "web update": "answers sent_at version"},
    "benefits_reasoncode": {"intake": CHANGE, "jobs": READ, "web": READ},
    "benefits_reasoncode_id_seq": {"intake": "usage"},
    "consent_acknowledgement": {"gate": ADD},
    "consent_authorization": {"gate": ADD, "gate update": "revoked", "web": READ},
    "consent_document": {"gate": READ},
    "consent_recipient": {"gate": ADD},
    "consent_restriction": {"gate": READ, "web": READ},
    "files_attachment": {"web": "select insert delete", "web update": "kept"},
    "files_part": {"web": "select insert delete"},
    "gate_flushed": {"gate": CHANGE},
    "gate_held": {"gate": CHANGE},
    "intake_acknowledged": {"intake": ADD},
    "intake_acknowledged_id_seq": {"intake": "usage"},
    "intake_control": {"gate": READ, "intake": ADD},
    "intake_control_id_seq": {"intake": "usage"},
    "intake_covered": {"gate": CHANGE},
    "intake_file": {"gate": READ, "gate update": "applied_at", "intake": CHANGE},
    "intake_fullfile": {"gate": "select update", "intake": CHANGE},
    "intake_fullfile_id_seq": {"intake": "usage"},
    "intake_late": {"intake": ADD, "web": READ},
    "intake_handed": {"gate": ADD},
    "intake_mark": {"intake": ADD},
    "intake_payment": {"intake": ADD},
    "intake_premium": {"intake": ADD, "web": READ},
    "intake_set": {"gate": READ, "intake": CHANGE},
    "intake_set_id_seq": {"intake": "usage"},
    "intake_setaside": {"gate": READ, "intake": ADD},
    "intake_setaside_id_seq": {"intake": "usage"},
    "intake_staged": {"gate select": "apart file_id kind", "gate update": "apart", "intake": ALL},
    "intake_staged_id_seq": {"intake": "usage"},
    "intake_total": {"gate": READ, "intake": CHANGE},
    "intake_total_id_seq": {"intake": "usage"},
    "ledger_clause": {"gate": READ},
    "ledger_also": {"gate": "select insert delete", "seal": READ},
    "ledger_checkpoint": {"seal": ADD, "web": READ},
    "ledger_entry": {"gate": ADD, "gate update": "account actor occasion reason salt subjects", "seal": READ},
    "ledger_epoch": {"seal": ADD, "web": READ},
    "ledger_erasure": {"gate": "insert", "seal": READ},
    "ledger_leaf": {"gate select": "entry idx", "seal": ADD, "web select": "entry idx"},
    "ledger_occasion": {"gate": ADD, "seal": READ},
    "ledger_tile": {"seal": ADD, "seal update": "hashes", "web": READ},
    "notices_address": {
        "gate": READ,
        "jobs": READ,
        "web": "select insert delete",
        "web update": "confirmed_at tries",
    },
    "notices_choice": {"gate": READ, "web": ADD, "web update": "channel"},
    "notices_letter": {
        "gate": READ,
        "jobs": CHANGE,
        "web": "insert",
        "web select": "category id kind made_at person_id printed_at",
    },
    "notices_news": {"gate": CHANGE, "web": ADD, "web update": "seen_at"},
    "organisations_booklet": {"intake": CHANGE, "web": READ},
    "organisations_office": {"intake": ALL, "web": READ},
    "organisations_place": {"intake": CHANGE, "web": READ},
    "organisations_plan": {"gate select": "group_number id sponsor", "intake": CHANGE, "jobs": READ, "web": READ},
    "organisations_provider": {"intake": CHANGE, "jobs": READ, "web": READ},
    "organisations_terms": {"gate select": "plan_id year_begins", "intake": CHANGE, "jobs": READ, "web": READ},
    "people_confidential": {"jobs": READ, "web": CHANGE},
    "people_contact": {
        "intake": CHANGE,
        "jobs": READ,
        "web": ADD,
        "web update": "address collected_under email file_id phone told",
    },
    "people_finder": {"gate": "select insert delete", "intake": ADD, "jobs": READ},
    "people_household": {"gate": READ, "intake": "insert"},
    "people_identity": {"gate": READ, "gate update": "person_id", "intake": ADD},
    "people_join": {"gate": CHANGE},
    "people_pair": {"gate": CHANGE},
    "people_split": {"gate": CHANGE},
    "people_split_part": {"gate": CHANGE},
    "people_person": {
        "gate select": "collected_under file_id household_id own_care_on own_sensitive_on person_id plan_id relationship"
        " set_number",
        "intake": CHANGE,
        "jobs": READ,
        "web": READ,
    },
    "procrastinate_events": {"gate": "insert", "jobs": "select insert delete"},
    "procrastinate_events_id_seq": {"gate": "usage", "jobs": "usage"},
    "procrastinate_jobs": {"gate": ADD, "jobs": ALL},
    "procrastinate_jobs_id_seq": {"gate": "usage", "jobs": "usage"},
    "procrastinate_periodic_defers": {"jobs": ALL},
    "procrastinate_periodic_defers_id_seq": {"jobs": "usage"},
    "procrastinate_workers": {"jobs": ALL},
    "proof_run": {"proof": ADD, "proof update": "ended", "web": READ},
    "proof_try": {"proof": ADD, "web": READ},
    "rights_request": {"gate": READ, "web": ADD, "web update": "answer answered_at answered_by"},
    "service_call": {"gate": CHANGE},
    "service_case": {"gate": CHANGE, "web": READ},
    "service_casestep": {"gate": "insert", "web": READ},
}

# Who may execute which function, besides its owner. Nobody: only another function of the gate.
FUNCTIONS = {
    "access_children": "intake",
    "access_covered": "",
    "access_day": "",
    "access_family": "web",
    "access_openers": "web",
    "access_openings": "web",
    "access_own_account": "",
    "access_ties": "",
    "accounts_add_staff": "entrance",
    "accounts_ask": "entrance",
    "accounts_begin_session": "entrance",
    "accounts_end_my_session": "web",
    "accounts_end_session": "entrance web",
    "accounts_end_sessions": "",
    "accounts_failed": "entrance",
    "accounts_my_sessions": "web",
    "accounts_redeem": "entrance",
    "accounts_renew_staff": "entrance",
    "accounts_start_answer": "",
    "accounts_try": "entrance",
    "benefits_add_up_family": "web",
    "benefits_household": "intake",
    "benefits_told_stand": "",
    "consent_acknowledge": "web",
    "consent_acknowledged": "",
    "consent_authorises": "",
    "consent_give": "web",
    "consent_given_to": "web",
    "consent_owed": "web",
    "consent_restricts": "",
    "consent_shares": "",
    "consent_take_back": "web",
    "consent_unacknowledged": "",
    "files_stand": "",
    "gate_begin": "intake jobs",
    "benefits_news": "intake",
    "benefits_readers": "intake",
    "gate_changed": "intake jobs web",
    "gate_close": "watch",
    "gate_decide": "",
    "gate_enter": "web",
    "gate_enter_machine": "intake jobs",
    "gate_explain": "proof",
    "gate_explain_begin": "proof",
    "gate_flush": "intake jobs web",
    "gate_hold": "intake jobs web",
    "gate_may": "web",
    "gate_named": "gate",
    "gate_need_met": "",
    "gate_now": "gate",
    "gate_people": "gate",
    "gate_relationships": "",
    "gate_reopen": "migrate",
    "gate_search": "web",
    "gate_spend": "",
    "gate_who": "web",
    "gate_words": "gate",
    "held_categories": "intake jobs web",
    "held_own": "intake jobs web",
    "held_subjects": "intake jobs web",
    "intake_absences": "intake",
    "intake_absent": "intake",
    "intake_confirm_ends": "",
    "intake_controls": "intake jobs web",
    "intake_counted": "intake",
    "intake_differences": "intake jobs proof web",
    "intake_note_covered": "intake",
    "intake_totals": "intake jobs web",
    "intake_work": "web",
    "intake_would_end": "web",
    "intake_aside": "web",
    "intake_left": "web",
    "intake_try_again": "web",
    "intake_confirmed": "web",
    "intake_hand_in": "web",
    "intake_handed_in": "web",
    "intake_split_sources": "web",
    "intake_state": "",
    "ledger_entry_of": "web",
    "ledger_erase": "",
    "ledger_months_ahead": "jobs migrate",
    "ledger_note": "backup migrate seal",
    "ledger_occasion_entries": "web",
    "ledger_opening_counts": "web",
    "ledger_openings": "web",
    "ledger_write": "",
    "lock_protect": "",
    "machine_role": "gate",
    "notices_due": "jobs",
    "notices_told": "jobs",
    "notices_waiting": "jobs",
    "people_found": "",
    "people_administrator": "",
    "people_at_work": "",
    "people_enter": "",
    "people_find_pairs": "jobs",
    "people_join_stop": "jobs",
    "people_pair_name": "jobs",
    "people_join_ask": "web",
    "people_join_confirm": "web",
    "people_join_disown": "web",
    "people_join_end": "web",
    "people_join_of": "web",
    "people_joined": "",
    "people_joins": "web",
    "people_my_joins": "web",
    "people_origins": "intake",
    "people_pair_of": "web",
    "people_pairs": "web",
    "people_seen": "",
    "people_split_ask": "web",
    "people_split_begin": "web",
    "people_split_done": "intake",
    "people_split_drop": "web",
    "people_split_moved": "intake",
    "people_split_next": "intake",
    "people_split_of": "web",
    "people_split_parts": "intake",
    "people_splits": "web",
    "people_tell_apart": "web",
    "require_durable": "",
    "rights_asked": "",
    "rights_opening": "web",
    "rights_work": "web",
    "service_answer_case": "web",
    "service_begin_call": "web",
    "service_cases": "web",
    "service_desk": "",
    "service_end_call": "web",
    "service_give_back_case": "web",
    "service_my_calls": "web",
    "service_on_call": "",
    "service_on_case": "",
    "service_open_case": "web",
    "service_step": "",
    "service_take_case": "web",
    "service_tell_case": "web",
    "service_verify_call": "web",
    "watch_tick": "watch",
}

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
    "access_spent": "read by functions of the gate alone",
    "accounts_accesscode": "hashes of codes; jobs issue them",
    "accounts_account": "read by functions of the gate alone",
    "accounts_session": "read by functions of the gate alone",
    "consent_recipient": "read by functions of the gate alone",
    "gate_held": "read by functions of the gate alone",
    "intake_covered": "read by functions of the gate alone",
    "ledger_also": "read through an opening by functions of the gate, whole by the sealer",
    "ledger_entry": "read through an opening by functions of the gate, whole by the sealer",
    "people_household": "intake writes it; read by functions of the gate alone",
    "people_finder": "keyed hashes; intake writes them and jobs look up who asked to register",
    "people_identity": "keyed hashes; intake tells people apart by them",
    "service_call": "read by functions of the gate alone",
}
# An index that begins with something else is tried before what is held (see lock_protect): never on a page's table.
OTHERWISE = {"notices_letter_waiting": "only jobs touch letters, and they may ask which wait"}


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
    assert len(found) == 24
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
        " and coalesce(col_description(c.oid, a.attnum), '') !~ '^(phi|financial|trade|personal|public|housekeeping):'"
        " and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^(public|housekeeping):'"
    ).fetchall()
    assert found == []
