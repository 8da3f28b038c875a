"""The pages of choices in a real browser: faultless by axe, narrow and wide, with large text, and without a script."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.cluster import Cluster
from tests.web.desk.test_browser import is_well_in_spanish
from tests.web.going import follow
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.reading import post
from tests.web.member.test_browser import RULES, browser, site
from tests.web.member.test_choices import HERE, TABLES, form, signed
from tests.web.member.world import World

pytestmark = pytest.mark.browser
__all__ = ("browser", "site")


@pytest.fixture(autouse=True)
def _nothing_stands(house: Cluster, world: World) -> Iterator[None]:
    yield
    for table in TABLES:
        book.administered(house, f"delete from {table}")


def page_of(browser: Browser, site: str, world: World, *, width: int = 1440, script: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.add_cookies([{"name": "umr_session", "value": world.secrets["maria"], "url": site}])
    return context.new_page()


@pytest.mark.parametrize("width", [320, 1440])
def test_every_page_is_faultless(browser: Browser, site: str, world: World, visit: Visit, width: int) -> None:
    mine = visit("maria")
    address = signed(mine, signature="Maria Alvarez")
    post(mine, f"{address}send/")
    post(mine, f"{HERE}restrict/", {"sort": "member", "opens": "claims", "words": "Please"})
    page, found = page_of(browser, site, world, width=width), []
    for path in (HERE, f"{HERE}authorize/", address, f"{HERE}?done=asked", f"{HERE}restrict/", f"{HERE}paid/"):
        page.goto(site + path)
        found += [(path, one["id"]) for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append((path, "runs out at twice the text"))
        is_well_in_spanish(page)
    page.context.close()
    assert found == []


def test_it_is_signed_and_taken_back_without_a_script(browser: Browser, site: str, world: World) -> None:
    page = page_of(browser, site, world, width=320, script=False)
    page.goto(f"{site}{HERE}")
    follow(page.get_by_role("link", name="Authorize somebody"))
    said = form(signature="Maria Alvarez")
    for name in ("recipient", "line1", "line2", "city", "state", "zip", "signature"):
        page.locator(f"[name={name}]").fill(said[name])
    for part in ("month", "day", "year"):
        page.locator(f"[name=until_{part}]").fill(said[f"until_{part}"])
    page.get_by_label("My coverage").check()
    page.get_by_label("For a legal matter of mine").check()
    follow(page.get_by_role("button", name="Sign it"))
    expect(page.get_by_text("It is signed.")).to_be_visible()
    follow(page.get_by_role("button", name="Take it back"))
    expect(page.get_by_text("You took it back.")).to_be_visible()
    page.context.close()
