"""The tries against returned mail and the list hold on a sound house, and find what forges, forgets or writes on."""

import time

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import reaching

pytestmark = pytest.mark.database
PROBES = (reaching.the_list_is_left_at_once_and_for_good, reaching.what_comes_back_is_noted_and_nothing_forged_is)
LIST, BACK = PROBES
ONE_CLICK_NEEDS_A_SESSION = """
from wellkept.web.shell import leaving_list
vars(leaving_list.leave).pop("from_anywhere_reason")
"""
LOOKING_LEAVES = """
from wellkept.web.shell import leaving_list
leaving_list.render = lambda request, *given, **named: (
    leaving_list.publications.leave(request.resolver_match.kwargs["token"]),
    __import__("django.shortcuts").shortcuts.render(request, *given, **named),
)[1]
"""
TELLS = """
from wellkept.web.shell import leaving_list
from django.http import HttpResponseNotFound
inner = leaving_list.publications.leave
def telling(token):
    if not inner(token):
        from django.http import Http404
        raise Http404
leaving_list.publications.leave = telling
"""
NEVER_ASKS = """
from wellkept.web.shell import reached
from wellkept.notices.reaching import Asks
reached.notice = lambda request: Asks.NOTHING
"""
COOKIE = """
from wellkept.web.shell import headers
inner = headers.Headers.__call__
def keeping(self, request):
    response = inner(self, request)
    if request.path.startswith("/publications/leave/"):
        response.set_cookie("seen", "1")
    return response
headers.Headers.__call__ = keeping
"""


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []
    assert failed(probe, ground) == []


def function(house: Cluster, name: str) -> str:
    """A function as it stands, to put it back."""
    with house.administer("wellkept_umr") as connection:
        return one(connection, "select pg_get_functiondef(%s::regproc)", f"wellkept.{name}")


def test_it_finds_a_list_that_does_not_wait_for_the_code(ground: Ground, house: Cluster, altered: Altered) -> None:
    before = function(house, "notices_to_tell")
    assert "and a.confirmed_at is not null" in before
    with altered(before.replace("and a.confirmed_at is not null", ""), before):
        assert failed(LIST, ground) == ["Be told before the address is confirmed"]


def test_it_finds_a_list_that_nobody_can_leave(ground: Ground, house: Cluster, altered: Altered) -> None:
    before = function(house, "notices_to_tell")
    with altered(before.replace("s.left_at is null and", ""), before):
        found = failed(LIST, ground)
    assert found == ["Be told after one click", "Be put back on the list by another address"]


def test_it_finds_a_click_that_does_nothing(ground: Ground, house: Cluster, altered: Altered) -> None:
    before = function(house, "notices_leave")
    with altered(before.replace("set left_at = now()", "set left_at = null"), before):
        assert "Be told after one click" in failed(LIST, ground)


def test_it_finds_an_address_that_puts_one_back(ground: Ground, altered: Altered) -> None:
    joins = (
        "create function wellkept.joins_again() returns trigger language plpgsql security definer"
        " set search_path = wellkept, pg_temp as $$ begin"
        " update wellkept.notices_subscription s set left_at = null where s.person_id = new.person_id;"
        " return null; end $$;"
        " alter function wellkept.joins_again owner to umr_gate;"
        " create trigger joins_again after insert on wellkept.notices_address"
        " for each row execute function wellkept.joins_again()"
    )
    with altered(joins, "drop function wellkept.joins_again cascade"):
        assert "Be put back on the list by another address" in failed(LIST, ground)


def test_it_finds_a_click_that_needs_a_session(without: Without) -> None:
    with without(after=ONE_CLICK_NEEDS_A_SESSION) as ground:
        assert "Be told after one click" in failed(LIST, ground)


def test_it_finds_a_link_that_leaves_when_it_is_looked_at(without: Without) -> None:
    with without(after=LOOKING_LEAVES) as ground:
        assert "Join the list, and look at the link that leaves it" in failed(LIST, ground)


def test_it_finds_a_link_that_tells_whose_it_is(without: Without) -> None:
    with without(after=TELLS) as ground:
        assert "Learn whether a link was ours" in failed(LIST, ground)


def test_it_finds_a_cookie_of_the_one_click(without: Without) -> None:
    with without(after=COOKIE) as ground:
        assert "Be told after one click" in failed(LIST, ground)


def test_it_finds_a_forged_return(ground: Ground, house: Cluster, altered: Altered) -> None:
    before = function(house, "notices_mail_came_back")
    assert "x.token_hash = p_token" in before
    newest = "x.sent_at = (select max(y.sent_at) from wellkept.notices_mailed y)"
    with altered(before.replace("x.token_hash = p_token", newest), before):
        assert "Forge a mail that came back" in failed(BACK, ground)


def test_it_finds_a_token_that_works_twice(ground: Ground, house: Cluster, altered: Altered) -> None:
    before = function(house, "notices_mail_came_back")
    spoilt = before.replace("delete from wellkept.notices_mailed", "select * into m from wellkept.notices_mailed")
    spoilt = spoilt.replace("returning * into m", "").replace("and a.came_back_at is null", "")
    with altered(spoilt, before):
        assert "Bring the same mail back twice" in failed(BACK, ground)


def test_it_finds_mail_that_goes_on(ground: Ground, house: Cluster, altered: Altered) -> None:
    before = function(house, "notices_mail_came_back")
    with altered(before.replace("confirmed_at = null, ", ""), before):
        assert "Write on to an address that mail came back from" in failed(BACK, ground)


def test_it_finds_that_nobody_is_asked(without: Without) -> None:
    with without(after=NEVER_ASKS) as ground:
        assert failed(BACK, ground) == ["Not be asked for another address", "Not be asked once a year"]


def test_it_finds_that_the_program_for_returned_mail_reads(ground: Ground, altered: Altered) -> None:
    reads = "grant select on wellkept.notices_mailed to umr_mail"
    with altered(reads, "revoke select on wellkept.notices_mailed from umr_mail"):
        assert failed(BACK, ground) == ["Read anything as the program that takes returned mail"]


def test_the_tries_take_less_than_two_seconds(ground: Ground) -> None:
    for probe in PROBES:
        failed(probe, ground)
    before = time.process_time()
    for probe in PROBES:
        failed(probe, ground)
    assert time.process_time() - before < 2
