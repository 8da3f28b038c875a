"""A page that tells of a month is given a month of entries, however many there are."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.access.opening import entered, held
from tests.cast import Cast, installed
from tests.cluster import Cluster

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def cast(house: Cluster) -> Cast:
    return installed(house, "umr")


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(("since", "kinds"), [("1 hour", {"opened"}), ("3 days", {"opened", "refused"})])
def test_what_was_before_the_day_that_is_asked_for_is_left_out(
    web: psycopg.Connection, cast: Cast, house: Cluster, since: str, kinds: set[str]
) -> None:
    me = cast.people["subscriber"]
    with house.administer("wellkept_umr") as connection:
        connection.execute(
            "insert into wellkept.ledger_entry (kind, role, at, subjects, categories)"
            " values ('refused', 'nobody', now() - interval '2 days', %s, '{}')",
            [[me]],
        )
    entry = entered(web, cast.secret["subscriber"], None, "openings")
    with held(web, entry):
        asked = "select kind from wellkept.ledger_openings(%s, 'all', null, 100, now() - %s::interval)"
        assert {kind for (kind,) in web.execute(asked, [me, since]).fetchall()} == kinds
