"""What tells of a row without showing it: errors, plans, figures, messages, copies."""

import contextlib
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from tests.access.opening import claims, entered, held, number
from tests.cast import Cast
from tests.cluster import Cluster

pytestmark = pytest.mark.database
NOTHING = "nothing is open in this transaction"


def own(web: psycopg.Connection, cast: Cast, name: str = "subscriber", *categories: str) -> int:
    """The entry under which a member opened their own record."""
    return entered(web, cast.secret[name], None, *(categories or ("claims",)))


def test_an_expression_that_fails_tells_nothing_of_a_row_that_is_not_open(
    web: psycopg.Connection, cast: Cast, administrator: psycopg.Connection
) -> None:
    administrator.execute(
        "update benefits_claim set billed = 777 where person_id = %s and billed = 105", [cast.people["stranger"]]
    )
    probes = ("1 / (billed - 777) > 5", "(billed || '')::uuid is null", "sqrt(776 - billed) > 0")
    for probe in probes:
        with pytest.raises(errors.InsufficientPrivilege, match=NOTHING):
            web.execute(f"select 1 from benefits_claim where {probe}")
    with held(web, own(web, cast)):
        web.execute("select 1 from benefits_claim where 1 / (billed - 777) > 5")
        person = cast.people["stranger"]
        explained = web.execute(
            f"explain analyze select 1 from benefits_claim where person_id = '{person}' and 1 / (billed - 777) > 5"
        )
        assert explained.fetchall()


WAYS = ("seqscan", "indexscan", "indexonlyscan", "bitmapscan", "tidscan")
ASKED = (
    "person_id = '{person}'",
    "person_id = '{person}' and category = 'sensitive_claims'",
    "person_id = '{person}' and served_from = '2026-03-04'",
    "person_id = '{person}' and plan_id is null",
    "person_id in ('{person}', '{nobody}') and not restricted",
    "restricted and person_id > '{person}'",
    "plan_id is null and id > '{person}' and status = 'denied'",
    "(person_id, id) > ('{person}', '{nobody}')",
    "false or person_id = '{person}' or status = 'reversed'",
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("asked", ASKED)
def test_whether_it_raises_does_not_tell_whether_there_is_a_row(
    web: psycopg.Connection, cast: Cast, asked: str, way: str
) -> None:
    for other in WAYS:
        web.execute(f"set enable_{other} = {'on' if other == way else 'off'}")
    for person in (cast.people["stranger"], uuid4()):
        where = asked.format(person=person, nobody=uuid4())
        for statement in (
            "select 1 from benefits_claim where {}",
            "select min(served_from) from benefits_claim where {}",
            "select 1 from (values (1)) x (n) where exists (select from benefits_claim where {})",
            "select 1 from (values (1)) x (n) left join benefits_claim on {}",
        ):
            with pytest.raises(errors.InsufficientPrivilege, match=NOTHING):
                web.execute(statement.format(where))


def rows_expected(web: psycopg.Connection, where: str) -> int:
    row = web.execute(f"explain (format json) select 1 from benefits_claim where {where}").fetchone()
    assert row
    return int(row[0][0]["Plan"]["Plan Rows"])


def test_an_explanation_tells_nothing_about_a_person(
    web: psycopg.Connection, cast: Cast, administrator: psycopg.Connection
) -> None:
    administrator.execute("analyze benefits_claim")
    somebody, nobody = cast.people["stranger"], uuid4()
    for where in ("person_id = '{}'", "person_id < '{}'", "person_id = '{}' and category = 'sensitive_claims'"):
        assert rows_expected(web, where.format(somebody)) == rows_expected(web, where.format(nobody))
    with pytest.raises(errors.InsufficientPrivilege, match=NOTHING):
        web.execute("explain analyze select 1 from benefits_claim")


def test_the_planner_keeps_no_figures_of_a_locked_table(administrator: psycopg.Connection) -> None:
    administrator.execute("analyze benefits_claim")
    kept = (
        "select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " where c.relnamespace = 'wellkept'::regnamespace and c.relrowsecurity and a.attnum > 0 and not a.attisdropped"
        " and a.attstattarget is distinct from 0"
    )
    assert administrator.execute(kept).fetchall() == []
    counted = "select count(*) from pg_statistic s join pg_class c on c.oid = s.starelid where c.relrowsecurity"
    assert number(administrator, counted) == 0


def test_the_server_shows_no_statement_value_or_number(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.connect("umr", "web", autocommit=True) as other:
        other.execute("select 'canary-7121'")
        with contextlib.suppress(errors.InsufficientPrivilege):
            seen = web.execute("select query from pg_stat_activity where usename like 'umr%'").fetchall()
            assert not [text for (text,) in seen if "canary" in (text or "")]
        unlocked = (
            "select count(*) from pg_stats where schemaname = 'wellkept' and tablename in"
            " ('benefits_claim', 'people_person', 'people_finder', 'accounts_account', 'ledger_entry')"
        )
        assert number(web, unlocked) == 0
        assert number(web, "select count(*) from pg_stats_ext") == 0
        assert number(web, "select count(last_value) from pg_sequences") == 0


def test_what_is_rolled_back_cannot_be_counted(web: psycopg.Connection, cast: Cast) -> None:
    for view in ("pg_stat_xact_all_tables", "pg_stat_all_tables", "pg_statio_all_tables", "pg_locks", "pg_stat_wal"):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(f"select * from {view}")
    for function in ("pg_current_wal_insert_lsn", "pg_current_wal_flush_lsn", "pg_current_wal_lsn"):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(f"select {function}()")
    assert claims(web, own(web, cast)) == 10


def test_a_notification_carries_nothing(web: psycopg.Connection, house: Cluster) -> None:
    web.execute("listen wellkept_registration")
    with house.connect("umr", "entrance", autocommit=True) as entrance:
        entrance.execute(
            "select wellkept.accounts_ask(%s, 'member', %s, %s, '')", [uuid4(), uuid4().bytes, uuid4().bytes]
        )
    told = list(web.notifies(timeout=10, stop_after=1))
    assert [(one.channel, one.payload) for one in told] == [("wellkept_registration", "")]
    web.execute("unlisten *")


def test_copying_out_shows_what_is_held_and_copying_in_is_refused(web: psycopg.Connection, cast: Cast) -> None:
    with (
        pytest.raises(errors.InsufficientPrivilege, match=NOTHING),
        web.cursor().copy("copy benefits_claim to stdout") as copy,
    ):
        list(copy)
    with held(web, own(web, cast)), web.cursor().copy("copy benefits_claim (person_id) to stdout") as copy:
        assert {bytes(line).decode().strip() for line in copy} == {str(cast.people["subscriber"])}
    with (
        pytest.raises(psycopg.DatabaseError, match="row-level security"),
        web.cursor().copy("copy rights_request from stdin") as copy,
    ):
        copy.write("")


def test_every_other_table_and_every_partition_is_shut(
    web: psycopg.Connection, administrator: psycopg.Connection
) -> None:
    shut = administrator.execute(
        "select oid::regclass::text from pg_class where relnamespace = 'wellkept'::regnamespace"
        " and relkind in ('r', 'p', 'v', 'm', 'S') and not has_any_column_privilege('umr_web', oid, 'select')"
    ).fetchall()
    names = {str(name) for (name,) in shut}
    assert {"gate_held", "ledger_entry", "ledger_entry_2026_11", "accounts_session", "people_finder"} <= names
    for name in names:
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(f"select * from wellkept.{name}")


def test_rules_are_read_and_not_written(web: psycopg.Connection) -> None:
    assert number(web, "select count(*) from access_rule") > 0
    for statement in (
        "insert into access_rule values ('x', 'member', 'none', 'PATRQT', 'claims', '{}', 'X')",
        "update access_rule set relationship = 'none'",
        "delete from access_rule",
        "update access_budget set people_an_hour = null",
        "update access_door set closed_at = null",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(statement)
