"""One's own account in a real browser: axe finds nothing in any state, a keyboard is enough, nothing typed is lost."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, Page, expect

from tests.accounts.people import PASSWORD
from tests.cluster import OPERATORS, Cluster
from tests.web.account import walk
from tests.web.account.walk import ASK, Place
from tests.web.entrance.serving import serving
from tests.web.entrance.test_browser import RULES, chromium  # noqa: F401  (a fixture)
from tests.web.keyboard import reached
from wellkept.proof.mailbox import mailbox
from wellkept.vault import blind
from wellkept.vault.keks import Keks
from wellkept.vault.queries import operator_key

pytestmark = [pytest.mark.database, pytest.mark.browser]
WIDTHS = (320, 1440)


@pytest.fixture(scope="module", params=OPERATORS)
def portal(house: Cluster, request: pytest.FixtureRequest) -> Iterator[Place]:
    """One operator's pages, which send mail, on the loopback."""
    with mailbox() as box, pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{box.port}")
        with serving(request.param) as port:
            yield Place(f"http://127.0.0.1:{port}", request.param, house, box, "", (b"", ""))


@pytest.fixture
def place(portal: Place) -> Place:
    """Somebody new to be there."""
    login, house = f"otter-{uuid4().hex[:8]}", portal.house
    with house.connect(portal.operator, "entrance", "keys") as connection:
        keks = Keks(house.state / portal.operator / "kek")
        key = operator_key("entrance", connection=connection, keks=keks)
    hashed = make_password(PASSWORD)
    return replace(portal, login=login, hashes=(blind.exact(key=key, name="account.login", value=login), hashed))


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_any_state_and_nothing_runs_over_the_edge(
    chromium: Browser,  # noqa: F811
    place: Place,
    width: int,
) -> None:
    page, wrong = chromium.new_page(viewport={"width": width, "height": 900}), {}
    for number, state in enumerate(walk.visits(page, place)):
        if shots := os.environ.get("WELLKEPT_SHOTS"):
            name = f"{place.operator}-{width}-{number:02}-{state.replace(' ', '_').replace(',', '')}.png"
            page.screenshot(path=Path(shots) / name, full_page=True)
        found = faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("runs over the edge")
        if state == "the form again":
            expect(page.locator("[name=words]")).to_have_value("Words that took an hour.")
            expect(page.locator("[name=kind][value=copy]")).to_be_checked()
        if found:
            wrong[state] = found
    page.close()
    assert wrong == {}


def test_the_warning_takes_the_focus_and_a_key_is_enough(chromium: Browser, place: Place) -> None:  # noqa: F811
    if place.operator != "umr":
        pytest.skip("The script is the same at both.")
    page = chromium.new_page()
    _account, digest = walk.arrive(page, place)
    page.clock.install()
    page.goto(f"{place.address}{ASK}")
    page.locator("[name=words]").focus()
    page.keyboard.type("Half a sentence")
    walk.unused(place, digest, 55)
    page.clock.fast_forward("55:30")
    box = page.locator("dialog.lasting[open]")
    box.wait_for()
    expect(page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    expect(page.locator("dialog .stay")).to_be_focused()
    expect(page.locator("dialog [role=status]")).to_have_text("5 minutes")
    page.keyboard.press("Enter")
    page.locator("dialog.lasting").wait_for(state="hidden")
    expect(page.locator("[name=words]")).to_be_focused()
    expect(page.locator("[name=words]")).to_have_value("Half a sentence")
    page.close()


def test_a_page_that_nobody_reads_keeps_nobody_signed_in(chromium: Browser, place: Place) -> None:  # noqa: F811
    if place.operator != "umr":
        pytest.skip("The script is the same at both.")
    page = chromium.new_page()
    _account, digest = walk.arrive(page, place)
    page.clock.install()
    page.goto(f"{place.address}/account/")
    walk.unused(place, digest, 56)
    page.clock.fast_forward("56:00")
    page.locator("dialog.lasting[open]").wait_for()
    walk.unused(place, digest, 61)
    page.clock.fast_forward("06:00")
    page.locator("dialog .on").wait_for()
    expect(page.locator("main")).to_be_hidden()
    page.locator("dialog .on").click()
    page.wait_for_url("**/sign-in/")
    page.close()


def test_a_keyboard_without_scripts_is_enough_to_change_the_password(
    chromium: Browser,  # noqa: F811
    place: Place,
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    walk.arrive(page, place)
    page.goto(f"{place.address}/account/")
    reached(page, "a[href='/account/password/']")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Change your password").wait_for()
    reached(page, "[name=old]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.type(walk.NEW)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your password is changed").wait_for()
    context.close()
