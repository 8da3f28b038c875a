"""The links of a demonstration: made-up sites in every state, brought by two officers, none of which anybody owns."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.cluster import Cluster
from tests.links.officers import TODAY, Officers, at_work, emptied
from wellkept.demo import accounts, links
from wellkept.links import addresses, queries
from wellkept.policy import packs

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]


@pytest.fixture(scope="module")
def officers(house: Cluster) -> Iterator[Officers]:
    with at_work(house) as found:
        yield found


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_every_site_is_brought_once_and_stands_as_it_should(officers: Officers, operator: str) -> None:
    emptied(officers)
    two = [officers.secrets[name] for name in ("first", "second")]
    for _twice in range(2):
        links.happen(operator, two, today=TODAY)
    states = Counter(one.state for one in queries.entries(two[0]))
    assert states.total() == len(links.SITES[operator])
    assert {"standing", "waiting", "expired", "refused"} <= set(states)
    assert states["standing"] >= 3
    assert any(one.kind == "partner" for one in queries.standing())


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_nobody_owns_a_site_of_a_demonstration(operator: str) -> None:
    for site in links.SITES[operator]:
        one = links.proposal(site, today=TODAY)
        for address in (one.address, one.policy_address):
            assert addresses.checked(address, own=packs.named(operator).hosts) == address
            assert addresses.host_of(address).endswith((".example", ".example.org"))


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_a_demonstration_has_two_officers(operator: str) -> None:
    assert [role for role, _name, _login in accounts.STAFF[operator]].count("privacy_officer") == 2
