"""The lock, attacked as the web role over its own connection. Everything commits for real."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from tests.cast import Cast
from tests.cluster import Cluster
from tests.ledger.opening import ENTER, HOLD, counted, entered, read, written


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


def test_an_honest_opening_shows_the_person_s_rows_and_nobody_else_s(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims", "sensitive_claims")
    assert read(web, entry) == 11


def test_with_nothing_held_every_record_table_raises(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    policies = "select distinct tablename from pg_policies where schemaname = 'wellkept' and policyname = 'opened'"
    with house.administer("wellkept_umr") as connection:
        tables = [row[0] for row in connection.execute(policies)]
        full = {name for name in tables if connection.execute(f"select 1 from wellkept.{name} limit 1").fetchone()}
    assert "benefits_claim" in full
    for table in tables:
        try:
            shown = web.execute(f"select * from wellkept.{table} limit 1").fetchone()
        except errors.InsufficientPrivilege:
            continue
        assert table not in full  # one that is empty has nothing to refuse
        assert shown is None


def test_nothing_stays_open_after_commit(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    assert read(web, entry) == 10
    with pytest.raises(errors.InsufficientPrivilege):
        counted(web)


def test_entry_and_reading_in_one_transaction_are_refused(web: psycopg.Connection, cast: Cast) -> None:
    with pytest.raises(errors.InsufficientPrivilege), web.transaction():
        web.execute(HOLD, [entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")])


def test_a_savepoint_hides_nothing(web: psycopg.Connection, cast: Cast) -> None:
    web.execute("begin")
    web.execute("savepoint a")
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    web.execute("rollback to a")
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(HOLD, [entry])
    web.execute("rollback")


def test_a_hold_that_is_rolled_back_to_a_savepoint_opens_nothing(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    web.execute("begin")
    web.execute("savepoint a")
    web.execute(HOLD, [entry])
    assert counted(web) == 10
    web.execute("rollback to a")
    with pytest.raises(errors.InsufficientPrivilege):
        counted(web)
    web.execute("rollback")


def test_reading_and_rolling_back_leaves_the_entry(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    web.execute("begin")
    web.execute(HOLD, [entry])
    assert counted(web) == 10
    web.execute("rollback")
    assert written(house, "id = %s and kind = 'opened'", [entry]) == 1


def test_a_killed_connection_leaves_the_entry(house: Cluster, cast: Cast) -> None:
    with house.connect("umr", "web", autocommit=True) as doomed:
        entry = entered(doomed, cast.secret["subscriber"], None, "PATRQT", "claims")
        doomed.execute("begin")
        doomed.execute(HOLD, [entry])
        assert counted(doomed) == 10
        with house.administer() as administrator:
            administrator.execute("select pg_terminate_backend(%s)", [doomed.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            counted(doomed)
    assert written(house, "id = %s and kind = 'opened'", [entry]) == 1


def test_an_entry_is_held_once(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    read(web, entry)
    with pytest.raises(errors.InsufficientPrivilege):
        read(web, entry)


def test_an_older_entry_is_not_held_after_a_newer_one(web: psycopg.Connection, cast: Cast) -> None:
    older = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    read(web, entered(web, cast.secret["subscriber"], None, "PATRQT", "claims"))
    with pytest.raises(errors.InsufficientPrivilege):
        read(web, older)


def test_an_entry_of_another_connection_opens_nothing(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.connect("umr", "web", autocommit=True) as other:
        entry = entered(other, cast.secret["subscriber"], None, "PATRQT", "claims")
        with pytest.raises(errors.InsufficientPrivilege):
            read(web, entry)


def test_an_entry_older_than_thirty_seconds_opens_nothing(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.ledger_entry set at = at - interval '31 s' where id = %s", [entry])
        connection.commit()
    with pytest.raises(errors.InsufficientPrivilege):
        read(web, entry)


def test_an_uncommitted_entry_of_another_connection_opens_nothing(
    web: psycopg.Connection, house: Cluster, cast: Cast
) -> None:
    with house.connect("umr", "web") as other:
        entry = entered(other, cast.secret["subscriber"], None, "PATRQT", "claims")
        with pytest.raises(errors.InsufficientPrivilege):
            read(web, entry)


def test_the_held_row_cannot_be_forged_or_seen(web: psycopg.Connection, cast: Cast) -> None:
    forged = "insert into wellkept.gate_held values (pg_backend_pid(), 1, pg_current_xact_id(), %s, '{claims}', true)"
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(forged, [[cast.people["stranger"]]])
    for statement in (
        "select * from wellkept.gate_held",
        "update wellkept.gate_held set xact = xact",
        "delete from wellkept.gate_held",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(statement)


def test_a_row_cannot_be_written_for_another_person(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "requests")
    row = (
        "insert into rights_request"
        " (id, person_id, category, collected_under, restricted, kind, words, asked_at, due_on)"
        " values (%s, %s, %s, 'x', false, 'opening', '', now(), now())"
    )
    with web.transaction(force_rollback=True):
        web.execute(HOLD, [entry])
        web.execute(row, [uuid4(), cast.people["subscriber"], "requests"])
        for person, category in ((cast.people["spouse"], "requests"), (cast.people["subscriber"], "claims")):
            with pytest.raises(errors.InsufficientPrivilege), web.transaction():
                web.execute(row, [uuid4(), person, category])


def test_claims_cannot_be_changed_by_a_page(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    with web.transaction(force_rollback=True):
        web.execute(HOLD, [entry])
        for statement in (
            "update benefits_claim set billed = 0",
            "delete from benefits_claim",
            "truncate benefits_claim",
        ):
            with pytest.raises(errors.InsufficientPrivilege), web.transaction():
                web.execute(statement)


def test_an_entry_that_is_not_on_disk_opens_nothing(house: Cluster, cast: Cast) -> None:
    states: list[str | None] = []
    with house.connect("umr", "web", autocommit=True) as web:
        web.execute("set synchronous_commit = off")
        for _ in range(50):
            row = web.execute(ENTER, [cast.secret["subscriber"], None, "PATRQT", ["claims"], None]).fetchone()
            assert row
            try:
                with web.transaction():
                    web.execute(HOLD, row)
                    states.append(None if counted(web) == 10 else "other rows")
            except psycopg.DatabaseError as error:
                states.append(error.sqlstate)
    assert set(states) <= {None, "WK003"}
    assert "WK003" in states
