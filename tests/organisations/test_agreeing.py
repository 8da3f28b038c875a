"""An organisation is written to before an agreement ends, once for each of the days."""

from collections.abc import Iterator

import pytest

from tests.accounts.offices import Office, opened
from tests.cluster import Cluster
from tests.demo.roles import as_role
from wellkept.cli import agreeing
from wellkept.organisations import agreements

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
LETTERS = "select count(*) from notices_letter where person_id = %s and kind = 'agreement ends'"
IN_DAYS = "update organisations_agreement set ends_at = now() + make_interval(days => %s) where organisation_id = %s"


@pytest.fixture
def partner(house: Cluster) -> Iterator[Office]:
    """A partner whose agreement ends in 100 days."""
    office = opened(house, "partner")
    office.change(
        "insert into organisations_agreement (id, kind, organisation_id, number, digest, categories, purposes,"
        " begins_at, ends_at, recorded_by, recorded_actor, collected_under)"
        " values (gen_random_uuid(), 'business_associate', %s, 'BA-1', sha256(''), '{claims}', '{HOPERAT}',"
        " now() - interval '1 day', now() + interval '100 days', gen_random_uuid(), 'An officer', '2026-11-22')",
        office.id,
    )
    yield office
    office.change("delete from notices_letter where person_id = %s", office.id)
    office.change(
        "delete from organisations_warned w using organisations_agreement a where a.id = w.agreement"
        " and a.organisation_id = %s",
        office.id,
    )
    office.change("delete from organisations_agreement where organisation_id = %s", office.id)
    office.change("update organisations_organisation set standing = 'prior' where id = %s", office.id)


def test_it_writes_at_each_of_the_days_and_once(house: Cluster, partner: Office) -> None:
    for days, letters in ((100, 0), (59, 1), (58, 1), (29, 2), (6, 3), (5, 3)):
        partner.change(IN_DAYS, days, partner.id)
        with as_role(house, "jobs"):
            agreeing.warn_all(0)
        assert partner.ask(LETTERS, partner.id) == [(letters,)], days
    told = partner.ask("select kind from ledger_entry where subjects = array[%s]::uuid[]", partner.id)
    assert told.count(("agreement ends soon",)) == 3


def test_a_terminal_lists_what_is_in_force(house: Cluster, partner: Office) -> None:
    with as_role(house, "proof"):
        (one,) = [found for found in agreements.listed() if found.organisation == partner.id]
    assert (one.state, one.kind, one.number, one.ended_at) == ("in force", "business_associate", "BA-1", None)
