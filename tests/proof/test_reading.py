"""The tries against what public pages could remember hold on a sound house, and find what does."""

import pytest

from tests.proof.conftest import Without, failed, template
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import reading, site

pytestmark = pytest.mark.database
PROBES = (
    reading.a_cookie_of_choices_holds_nothing_else,
    reading.the_search_keeps_no_query,
    reading.public_pages_are_the_same_for_everyone,
)
ANY_VALUE = """
from wellkept.web.shell import kept_pages, preferences
from wellkept.web.shell.preferences import Choices
def chosen(request):
    kept = request.COOKIES.get(preferences.cookie_name(request))
    return Choices(*kept.split(".")[:1]) if kept else Choices()
preferences.chosen = chosen
"""
NO_MIDDLEWARE = 'settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("Preferences")]'
LOGGED = """
import sys
from wellkept.web.site import search
inner = search.hits
def heard(asked):
    print(asked, file=sys.stderr, flush=True)
    return inner(asked)
search.hits = heard
"""
KEPT_FOR_ANYBODY = """
from wellkept.web.shell import kept_pages
def key_of(request):
    return (False, request.path_info, "", False, False, "") if request.method == "GET" else None
kept_pages.key_of = key_of
kept_pages.may_be_kept = lambda request, response: kept_pages.is_of_the_site(request) and response.status_code == 200
"""
FROM_THE_REQUEST = """
from wellkept.web.shell import own_address
own_address.origin = lambda request: "http://" + request.headers.get("X-Forwarded-Host", "localhost")
"""


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_cookie_that_may_hold_anything(without: Without) -> None:
    with without(after=ANY_VALUE) as ground:
        assert "Bring another value" in failed(reading.a_cookie_of_choices_holds_nothing_else, ground)


def test_it_finds_a_site_that_no_longer_drops_other_values(without: Without) -> None:
    with without(before=NO_MIDDLEWARE) as ground:
        found = failed(reading.a_cookie_of_choices_holds_nothing_else, ground)
    assert found == ["Bring another value", "Put the notice away for everyone"]


def test_it_finds_a_search_that_writes_down_what_was_looked_for(without: Without) -> None:
    with without(after=LOGGED) as ground:
        assert failed(reading.the_search_keeps_no_query, ground) == ["Find it in a file or a log"]


def test_it_finds_a_search_whose_words_stand_in_the_address(without: Without) -> None:
    form = template("shell/form.html").replace('method="post"', 'method="get"')
    with without(templates={"shell/form.html": form}) as ground:
        assert failed(reading.the_search_keeps_no_query, ground) == ["Find it in an address or a kept page"]


def test_it_finds_a_page_of_somebody_signed_in_that_was_kept(without: Without) -> None:
    with without(after=KEPT_FOR_ANYBODY) as ground:
        assert "Find another's page" in failed(reading.public_pages_are_the_same_for_everyone, ground)


def test_it_finds_a_page_that_a_header_changed_for_others(without: Without) -> None:
    with without(after=KEPT_FOR_ANYBODY + FROM_THE_REQUEST) as ground:
        assert "Lay a page before somebody else" in failed(reading.public_pages_are_the_same_for_everyone, ground)


def test_it_finds_a_page_that_no_link_leads_to(without: Without) -> None:
    foot = template("shell/foot.html").replace('href="/search/"', 'href="/"')
    places = template("site/places.html").replace('href="{{ place.href }}"', 'href="/"')
    help_ = template("site/help.html").replace('href="/search/"', 'href="/"')
    changed = {"shell/foot.html": foot, "site/places.html": places, "site/help.html": help_}
    with without(templates=changed) as ground:
        assert "Find a page that no link leads to" in failed(site.public_pages_ask_nothing, ground)


def test_it_finds_a_search_that_asks_who_you_are(without: Without) -> None:
    page = template("site/search.html").replace("{% collecting form %}", '<input name="member_number">')
    with without(templates={"site/search.html": page}) as ground:
        assert failed(site.public_pages_ask_nothing, ground) == ["Find a page that asks for something"]
