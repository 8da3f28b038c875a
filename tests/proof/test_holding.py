"""The tries against the list of all we hold hold on a sound house, and find what is missing from it."""

import pytest

from tests.proof.conftest import Altered, Without, failed
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import holding

pytestmark = pytest.mark.database
PROBES = (holding.every_field_is_listed, holding.every_cookie_and_counter_is_listed, holding.uses_are_the_gate_s)
ANOTHER_COOKIE = """
from wellkept.web.shell.visitor import Visitor
inner = Visitor.__call__
def marking(self, request):
    response = inner(self, request)
    response.set_cookie("visitor", "17")
    return response
Visitor.__call__ = marking
"""
NO_DECLARATION = """
from wellkept.policy import held
del held.KEPT["benefits_claim"]
"""
FEWER_FIELDS = """
from wellkept.web.site import holding
every = holding.services
holding.services = lambda pack, found: every(pack, found)[1:]
"""
FEWER_COOKIES = """
from wellkept.policy import cookies
every = cookies.of
cookies.of = lambda pack: every(pack)[:-1]
"""
FEWER_COUNTERS = """
from wellkept.policy import counters
counters.COUNTERS = tuple(one for one in counters.COUNTERS if one.name != "pages")
"""
OTHER_USES = """
from wellkept.web.site import held_data
said = held_data.uses
held_data.uses = lambda pack: [one for one in said(pack) if one["category"] != "claims"]
"""


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_field_that_was_added_in_silence(ground: Ground, altered: Altered) -> None:
    ground.ask(holding.PAGE)
    added = "alter table wellkept.benefits_claim add column shoe_size text"
    with altered(added, "alter table wellkept.benefits_claim drop column shoe_size"):
        assert failed(holding.every_field_is_listed, ground) == [
            "Find a field that is not listed",
            "Find a field that nobody has explained",
        ]


def test_it_finds_fields_that_the_page_leaves_out(without: Without) -> None:
    with without(after=FEWER_FIELDS) as ground:
        assert failed(holding.every_field_is_listed, ground) == ["Find a field that is not listed"]


def test_it_finds_a_table_that_no_service_declares(without: Without) -> None:
    with without(after=NO_DECLARATION) as ground:
        assert failed(holding.every_field_is_listed, ground) == ["Find a field that nobody has explained"]


@pytest.mark.parametrize("change", [FEWER_COOKIES, ANOTHER_COOKIE], ids=["left out", "added"])
def test_it_finds_a_cookie_that_is_not_listed(without: Without, change: str) -> None:
    with without(after=change) as ground:
        assert failed(holding.every_cookie_and_counter_is_listed, ground) == ["Find a cookie that is not listed"]


def test_it_finds_a_counter_that_is_not_listed(without: Without) -> None:
    with without(after=FEWER_COUNTERS) as ground:
        assert failed(holding.every_cookie_and_counter_is_listed, ground) == ["Find a counter that is not listed"]


def test_it_finds_a_use_that_is_not_on_the_page(without: Without) -> None:
    with without(after=OTHER_USES) as ground:
        assert failed(holding.uses_are_the_gate_s, ground) == [
            "Find a use that is not on the page",
            "Use data for something else",
        ]


def test_it_finds_a_rule_that_opens_more_than_the_page_says(ground: Ground, altered: Altered) -> None:
    added = (
        "insert into wellkept.access_rule select 'sold', role, relationship, 'HRESCH', category, needs, clause"
        " from wellkept.access_rule where id = 'own-record' and category = 'claims'"
    )
    with altered(added, "delete from wellkept.access_rule where id = 'sold'"):
        assert failed(holding.uses_are_the_gate_s, ground) == [
            "Find a use that is not on the page",
            "Use data for something else",
        ]


def test_it_finds_a_kind_of_data_without_readers(without: Without) -> None:
    with without(templates={"site/held/uses.html": "<p>Trust us.</p>"}) as ground:
        assert failed(holding.uses_are_the_gate_s, ground) == ["Find a kind of data whose readers are not said"]
