"""How we reach you, publications and leaving the list in a real browser: faultless by axe, narrow, wide, enlarged."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.cluster import Cluster
from tests.web.going import follow
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.mailed import confirmed, forget
from tests.web.member.test_browser import RULES, browser, page_of, record, site  # noqa: F401  (fixtures)
from tests.web.member.world import World
from wellkept.policy import packs
from wellkept.proof.mailbox import Mailbox, mailbox

pytestmark = pytest.mark.browser
REACH, HOW, LEAVE = "/account/reach/", "/member/news/how/", f"/publications/leave/{'a' * 26}/"
STATES = {
    "none": "",
    "came back": "confirmed_at = null, came_back_at = now()",
    "unconfirmed": "confirmed_at = null",
    "year": "confirmed_at = now() - interval '13 months'",
    "right": "confirmed_at = now()",
}


@pytest.fixture(autouse=True)
def forgotten(house: Cluster) -> Iterator[None]:
    forget(house)
    yield
    forget(house)


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mailbox() as made:
        monkeypatch.setenv("WELLKEPT_SMTP", f"127.0.0.1:{made.port}")
        yield made


def faults(page: Page, name: str) -> list[str]:
    """What axe finds, and whether anything runs out of the page at twice the text."""
    if kept := os.environ.get("WELLKEPT_PICTURES"):
        width = page.viewport_size and page.viewport_size["width"]
        picture = f"{name} {width}.png".strip("/").replace("/", "-").replace(" ", "-")
        page.screenshot(path=Path(kept) / picture, full_page=True)
    found = [one["id"] for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("runs out at twice the text")
    return found


@pytest.mark.parametrize("width", [320, 1440])
def test_every_state_of_how_we_reach_you_is_faultless(
    browser: Browser,  # noqa: F811
    site: str,  # noqa: F811
    world: World,
    house: Cluster,
    visit: Visit,
    box: Mailbox,
    width: int,
) -> None:
    page, found = page_of(browser, site, world, width=width), {}
    for state, stands in STATES.items():
        forget(house)
        if stands:
            confirmed(visit, "maria", box, address="a.long.address.of.somebody@an.even.longer.example.org")
            book.administered(house, f"update notices_address set {stands}")
        for path in (REACH, "/member/") if state == "came back" else (REACH,):
            page.goto(site + path)
            expect(page.get_by_role("heading", level=1)).to_contain_text(
                "How we reach you" if path == REACH else "Maria"
            )
            found[f"{path} {state}"] = faults(page, f"{path} {state}")
    page.context.close()
    assert {name: one for name, one in found.items() if one} == {}


@pytest.mark.parametrize("width", [320, 1440])
def test_publications_and_leaving_them_are_faultless(
    browser: Browser,  # noqa: F811
    site: str,  # noqa: F811
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP", "127.0.0.1:1")
    page, found = page_of(browser, site, world, width=width), {}
    (one,) = packs.named("umr").publications
    for path in ("/publications/", one.href, LEAVE, HOW):
        page.goto(site + path)
        found[path] = faults(page, path)
    page.goto(site + LEAVE)
    follow(page.get_by_role("button", name="Leave the list"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You are off the list")
    found["left"] = faults(page, "left")
    page.context.close()
    assert {name: one for name, one in found.items() if one} == {}


@pytest.mark.parametrize("width", [320, 1440])
def test_the_other_operator_has_them_too(
    browser: Browser,  # noqa: F811
    record: str,  # noqa: F811
    other_world: World,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    monkeypatch.setenv("WELLKEPT_SMTP", "127.0.0.1:1")
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "pwer_session", "value": other_world.secrets["maria"], "url": record}])
    page, found = context.new_page(), {}
    (one,) = packs.named("pwer").publications
    for path in ("/publications/", one.href, LEAVE, REACH, HOW):
        page.goto(record + path)
        found[path] = faults(page, f"{path} record")
    page.goto(record + HOW)
    expect(page.get_by_role("checkbox", name="Tell me by e-mail of new publications")).to_be_checked()
    context.close()
    assert {name: one for name, one in found.items() if one} == {}
