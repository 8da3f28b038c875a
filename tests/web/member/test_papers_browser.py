"""Papers in a real browser: faultless by axe in each state, narrow and wide, and nothing runs out with large text."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.cluster import Cluster
from tests.web.going import follow
from tests.web.member import book
from tests.web.member.test_browser import RULES, browser, page_of, site  # noqa: F401  (two are fixtures)
from tests.web.member.test_contact import ELSEWHERE, HERE
from tests.web.member.world import World

pytestmark = pytest.mark.browser

PAGES = (
    "/member/card/",
    HERE,
    "/member/claims/{part}/explanation/",
    "/member/claims/{denied}/explanation/",
    "/member/claims/{filed}/explanation/",
)


@pytest.fixture(autouse=True)
def _nothing_stands(house: Cluster, world: World) -> Iterator[None]:
    yield
    for table in ("notices_letter", "people_confidential"):
        book.administered(house, f"delete from {table} where person_id = %s", world.people["maria"])


def faults(page: Page, path: str) -> list[tuple[str, str]]:
    """What axe finds, and whether anything runs out of the page at twice the text."""
    kept = os.environ.get("WELLKEPT_PICTURES")
    if kept:
        name = path.strip("/").replace("/", "-") + f"-{page.viewport_size and page.viewport_size['width']}"
        page.screenshot(path=Path(kept) / f"{name}.png", full_page=True)
    found = [(path, one["id"]) for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append((path, "runs out at twice the text"))
    return found


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_in_any_state(browser: Browser, site: str, world: World, width: int) -> None:  # noqa: F811
    page, found = page_of(browser, site, world, width=width), list[tuple[str, str]]()
    for path in PAGES:
        page.goto(site + path.format(**world.claims))
        found += faults(page, path)
    page.goto(site + HERE)
    page.get_by_label("By letter, to another address").check()
    follow(page.get_by_role("button", name="Save"))
    found += faults(page, f"{HERE}wrong")
    page.goto(site + HERE)
    page.get_by_label("By letter, to another address").check()
    for name, value in ELSEWHERE.items():
        if name != "channel":
            page.locator(f"[name={name}]").fill(value)
    follow(page.get_by_role("button", name="Save"))
    page.get_by_text("Since ").wait_for()
    found += faults(page, f"{HERE}given")
    page.goto(f"{site}/member/card/")
    follow(page.get_by_role("button", name="Order the card by post"))
    page.get_by_text("It waits to be printed").wait_for()
    found += faults(page, "/member/card/ordered")
    page.context.close()
    assert found == []
