"""Finding people and beginning calls, attacked as the page's role."""

from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import SEARCH, entered, number, refusal, searched
from tests.cast import Cast, installed, on_a_call
from tests.cluster import Cluster

pytestmark = pytest.mark.database


@pytest.fixture
def crowd(administrator: psycopg.Connection) -> bytes:
    """An index that finds seven people."""
    index = uuid4().bytes
    find(administrator, index, [uuid4() for _ in range(7)])
    return index


def find(administrator: psycopg.Connection, index: bytes, people: list[UUID]) -> None:
    for person in people:
        row = f'{{"index": "\\\\x{index.hex()}", "kind": "name", "person_id": "{person}", "plan_id": "{uuid4()}"}}'
        administrator.execute(
            "insert into people_finder select x.* from json_populate_record(null::people_finder, %s) x", [row]
        )


def test_who_may_not_search_hears_the_same_whoever_is_found(
    web: psycopg.Connection, cast: Cast, crowd: bytes, administrator: psycopg.Connection
) -> None:
    one = uuid4().bytes
    find(administrator, one, [cast.people["stranger"]])
    for name in ("subscriber", "nurse", "privacy_officer"):
        said = {refusal(web, searched(web, cast.secret[name], index)) for index in (crowd, one, uuid4().bytes)}
        assert said == {"no rule"}
    assert refusal(web, searched(web, cast.secret["representative"], crowd)) == "too many at once"


@pytest.mark.parametrize(("kind", "index"), [(None, b"x"), ("name", None)])
def test_a_search_for_nothing_is_entered_and_refused(
    web: psycopg.Connection, cast: Cast, kind: str | None, index: bytes | None
) -> None:
    assert refusal(web, searched(web, cast.secret["representative"], index, kind=kind)) == "nothing asked"


BEGIN = "select wellkept.service_begin_call(%s, %s, %s, 'MEMADMIN', %s)"


def begins(web: psycopg.Connection, secret: bytes, person: UUID | None, about: str = "a claim") -> bool:
    return bool(number(web, BEGIN, [secret, uuid4(), person, about]))


def test_a_call_begins_only_with_somebody_one_s_own_search_found(
    web: psycopg.Connection, cast: Cast, administrator: psycopg.Connection
) -> None:
    secret, person, index = cast.secret["representative"], uuid4(), uuid4().bytes
    find(administrator, index, [person])
    assert not begins(web, secret, person)
    assert not begins(web, secret, None)
    web.execute("begin")
    web.execute(SEARCH, [secret, "name", index, "MEMADMIN"])
    assert not begins(web, secret, person)
    web.execute("rollback")
    searched(web, secret, index)
    assert not begins(web, cast.secret["nurse"], person)
    assert not begins(web, cast.secret["subscriber"], person)
    assert not begins(web, secret, person, about="x" * 201)
    assert begins(web, secret, person)


def test_another_representative_s_search_begins_no_call(
    web: psycopg.Connection, cast: Cast, house: Cluster, administrator: psycopg.Connection
) -> None:
    person, index = uuid4(), uuid4().bytes
    find(administrator, index, [person])
    colleague = installed(house, "umr")
    searched(web, colleague.secret["representative"], index)
    assert not begins(web, cast.secret["representative"], person)


def test_a_member_who_names_another_s_call_opens_nothing(
    web: psycopg.Connection, cast: Cast, administrator: psycopg.Connection
) -> None:
    call = on_a_call(administrator, cast, cast.people["stranger"])
    entry = entered(web, cast.secret["subscriber"], [cast.people["stranger"]], "claims", occasion=call)
    assert refusal(web, entry) == "not your occasion"
    assert not number(web, "select wellkept.service_end_call(%s, %s)", [cast.secret["subscriber"], call])
