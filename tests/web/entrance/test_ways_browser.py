"""Passkeys, app and codes in a real browser, with a virtual authenticator; axe finds nothing in any state (R-10)."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.accounts.people import PASSWORD, registered
from tests.cluster import OPERATORS, Cluster
from tests.web.entrance import walk
from tests.web.entrance.serving import serving
from tests.web.entrance.test_browser import chromium, faults  # noqa: F401  (chromium is a fixture)
from tests.web.going import follow
from tests.web.keyboard import reached

pytestmark = [pytest.mark.database, pytest.mark.browser]
# Where to put a picture of every state, for whoever wants to look at them.
PICTURES = os.environ.get("WELLKEPT_PICTURES", "")
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module", params=OPERATORS)
def site(house: Cluster, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """One operator and the address of its pages, by a name: browsers bind no passkey to a bare address."""
    with serving(request.param) as port:
        yield request.param, f"http://localhost:{port}"


@pytest.fixture(autouse=True)
def beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in this thread; Django would refuse to ask the database beside it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def with_device(context: BrowserContext) -> Page:
    """A page of a browser that has a device which asks who holds it."""
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def looked_at(page: Page, name: str, width: int) -> None:
    """No fault of access, nothing over the edge; and a picture where one is wanted."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    assert faults(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def agreed(page: Page, address: str) -> None:
    """Agree to every text that waits."""
    page.goto(f"{address}/sign-in/cookie/")
    while "/sign-in/agree/" in page.url:
        page.check("[name=agree]")
        follow(page.locator("main form.form button.btn").first)


def set_up(page: Page, address: str, width: int, operator: str) -> tuple[str, list[str]]:
    """Set up an app and recovery codes by the pages; returns the app's secret and the codes."""
    page.goto(f"{address}/account/ways/")
    follow(page.get_by_role("button", name="Set up an app"))
    looked_at(page, f"{operator}-app", width)
    secret = page.locator("p.big code").inner_text().replace(" ", "")
    page.fill("[name=code]", "123")
    follow(page.get_by_role("button", name="Use this app"))
    looked_at(page, f"{operator}-app-wrong", width)
    page.fill("[name=code]", pyotp.TOTP(secret).at(int(time.time())))
    follow(page.get_by_role("button", name="Use this app"))
    looked_at(page, f"{operator}-ways-app", width)
    follow(page.get_by_role("link", name="Make recovery codes").first)
    looked_at(page, f"{operator}-codes-before", width)
    follow(page.get_by_role("button", name="Make ten codes"))
    looked_at(page, f"{operator}-codes", width)
    return secret, page.locator("ol.codes code").all_inner_texts()


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_at_one_s_own_ways(
    chromium: Browser,  # noqa: F811
    site: tuple[str, str],
    house: Cluster,
    width: int,
) -> None:
    operator, address = site
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = with_device(context)
    walk.signed_in(page, address, operator, house, "member")
    agreed(page, address)
    page.goto(f"{address}/account/ways/")
    looked_at(page, f"{operator}-ways", width)
    _secret, codes = set_up(page, address, width, operator)
    assert len(codes) == 10
    page.goto(f"{address}/account/ways/")
    page.get_by_label("What do you call it?").fill("My phone")
    follow(page.get_by_role("button", name="Add a passkey"))
    looked_at(page, f"{operator}-ways-all", width)
    follow(page.get_by_role("link", name="Rename My phone"))
    looked_at(page, f"{operator}-rename", width)
    page.go_back()
    follow(page.get_by_role("link", name="Remove My phone"))
    looked_at(page, f"{operator}-remove", width)
    for path in ("/sign-in/again/?to=account-ways", "/sign-in/again/"):
        page.goto(f"{address}{path}")
        looked_at(page, f"{operator}-again", width)
    context.close()


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_before_the_sign_in(
    chromium: Browser,  # noqa: F811
    site: tuple[str, str],
    width: int,
) -> None:
    operator, address = site
    page = chromium.new_page(viewport={"width": width, "height": 900})
    for path in ("/sign-in/", "/sign-in/mailed/", "/es/sign-in/mailed/"):
        page.goto(f"{address}{path}")
        looked_at(page, f"{operator}{path.replace('/', '-')}", width)
    page.goto(f"{address}/sign-in/mailed/")
    page.fill("[name=login]", "somebody")
    follow(page.get_by_role("button", name="Send me a code"))
    looked_at(page, f"{operator}-mailed-code", width)
    page.fill("[name=code]", "AAAA-AAAA-AAAA")
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form.form button.btn").first)
    looked_at(page, f"{operator}-mailed-wrong", width)
    page.close()


@pytest.mark.usefixtures("django")
def test_a_passkey_is_added_signs_in_alone_beside_a_password_and_again(
    chromium: Browser,  # noqa: F811
    site: tuple[str, str],
    house: Cluster,
) -> None:
    operator, address = site
    if operator != "umr":
        pytest.skip("The person of this test is one of UMR's.")
    card = registered(house)
    context = chromium.new_context()
    page = with_device(context)
    page.goto(f"{address}/sign-in/")
    page.fill("[name=login]", card.login)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form.form button.btn").first)
    agreed(page, address)
    page.goto(f"{address}/account/ways/")
    page.get_by_label("What do you call it?").fill("My phone")
    follow(page.get_by_role("button", name="Add a passkey"))
    page.get_by_text("Works without a name and password too.").wait_for()
    page.goto(f"{address}/sign-in/again/?to=account-ways")
    follow(page.get_by_role("button", name="Use your passkey"))
    assert page.url == f"{address}/account/ways/"
    context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    reached(page, "form[data-passkey] button")
    with page.expect_navigation(url=f"{address}/member/"):
        page.keyboard.press("Enter")
    context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    page.fill("[name=login]", card.login)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form.form button.btn").first)
    assert page.url == f"{address}/sign-in/second/"
    looked_at(page, "umr-second", 1280)
    with page.expect_navigation(url=f"{address}/member/"):
        page.get_by_role("button", name="Use your passkey").click()
    context.close()


@pytest.mark.usefixtures("django")
def test_a_keyboard_without_scripts_is_enough_for_a_second_way(
    chromium: Browser,  # noqa: F811
    site: tuple[str, str],
    house: Cluster,
) -> None:
    operator, address = site
    if operator != "umr":
        pytest.skip("The person of this test is one of UMR's.")
    card = registered(house)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    page.get_by_text("Passkeys need JavaScript").first.wait_for()
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    page.fill("[name=login]", card.login)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form.form button.btn").first)
    agreed(page, address)
    page.goto(f"{address}/account/ways/")
    follow(page.get_by_role("button", name="Set up an app"))
    secret = page.locator("p.big code").inner_text().replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(secret).at(int(time.time())))
    follow(page.get_by_role("button", name="Use this app"))
    context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    page.fill("[name=login]", card.login)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form.form button.btn").first)
    page.locator("h1").click()
    reached(page, "[name=code]")
    page.keyboard.type(pyotp.TOTP(secret).at(int(time.time()) + 30))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{address}/member/"
    context.close()
