"""The lock, attacked as the web role over its own connection. Everything commits for real."""

import hashlib
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from psycopg.pq import TransactionStatus

from tests.cast import Cast, on_a_call
from tests.cluster import Cluster

ENTER = "select wellkept.gate_enter(%s, %s, %s, %s, %s)"
HOLD = "select * from wellkept.gate_hold(%s)"
CLAIMS = "select count(*) from benefits_claim"


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


def entered(
    web: psycopg.Connection,
    secret: bytes,
    people: list[UUID] | None,
    why: str,
    *categories: str,
    occasion: UUID | None = None,
) -> int:
    row = web.execute(ENTER, [secret, people, why, list(categories), occasion]).fetchone()
    assert row
    if web.info.transaction_status == TransactionStatus.IDLE:
        web.execute("select wellkept.gate_flush()")  # so that an attack meets the lock and not the wait for the disk
    return int(row[0])


def counted(web: psycopg.Connection) -> int:
    row = web.execute(CLAIMS).fetchone()
    assert row
    return int(row[0])


def read(web: psycopg.Connection, entry: int) -> int:
    for last in (False, True):
        try:
            with web.transaction():
                web.execute(HOLD, [entry])
                return counted(web)
        except psycopg.DatabaseError as error:
            if error.sqlstate != "WK003" or last:
                raise
            web.execute("select wellkept.gate_flush()")
    raise AssertionError


def written(house: Cluster, where: str, values: list[object]) -> int:
    with house.administer("wellkept_umr") as connection:
        row = connection.execute(f"select count(*) from wellkept.ledger_entry where {where}", values).fetchone()
    assert row
    return int(row[0])


def test_an_honest_opening_shows_the_person_s_rows_and_nobody_else_s(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims", "sensitive_claims")
    assert read(web, entry) == 11


def test_with_nothing_held_every_record_table_raises(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.administer("wellkept_umr") as connection:
        tables = [
            row[0]
            for row in connection.execute("select distinct tablename from pg_policies where policyname = 'opened'")
        ]
    assert "benefits_claim" in tables
    for table in tables:
        with pytest.raises((errors.InsufficientPrivilege,)):
            web.execute(f"select * from wellkept.{table}")


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


@pytest.mark.parametrize(
    ("who", "whose", "why", "category", "reason"),
    [
        ("subscriber", "stranger", "PATRQT", "claims", "no rule"),
        ("subscriber", "spouse", "PATRQT", "claims", "no rule"),
        ("spouse", "subscriber", "PATRQT", "claims", "no rule"),
        ("subscriber", "subscriber", "TREAT", "claims", "no rule"),
        ("subscriber", "subscriber", "HMARKT", "claims", "no rule"),
        ("subscriber", "subscriber", "PATRQT", "papers", "no rule"),
        ("representative", "subscriber", "MEMADMIN", "claims", "no rule"),
        ("representative", "subscriber", "PATRQT", "claims", "no rule"),
        ("nurse", "subscriber", "CAREMGT", "claims", "no rule"),
        ("privacy_officer", "subscriber", "HOPERAT", "openings", "no rule"),
    ],
)
def test_another_person_purpose_or_category_is_refused_and_entered(
    web: psycopg.Connection, house: Cluster, cast: Cast, who: str, whose: str, why: str, category: str, reason: str
) -> None:
    entry = entered(web, cast.secret[who], [cast.people[whose]], why, category)
    with pytest.raises(psycopg.DatabaseError, match=reason) as caught:
        read(web, entry)
    assert caught.value.sqlstate == "WK001"
    assert written(house, "id = %s and kind = 'refused' and reason = %s", [entry, reason]) == 1


def test_one_allowed_category_does_not_carry_another(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, cast.people["subscriber"])
    entry = entered(
        web,
        cast.secret["representative"],
        [cast.people["subscriber"]],
        "MEMADMIN",
        "claims",
        "sensitive_claims",
        occasion=call,
    )
    with pytest.raises(psycopg.DatabaseError, match="no rule"):
        read(web, entry)


def test_sensitive_care_stays_shut_to_a_representative_on_a_call(
    web: psycopg.Connection, house: Cluster, cast: Cast
) -> None:
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, cast.people["subscriber"])
    entry = entered(
        web, cast.secret["representative"], [cast.people["subscriber"]], "MEMADMIN", "claims", occasion=call
    )
    assert read(web, entry) == 10


def test_a_call_with_one_person_opens_no_other(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, cast.people["subscriber"])
    entry = entered(web, cast.secret["representative"], [cast.people["spouse"]], "MEMADMIN", "claims", occasion=call)
    with pytest.raises(psycopg.DatabaseError, match="no rule"):
        read(web, entry)


def test_somebody_else_s_call_opens_nothing(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, cast.people["subscriber"])
    entry = entered(web, cast.secret["nurse"], [cast.people["subscriber"]], "MEMADMIN", "claims", occasion=call)
    with pytest.raises(psycopg.DatabaseError, match="not your occasion"):
        read(web, entry)


def test_an_invented_session_is_refused_and_entered(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    person = uuid4()
    entry = entered(web, hashlib.sha256(b"invented").digest(), [person], "PATRQT", "claims")
    with pytest.raises(psycopg.DatabaseError, match="no session"):
        read(web, entry)
    assert written(house, "id = %s and role = 'nobody' and subjects = %s", [entry, [person]]) == 1


def test_whether_a_person_exists_changes_no_word_of_a_refusal(web: psycopg.Connection, cast: Cast) -> None:
    said = set()
    for person in (cast.people["spouse"], uuid4()):
        entry = entered(web, cast.secret["subscriber"], [person], "PATRQT", "claims")
        with pytest.raises(psycopg.DatabaseError) as caught:
            read(web, entry)
        said.add((str(caught.value), caught.value.diag.message_detail))
    assert len(said) == 1


def test_entering_says_nothing_that_a_rollback_could_take_along(web: psycopg.Connection, cast: Cast) -> None:
    web.execute("begin")
    for people in ([cast.people["subscriber"]], [cast.people["spouse"]], [uuid4()]):
        with pytest.raises(psycopg.DatabaseError) as caught:
            read(web, entered(web, cast.secret["subscriber"], people, "PATRQT", "claims"))
        assert "opens nothing" in str(caught.value)
        web.execute("rollback")
        web.execute("begin")
    web.execute("rollback")


def test_entering_after_writing_is_refused(web: psycopg.Connection, cast: Cast) -> None:
    web.execute("begin")
    web.execute("select pg_current_xact_id()")
    with pytest.raises(psycopg.DatabaseError, match="open first"):
        entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
    web.execute("rollback")


def test_a_row_cannot_be_written_for_another_person(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "requests")
    row = "insert into rights_request (id, person_id, category, collected_under, restricted, kind, words, asked_at, due_on) values (%s, %s, %s, 'x', false, 'opening', '', now(), now())"
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


def test_a_restricted_row_opens_for_its_person_and_not_for_a_representative(
    web: psycopg.Connection, house: Cluster, cast: Cast
) -> None:
    person = cast.people["stranger"]
    with house.administer("wellkept_umr") as connection:
        connection.execute(
            "update wellkept.benefits_claim set restricted = true where person_id = %s and category = 'claims' and served_from < '2026-03-03'",
            [person],
        )
        call = on_a_call(connection, cast, person)
    assert read(web, entered(web, cast.secret["stranger"], None, "PATRQT", "claims")) == 10
    assert read(web, entered(web, cast.secret["representative"], [person], "MEMADMIN", "claims", occasion=call)) == 8


def test_a_restriction_refuses_at_once(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    person = cast.people["spouse"]
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, person)
        connection.execute(
            "insert into wellkept.consent_restriction (id, person_id, category, collected_under, restricted, role, opens, since)"
            " values (%s, %s, 'requests', 'x', false, 'representative', 'claims', now())",
            [uuid4(), person],
        )
    entry = entered(web, cast.secret["representative"], [person], "MEMADMIN", "claims", occasion=call)
    with pytest.raises(psycopg.DatabaseError, match="restricted") as caught:
        read(web, entry)
    assert caught.value.diag.message_detail == "R-04"
    assert read(web, entered(web, cast.secret["spouse"], None, "PATRQT", "claims")) == 10


def test_a_document_that_was_not_acknowledged_refuses(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    with house.administer("wellkept_umr") as connection:
        connection.execute(
            "insert into wellkept.consent_document (name, version, audience, need, effective) values ('member-terms', '2026-11-20', 'member', 'terms', '2026-11-20')"
        )
        connection.commit()
        try:
            entry = entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")
            with pytest.raises(psycopg.DatabaseError, match="needs terms"):
                read(web, entry)
        finally:
            connection.execute("delete from wellkept.consent_document where version = '2026-11-20'")
    assert read(web, entered(web, cast.secret["subscriber"], None, "PATRQT", "claims")) == 10


def test_an_ended_or_idle_session_opens_nothing(web: psycopg.Connection, house: Cluster, cast: Cast) -> None:
    for change, back in (
        ("expires = now() - interval '1 s'", "expires = now() + interval '1 day'"),
        ("seen = now() - interval '61 min'", "seen = now()"),
    ):
        with house.administer("wellkept_umr") as connection:
            connection.execute(
                f"update wellkept.accounts_session set {change} where secret_hash = %s", [cast.secret["stranger"]]
            )
        entry = entered(web, cast.secret["stranger"], None, "PATRQT", "claims")
        with pytest.raises(psycopg.DatabaseError, match="no session"):
            read(web, entry)
        with house.administer("wellkept_umr") as connection:
            connection.execute(
                f"update wellkept.accounts_session set {back} where secret_hash = %s", [cast.secret["stranger"]]
            )


@pytest.mark.parametrize("people", [[], [None]])
def test_asking_for_nobody_opens_nothing(web: psycopg.Connection, cast: Cast, people: list[UUID]) -> None:
    entry = entered(web, cast.secret["subscriber"], people, "PATRQT", "claims")
    with pytest.raises(psycopg.DatabaseError, match="nothing asked"):
        read(web, entry)


def test_too_many_people_in_one_entry_are_refused(web: psycopg.Connection, cast: Cast) -> None:
    entry = entered(web, cast.secret["representative"], [uuid4() for _ in range(51)], "MEMADMIN", "claims")
    with pytest.raises(psycopg.DatabaseError, match="too many"):
        read(web, entry)


def test_an_entry_that_is_not_on_disk_opens_nothing(house: Cluster, cast: Cast) -> None:
    refused = 0
    with house.connect("umr", "web", autocommit=True) as web:
        web.execute("set synchronous_commit = off")
        for _ in range(50):
            row = web.execute(ENTER, [cast.secret["subscriber"], None, "PATRQT", ["claims"], None]).fetchone()
            assert row
            try:
                with web.transaction():
                    web.execute(HOLD, row)
                    assert counted(web) == 10
            except psycopg.DatabaseError as error:
                assert error.sqlstate == "WK003"
                refused += 1
    assert refused
