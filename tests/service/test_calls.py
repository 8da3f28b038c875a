"""A call is begun, verified and ended by the one whose session it is, and by nobody else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import Cast, agree, installed, on_a_call, sign_in
from tests.cluster import Cluster
from wellkept.policy.words import Refused
from wellkept.service.actions import begin_call, end_call, verify_caller
from wellkept.service.queries import my_call, my_calls

Ask = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def cast(house: Cluster) -> Cast:
    """A cast of this module's own, with a second representative."""
    cast = installed(house, "umr")
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        sign_in(connection, cast, "colleague", role="representative", person=None, actor="Colleague")
        agree(connection, cast)
    return cast


@pytest.fixture
def ask(house: Cluster) -> Ask:
    """Asks as the administrator."""

    def answer(statement: str, *values: Any) -> list[Any]:
        with house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return answer


@pytest.fixture
def call(house: Cluster, cast: Cast) -> UUID:
    """The representative is on a call with the subscriber."""
    with house.administer("wellkept_umr") as connection:
        return on_a_call(connection, cast, cast.people["subscriber"], verified=False)


def searched(ask: Ask, cast: Cast, who: str, person: str, *, ago: str = "1 min") -> None:
    """Somebody looked for a person that long ago."""
    ask(
        "insert into ledger_entry (kind, role, account, subjects, at)"
        " values ('searched', 'representative', %s, %s, now() - %s::interval)",
        cast.accounts[who],
        [cast.people[person]],
        ago,
    )


def test_a_caller_is_verified_once_and_the_person_reads_it(django: None, cast: Cast, call: UUID, ask: Ask) -> None:
    secret = cast.secret["representative"]
    before = my_call(secret, call)
    assert before is not None
    assert before.verified is None
    assert verify_caller(secret, call)
    assert not verify_caller(secret, call)
    after = my_call(secret, call)
    assert after is not None
    assert after.verified is not None
    entries = ask(
        "select subjects, account, clause from ledger_entry where kind = 'caller verified' and occasion = %s", call
    )
    assert entries == [([cast.people["subscriber"]], cast.accounts["representative"], "U-12")]


@pytest.mark.parametrize("who", ["colleague", "nurse", "privacy_officer", "subscriber"])
def test_nobody_else_verifies_or_ends_or_sees_it(django: None, cast: Cast, call: UUID, who: str) -> None:
    assert not verify_caller(cast.secret[who], call)
    assert not end_call(cast.secret[who], call)
    assert my_call(cast.secret[who], call) is None
    assert my_call(cast.secret["representative"], call) is not None


def test_a_session_that_is_not_open_does_nothing(django: None, cast: Cast, call: UUID) -> None:
    assert not verify_caller(b"nobody", call)
    assert not end_call(b"nobody", call)
    assert my_calls(b"nobody") == []


def test_an_ended_call_is_verified_no_more_and_ends_once(django: None, cast: Cast, call: UUID) -> None:
    secret = cast.secret["representative"]
    assert end_call(secret, call)
    assert not end_call(secret, call)
    assert not verify_caller(secret, call)
    assert my_call(secret, call) is None


def test_a_call_goes_on_for_four_hours_at_most(django: None, cast: Cast, call: UUID, ask: Ask) -> None:
    ask("update service_call set began = now() - interval '241 min' where id = %s", call)
    secret = cast.secret["representative"]
    assert my_call(secret, call) is None
    assert not verify_caller(secret, call)
    (line,) = [one for one in my_calls(secret) if one.id == call]
    assert not line.goes_on


def test_a_call_begins_with_somebody_looked_up_lately(django: None, cast: Cast, ask: Ask) -> None:
    secret, person = cast.secret["representative"], cast.people["spouse"]
    with pytest.raises(Refused):
        begin_call(secret, person=person, about="claim")
    searched(ask, cast, "representative", "spouse", ago="11 min")
    with pytest.raises(Refused):
        begin_call(secret, person=person, about="claim")
    searched(ask, cast, "representative", "spouse")
    line = my_call(secret, begin_call(secret, person=person, about="claim"))
    assert line is not None
    assert (line.person, line.about, line.verified) == (person, "claim", None)


def test_what_somebody_else_looked_up_begins_no_call(django: None, cast: Cast, ask: Ask) -> None:
    searched(ask, cast, "nurse", "child")
    for who in ("representative", "nurse"):
        with pytest.raises(Refused):
            begin_call(cast.secret[who], person=cast.people["child"], about="claim")


def test_a_reason_of_no_list_begins_no_call(django: None, cast: Cast) -> None:
    with pytest.raises(KeyError):
        begin_call(cast.secret["representative"], person=uuid4(), about="curiosity")


def test_a_call_that_begins_ends_the_one_that_went_on(django: None, cast: Cast, call: UUID, ask: Ask) -> None:
    searched(ask, cast, "representative", "teenager")
    secret = cast.secret["representative"]
    later = begin_call(secret, person=cast.people["teenager"], about="card")
    assert [line.id for line in my_calls(secret) if line.goes_on] == [later]
