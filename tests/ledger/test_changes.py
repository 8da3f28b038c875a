"""A change leaves an entry in the transaction that makes it, and nobody writes one about what is not open."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from tests.access.opening import entered, entry_of, held, number
from tests.cast import Cast, installed
from tests.cluster import Cluster

pytestmark = pytest.mark.database
CHANGED = "select wellkept.gate_changed(array['claims'])"


@pytest.fixture(scope="module")
def cast(house: Cluster) -> Cast:
    return installed(house, "umr")


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


def test_a_change_is_entered_as_done_by_whoever_has_it_open(
    web: psycopg.Connection, cast: Cast, house: Cluster
) -> None:
    opening = entered(web, cast.secret["subscriber"], None, "claims", "coverage")
    with held(web, opening):
        change = number(web, CHANGED)
    first, second = entry_of(house, opening), entry_of(house, change)
    assert second["kind"] == "changed"
    assert second["categories"] == ["claims"]
    same = ("occasion", "account", "role", "subjects", "purpose", "clause", "own")
    assert {name: second[name] for name in same} == {name: first[name] for name in same}


def test_a_change_that_is_rolled_back_leaves_no_entry(web: psycopg.Connection, cast: Cast, house: Cluster) -> None:
    opening = entered(web, cast.secret["subscriber"], None, "claims")
    web.execute("begin")
    web.execute("select * from wellkept.gate_hold(%s)", [opening])
    change = number(web, CHANGED)
    web.execute("rollback")
    with house.administer("wellkept_umr") as connection:
        row = connection.execute("select count(*) from wellkept.ledger_entry where id = %s", [change]).fetchone()
    assert row == (0,)


@pytest.mark.parametrize("categories", ["array['contact']", "array['claims', 'contact']", "'{}'::text[]", "null"])
def test_nobody_enters_a_change_of_what_is_not_open(web: psycopg.Connection, cast: Cast, categories: str) -> None:
    opening = entered(web, cast.secret["subscriber"], None, "claims")
    with held(web, opening), pytest.raises(errors.InsufficientPrivilege):
        web.execute(f"select wellkept.gate_changed({categories})")


def test_nobody_enters_a_change_with_nothing_open(web: psycopg.Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="nothing is open"):
        web.execute(CHANGED)
