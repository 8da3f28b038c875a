"""The entrance in a real browser: axe finds nothing in any state, nothing runs over the edge, a keyboard is enough."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cluster import OPERATORS, Cluster
from tests.web.entrance import walk
from tests.web.entrance.serving import serving
from tests.web.keyboard import reached

pytestmark = [pytest.mark.database, pytest.mark.browser]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield found
        found.close()


@pytest.fixture(scope="module", params=OPERATORS)
def site(house: Cluster, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """One operator and the address of its pages on the loopback."""
    with serving(request.param) as port:
        yield request.param, f"http://127.0.0.1:{port}"


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_in_any_state_and_nothing_runs_over_the_edge(
    chromium: Browser, site: tuple[str, str], house: Cluster, width: int
) -> None:
    operator, address = site
    page = chromium.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong = {}
    for state in walk.visits(page, address, operator, house):
        found = faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("runs over the edge")
        if found:
            wrong[state] = found
    page.close()
    assert wrong == {}
    assert {one for one in asked if not one.startswith(address)} == set()


def test_twice_the_text_still_fits(chromium: Browser, site: tuple[str, str], house: Cluster) -> None:
    operator, address = site
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    wide = []
    for state in walk.visits(page, address, operator, house):
        page.add_style_tag(content="html { font-size: 200% }")
        if page.evaluate("document.documentElement.scrollWidth") > 1280:
            wide.append(state)
    page.close()
    assert wide == []


def test_a_keyboard_without_scripts_is_enough_to_sign_in(chromium: Browser, site: tuple[str, str]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site[1]}/sign-in/")
    page.locator("h1").click()
    reached(page, "[name=login]")
    page.keyboard.type("nobody at all")
    page.keyboard.press("Tab")
    page.keyboard.type("seven otters paint the barn")
    page.keyboard.press("Enter")
    page.get_by_text("There is a problem").wait_for()
    assert page.title().startswith("Error:")
    assert page.input_value("[name=login]") == "nobody at all"
    context.close()


def test_a_keyboard_without_scripts_is_enough_to_ask_for_an_employer(chromium: Browser, site: tuple[str, str]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site[1]}/register/")
    page.locator("h1").click()
    reached(page, "[name=birth_date_month]")
    for part in ("4", "28", "1986"):
        page.keyboard.type(part)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Which account?").wait_for()
    reached(page, "[name=audience]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=audience][value=employer]").is_checked()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your organisation").wait_for()
    typed = walk.OFFICE | walk.NUMBERS["employer"]
    for name in ("name", "organisation", "street", "city", "state", "zip_code", "group_number", "tax_number"):
        reached(page, f"[name={name}]")
        page.keyboard.type(typed[name])
    page.keyboard.press("Enter")
    page.get_by_text("Here is what happens now").wait_for()
    context.close()
