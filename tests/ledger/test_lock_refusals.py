"""What the gate refuses, tried as the web role over its own connection. Each refusal is in the ledger."""

import hashlib
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cast import Cast, on_a_call
from tests.cluster import Cluster
from tests.ledger.opening import entered, read, written


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


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


def test_a_restricted_row_opens_for_its_person_and_not_for_a_representative(
    web: psycopg.Connection, house: Cluster, cast: Cast
) -> None:
    person = cast.people["stranger"]
    with house.administer("wellkept_umr") as connection:
        connection.execute(
            "update wellkept.benefits_claim set restricted = true"
            " where person_id = %s and category = 'claims' and served_from < '2026-03-03'",
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
            "insert into wellkept.consent_restriction"
            " (id, person_id, category, collected_under, restricted, role, opens, since)"
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
            "insert into wellkept.consent_document (name, version, audience, need, effective)"
            " values ('member-terms', '2026-11-20', 'member', 'terms', now())"
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


def test_a_caller_who_is_not_verified_opens_as_a_name_alone(
    web: psycopg.Connection, house: Cluster, cast: Cast
) -> None:
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, cast.people["subscriber"])
        connection.execute("update wellkept.service_call set verified = null where id = %s", [call])
    whom = [cast.people["subscriber"]]
    assert read(web, entered(web, cast.secret["representative"], whom, "MEMADMIN", "identity", occasion=call)) == 0
    with pytest.raises(psycopg.DatabaseError, match="no rule"):
        read(web, entered(web, cast.secret["representative"], whom, "MEMADMIN", "claims", occasion=call))
