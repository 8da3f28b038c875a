"""An address given in confidence opens for its person and for letters, and for nobody else (R-05)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.cast import Cast, on_a_call
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.people import confidential
from wellkept.people.confidential import Channel
from wellkept.policy.words import Category, Purpose

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]

ADDRESS = ("9 Hidden Lane", "Farwell", "MN", "56001")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(autouse=True)
def given(house: Cluster, django: None, cast: Cast) -> Iterator[None]:
    """The spouse has given an address in confidence."""
    with access.enter(cast.secret["spouse"], purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        confidential.give(key, channel=Channel.LETTER, address=ADDRESS, collected_under="2026-11-01", now=NOW)
    yield
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.people_confidential")


def test_its_person_reads_it_and_letters_go_there(cast: Cast) -> None:
    with access.enter(cast.secret["spouse"], purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        found = confidential.wish(key)
        assert found is not None
        assert (found.channel, found.address, found.since) == (Channel.LETTER, ADDRESS, NOW)
        assert confidential.mailing(key) == confidential.Mailing(ADDRESS, paper=True, confidential=True)


def test_the_subscriber_has_none_of_it(cast: Cast) -> None:
    with access.enter(cast.secret["subscriber"], purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        assert confidential.wish(key) is None
        assert not confidential.mailing(key).confidential


def test_customer_service_on_a_call_with_the_person_does_not_see_it(house: Cluster, cast: Cast) -> None:
    with house.administer("wellkept_umr") as connection:
        call = on_a_call(connection, cast, cast.people["spouse"])
        connection.commit()
    with access.enter(
        cast.secret["representative"],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.CONTACT],
        subjects=[cast.people["spouse"]],
        occasion=call,
    ) as key:
        assert confidential.wish(key) is None


def test_ended_it_holds_nothing_and_letters_go_where_a_file_said(cast: Cast) -> None:
    with access.enter(cast.secret["spouse"], purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        assert confidential.end(key, now=NOW)
        assert not confidential.end(key, now=NOW)
        assert confidential.wish(key) is None
        assert confidential.mailing(key) == confidential.Mailing((), paper=True, confidential=False)


def test_given_twice_the_last_stands(cast: Cast) -> None:
    with access.enter(cast.secret["spouse"], purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT]) as key:
        confidential.give(key, channel=Channel.PORTAL, address=(), collected_under="2026-11-01", now=NOW)
        assert confidential.mailing(key) == confidential.Mailing((), paper=False, confidential=True)
