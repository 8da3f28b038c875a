"""The pages of a family in a real browser: faultless by axe, narrow and wide."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser
from pytest_django import Settings

from tests.cluster import Cluster
from tests.households import settled
from tests.web.desk.test_browser import is_well_in_spanish
from tests.web.member.test_browser import RULES, Silent, Threads, browser  # noqa: F401  (a fixture)
from tests.web.member.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def families(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("seen"))


@pytest.fixture
def site(django: None, house: Cluster, settings: Settings) -> Iterator[str]:
    settings.WELLKEPT_STATE = house.state
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_on_a_familys_pages(
    browser: Browser,  # noqa: F811  (pytest passes the fixture)
    site: str,
    families: World,
    width: int,
) -> None:
    child, found = families.people["nina"], []
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "umr_session", "value": families.secrets["ann"], "url": site}])
    page = context.new_page()
    places = ("", "sharing/", f"{child}/coverage/", f"{child}/claims/", f"{child}/openings/")
    for at, place in enumerate(places):
        page.goto(f"{site}/member/family/{place}")
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        found += [(place, one["id"]) for one in violations]
        if folder := os.environ.get("WELLKEPT_TEST_PICTURES"):
            page.screenshot(path=Path(folder) / f"family-{at}-{width}.png", full_page=True)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append((place, "runs out at twice the text"))
        is_well_in_spanish(page)
    context.close()
    assert found == []
