"""The lock, attacked with what PostgreSQL lets any role do. Everything commits for real, as the web role."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from tests.access.opening import CLAIMS, ENTER, HOLD, claims, entered, entry_of, held, number, refusal
from tests.cast import Cast, installed, on_a_call
from tests.cluster import Cluster

pytestmark = pytest.mark.database
NOTHING = "nothing is open in this transaction"


@pytest.fixture(scope="module")
def cast(house: Cluster) -> Cast:
    return installed(house, "umr")


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


@pytest.fixture
def administrator(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        yield connection


def own(web: psycopg.Connection, cast: Cast, name: str = "subscriber", *categories: str) -> int:
    """The entry under which a member opened their own record."""
    return entered(web, cast.secret[name], None, *(categories or ("claims",)))


# ---- What outlives its transaction ----


def test_a_plan_that_was_kept_opens_nothing_later(web: psycopg.Connection, cast: Cast) -> None:
    web.execute("set plan_cache_mode = force_generic_plan")
    web.execute(f"prepare kept as {CLAIMS}")
    with held(web, own(web, cast, "subscriber", "claims")):
        assert number(web, "execute kept") == 10
    with pytest.raises(errors.InsufficientPrivilege, match=NOTHING):
        web.execute("execute kept")
    with held(web, own(web, cast, "stranger", "sensitive_claims")):
        assert number(web, "execute kept") == 1


def test_a_cursor_that_outlives_its_transaction_ends_when_the_connection_goes_back(
    web: psycopg.Connection, cast: Cast, house: Cluster
) -> None:
    entry = own(web, cast)
    with held(web, entry):
        web.execute("declare kept cursor with hold for select person_id from benefits_claim")
    assert web.execute("fetch kept").fetchall() == [(cast.people["subscriber"],)]
    assert entry_of(house, entry)["kind"] == "opened"
    web.execute("discard all")
    with pytest.raises(errors.InvalidCursorName):
        web.execute("fetch kept")


def test_a_cursor_opened_before_the_holding_shows_nothing(web: psycopg.Connection, cast: Cast) -> None:
    entry = own(web, cast)
    web.execute("begin")
    web.execute("declare early cursor for select * from benefits_claim")
    web.execute(HOLD, [entry])
    with pytest.raises(errors.InsufficientPrivilege, match=NOTHING):
        web.execute("fetch early")
    web.execute("rollback")


def test_entering_and_holding_in_one_message_are_refused(web: psycopg.Connection, cast: Cast) -> None:
    secret = cast.secret["subscriber"].hex()
    together = (
        "select * from wellkept.gate_hold((select wellkept.gate_enter("
        f"'\\x{secret}', null, 'PATRQT', '{{claims}}')));"
        f"{CLAIMS}"
    )
    with pytest.raises(errors.InsufficientPrivilege, match="opens nothing here"):
        web.execute(together)


def test_a_block_that_commits_on_its_way_leaves_its_entry(
    web: psycopg.Connection, cast: Cast, administrator: psycopg.Connection
) -> None:
    before = number(administrator, "select coalesce(max(id), 0) from ledger_entry")
    block = f"""
    do $$ declare e bigint; n int; begin
      e := wellkept.gate_enter('\\x{cast.secret["subscriber"].hex()}', null, 'PATRQT', '{{claims}}'); commit;
      perform wellkept.gate_flush(); commit;
      perform wellkept.gate_hold(e); select count(*) into n from wellkept.benefits_claim; raise exception '% rows', n;
    end $$"""
    with pytest.raises(errors.RaiseException, match="10 rows"):
        web.execute(block)
    mine = "select count(*) from ledger_entry where id > %s and kind = 'opened' and account = %s"
    assert number(administrator, mine, [before, cast.accounts["subscriber"]]) == 1


# ---- What shadows, forges or switches off ----


@pytest.mark.parametrize(
    "statement",
    [
        "create temp table gate_held (backend int)",
        "create temp view benefits_claim as select 1",
        "create function pg_temp.held_own() returns boolean language sql as 'select true'",
        "create function wellkept.held_own(int) returns boolean language sql as 'select true'",
        "create schema mine",
        "create view wellkept.mine as select 1",
        "create operator wellkept.= (leftarg = uuid, rightarg = text, function = texteq)",
        "create extension dblink",
        "create publication mine for all tables",
        "set role umr_gate",
        "set role umr_owner",
        "set session authorization umr_intake",
        "set session_replication_role = replica",
        "set track_activities = on",
        "alter role umr_web bypassrls",
        "alter role umr_gate login",
        "alter table wellkept.benefits_claim disable row level security",
        "drop policy opened on wellkept.benefits_claim",
        "grant select on wellkept.accounts_session to umr_web",
        "alter function wellkept.held_own() owner to umr_web",
        "comment on table wellkept.benefits_claim is ''",
        "select lo_create(0)",
        "select lo_from_bytea(0, 'x')",
        "select lo_get(1)",
        "select lo_import('/etc/passwd')",
        "select pg_read_file('/etc/passwd')",
        "select pg_ls_dir('.')",
        "copy wellkept.benefits_claim to program 'cat'",
        "copy wellkept.benefits_claim to '/tmp/claims'",
        "select nextval('wellkept.ledger_entry_id_seq')",
        "select currval('wellkept.ledger_entry_id_seq')",
        "select pg_sequence_last_value('wellkept.ledger_entry_id_seq'::regclass)",
        "select * from pg_statistic_ext_data",
        "select * from pg_statistic",
        "select * from pg_authid",
        "begin; lock table wellkept.rights_request in access exclusive mode",
        "begin; lock table wellkept.benefits_claim in row share mode",
        "truncate wellkept.rights_request",
        "notify wellkept_registration; select * from wellkept.accounts_registration",
    ],
)
def test_the_page_s_role_may_not(web: psycopg.Connection, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement)


def test_a_search_path_of_one_s_own_shadows_nothing(web: psycopg.Connection, cast: Cast) -> None:
    web.execute("set search_path = pg_temp, pg_catalog")
    assert claims(web, own(web, cast)) == 10
    with pytest.raises(errors.InsufficientPrivilege, match=NOTHING):
        number(web, CLAIMS)


def test_switching_row_security_off_raises(web: psycopg.Connection, cast: Cast) -> None:
    with held(web, own(web, cast), undo=True):
        web.execute("set local row_security = off")
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            number(web, CLAIMS)


@pytest.mark.parametrize(
    "setting",
    [
        "lock_timeout = '1ms'",
        "statement_timeout = 0",
        "idle_in_transaction_session_timeout = 0",
        "default_transaction_deferrable = on",
        "synchronous_commit = off",
        "enable_indexscan = off",
        "plan_cache_mode = force_generic_plan",
        "standard_conforming_strings = off",
        "array_nulls = off",
    ],
)
def test_no_setting_of_one_s_own_opens_more(web: psycopg.Connection, cast: Cast, setting: str) -> None:
    web.execute(f"set {setting}")
    web.execute("set constraints all deferred")
    with held(web, own(web, cast)):
        assert web.execute("select distinct person_id from benefits_claim").fetchall() == [(cast.people["subscriber"],)]
    assert refusal(web, entered(web, cast.secret["subscriber"], [cast.people["stranger"]], "claims")) == "no rule"


def test_a_transaction_that_repeats_its_reads_cannot_enter(
    web: psycopg.Connection, house: Cluster, cast: Cast, administrator: psycopg.Connection
) -> None:
    change = "update accounts_session set seen = now(), expires = now() + %s::interval where secret_hash = %s"
    try:
        for level in ("repeatable read", "serializable"):
            administrator.execute(change, ["1 day", cast.secret["spouse"]])
            web.execute(f"begin isolation level {level}")
            web.execute("select 1 from access_rule")
            administrator.execute(change, ["-1 s", cast.secret["spouse"]])
            with pytest.raises(psycopg.DatabaseError, match="open first") as caught:
                web.execute(ENTER, [cast.secret["spouse"], None, "PATRQT", ["claims"], None])
            assert caught.value.sqlstate == "WK002"
            web.execute("rollback")
    finally:
        administrator.execute(change, ["1 day", cast.secret["spouse"]])


# ---- What an entry says ----


def test_a_bent_list_of_people_is_found_by_each_of_them(
    web: psycopg.Connection, house: Cluster, cast: Cast, administrator: psycopg.Connection
) -> None:
    first, second = cast.people["spouse"], cast.people["stranger"]
    calls = "select distinct on (person_id) id from service_call where person_id = any(%s)"
    for person in (first, second):
        call = on_a_call(administrator, cast, person)
        for form in ("[5:5]={%s}", "[-1:-1]={%s}", "{{%s}}", "{%s,%s}"):
            entry = entered(
                web,
                cast.secret["representative"],
                form.replace("%s", str(person)),
                "claims",
                why="MEMADMIN",
                occasion=call,
            )
            assert claims(web, entry) == 10
            assert entry_of(house, entry)["subjects"] == [person]
    assert administrator.execute(calls, [[first, second]]).fetchall()


def test_a_refused_entry_joins_no_occasion_of_somebody_else(
    web: psycopg.Connection, house: Cluster, cast: Cast
) -> None:
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, cast.people["spouse"])
    mine = entry_of(house, own(web, cast))["occasion"]
    for people in (None, [], [uuid4()] * 60, [uuid4() for _ in range(60)]):
        entry = entered(web, cast.secret["subscriber"], people, "claims", occasion=call)
        said = entry_of(house, entry)
        assert (said["kind"], said["occasion"]) == ("refused", mine)
        refusal(web, entry)
    entry = entered(web, cast.secret["subscriber"], None, "claims", occasion=uuid4())
    assert refusal(web, entry) == "not your occasion"


def test_what_a_refused_entry_keeps_is_short(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    long = "x" * 1_000_000
    entry = entered(web, cast.secret["subscriber"], [uuid4()], *[f"{n}{long}" for n in range(5)], why=long)
    said = entry_of(house, entry)
    assert max(len(word) for word in (*said["categories"], said["purpose"])) <= 40
    many = entered(web, cast.secret["subscriber"], None, *[f"word {n}" for n in range(10_000)])
    assert refusal(web, many) == "too many at once"
    assert len(entry_of(house, many)["categories"]) <= 10


def test_a_null_among_the_people_is_entered_and_refused(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    person = uuid4()
    for secret in (cast.secret["subscriber"], b"nobody's"):
        entry = entered(web, secret, f"{{{person},NULL}}", "claims")
        assert entry_of(house, entry)["kind"] == "refused"
        refusal(web, entry)


# ---- Others than the page ----


def test_no_machine_opens_by_a_relationship_that_is_not_its_own(house: Cluster, cast: Cast) -> None:
    enter = "select wellkept.gate_enter_machine(%s::uuid[], 'MEMADMIN', %s, %s, %s)"
    for role, others in (("intake", "registration"), ("jobs", "file")):
        with house.connect("umr", role, autocommit=True) as machine:
            run = uuid4()
            machine.execute("select wellkept.gate_begin(%s, 'job', null)", [run])
            for tie in (others, "self", "case", "request", "search", "none", "", None):
                entry = number(machine, enter, [[cast.people["stranger"]], ["identity"], run, tie])
                machine.execute("select wellkept.gate_flush()")
                with pytest.raises(psycopg.DatabaseError, match="no rule"):
                    machine.execute(HOLD, [entry])


def test_no_machine_enters_under_an_occasion_that_is_not_its_own(house: Cluster, cast: Cast) -> None:
    enter = "select wellkept.gate_enter_machine(%s::uuid[], 'MEMADMIN', '{identity}', %s, 'registration')"
    run = uuid4()
    with house.connect("umr", "intake", autocommit=True) as intake:
        intake.execute("select wellkept.gate_begin(%s, 'file', null)", [run])
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        for occasion in (run, uuid4(), None):
            entry = number(jobs, enter, [[cast.people["stranger"]], occasion])
            jobs.execute("select wellkept.gate_flush()")
            with pytest.raises(psycopg.DatabaseError, match="not your occasion"):
                jobs.execute(HOLD, [entry])
            assert entry_of(house, entry)["occasion"] is None


@pytest.mark.parametrize("role", ["entrance", "release", "seal", "watch", "mail", "proof"])
def test_a_role_without_doors_opens_nothing(house: Cluster, cast: Cast, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as other:
        for statement in (
            CLAIMS,
            "select * from wellkept.people_person",
            "select * from wellkept.people_finder",
            "select * from wellkept.accounts_session",
            "select wellkept.held_subjects()",
            "select wellkept.gate_hold(1)",
            f"select wellkept.gate_enter('\\x{cast.secret['subscriber'].hex()}', null, 'PATRQT', '{{claims}}')",
            "select wellkept.gate_enter_machine('{}', '', '{}', null, 'file')",
            "select wellkept.ledger_write('opened', null, null, 'web', null, '{}', '', '{}', true, null, null)",
            "create temp table mine (x int)",
            "set role umr_web",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                other.execute(statement)


@pytest.mark.parametrize(
    "role", ["web", "entrance", "jobs", "mailroom", "intake", "release", "seal", "watch", "mail", "proof"]
)
def test_the_other_operator_s_roles_cannot_connect(house: Cluster, role: str) -> None:
    from wellkept.cli.cluster import parameters

    parts = parameters(operator="pwer", role=role, state=house.state)
    for database in ("wellkept_umr", "wellkept_umr_keys", "postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(**(parts | {"dbname": database}))


def test_a_job_makes_no_more_than_three_years_of_partitions(house: Cluster) -> None:
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        assert number(jobs, "select wellkept.ledger_months_ahead(12)") == 0
        for months in (37, 2**31 - 1, None):
            with pytest.raises(errors.CheckViolation):
                jobs.execute("select wellkept.ledger_months_ahead(%s)", [months])


def test_locks_of_one_s_own_keep_nobody_from_entering(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.connect("umr", "web") as hostile:
        hostile.execute("select pg_advisory_lock(n) from generate_series(1, 100) n")
        hostile.execute("select pg_advisory_lock(7733001)")
        hostile.execute("lock table benefits_claim, access_rule in access share mode")
        hostile.execute(ENTER, [cast.secret["subscriber"], None, "PATRQT", ["claims"], None])
        assert claims(web, own(web, cast, "stranger")) == 10
