"""The pages of links in a real browser: faultless, narrow and wide, and a way out that only the leaving page has."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from wsgiref.simple_server import make_server

import pytest
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django import Settings

from tests.links.officers import PARTNERS, TODAY, Officers, approved, judged, proposed
from tests.web.going import follow
from tests.web.site.test_browser import Silent, Threads, browser, faults
from wellkept.web.site import leaving

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.usefixtures("django")]
WIDTHS = (320, 1440)
SHOTS = os.environ.get("WELLKEPT_SHOTS", "")


@pytest.fixture
def address(django: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The site on the loopback. Links are made in the thread in which the browser waits: its own connection does."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def seen(page: Page, name: str, width: int) -> None:
    """No fault of axe, nothing over the edge; a picture where one is asked for."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{django_settings.WELLKEPT_OPERATOR}-{name}-{width}.png", full_page=True)
    assert faults(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def signed_in(browser: Browser, address: str, officers: Officers, name: str, width: int) -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies(
        [{"name": f"{django_settings.WELLKEPT_OPERATOR}_session", "value": officers.plain[name], "url": address}]
    )
    return context


@pytest.mark.parametrize("operator", ["umr", "pwer"])
@pytest.mark.parametrize("width", WIDTHS)
def test_what_everyone_sees_is_faultless(
    browser: Browser, address: str, officers: Officers, settings: Settings, operator: str, width: int
) -> None:
    settings.WELLKEPT_OPERATOR = operator
    key, _link = approved(officers, title="What the words on a health bill mean", is_health_content=True)
    partner, _link = approved(
        officers, title="Order medicines by mail", agreement=PARTNERS, owner="Harbor Mail Pharmacy"
    )
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=True)
    page = context.new_page()
    for name, place in (("links", "/links/"), ("leaving", f"/leaving/{key}/"), ("partner", f"/leaving/{partner}/")):
        page.goto(address + place)
        seen(page, name, width)
    context.close()


@pytest.mark.parametrize(("operator", "width"), [("umr", 1440), ("pwer", 320)])
def test_what_officers_see_is_faultless(
    browser: Browser, address: str, officers: Officers, settings: Settings, operator: str, width: int
) -> None:
    settings.WELLKEPT_OPERATOR = operator
    _key, standing = approved(officers, until=TODAY + timedelta(days=9))
    _key, waiting = proposed(officers, agreement=PARTNERS, title="Order medicines by mail")
    judged(officers, waiting, "second")
    _key, refused = proposed(officers, title="A tea against high blood pressure")
    judged(officers, refused, "first", met=[], refusing=["ineffective"], refusing_words="Nothing shows that it does.")
    context = signed_in(browser, address, officers, "first", width)
    page = context.new_page()
    here = f"{address}/privacy/links/"
    for name, place in (
        ("register", here),
        ("propose", f"{here}propose/"),
        ("entry", f"{here}{standing}/"),
        ("waits", f"{here}{waiting}/"),
        ("refused", f"{here}{refused}/"),
        ("review", f"{here}{waiting}/review/"),
        ("withdraw", f"{here}{standing}/withdraw/"),
    ):
        page.goto(place)
        assert page.locator("h1").count() == 1, name
        seen(page, name, width)
    page.goto(f"{here}{waiting}/review/")
    follow(page.get_by_role("button", name="Give my review"))
    seen(page, "review-wrong", width)
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_way_out_leads_there_and_says_nothing_of_where_one_was(
    browser: Browser, address: str, officers: Officers, *, scripts: bool
) -> None:
    key, _link = approved(officers, policy_address="https://policies.example.org/words/")
    context = browser.new_context(java_script_enabled=scripts)
    asked: list[tuple[str, dict[str, str]]] = []

    def answer(route: Route) -> None:
        asked.append((route.request.url, route.request.all_headers()))
        route.fulfill(status=200, content_type="text/html", body="<title>There</title>There")

    context.route("https://*.example.org/**", answer)
    page = context.new_page()
    for button, there in (
        ("Go to words.example.org", "https://words.example.org/health/"),
        ("Read the privacy policy of Plain Words Library", "https://policies.example.org/words/"),
    ):
        page.goto(f"{address}/links/")
        page.locator(f'a[href="/leaving/{key}/"]').click()
        page.get_by_role("button", name=button).press("Enter")
        page.wait_for_url(there)
    assert [url for url, _headers in asked] == [
        "https://words.example.org/health/",
        "https://policies.example.org/words/",
    ]
    assert not any("referer" in headers or "cookie" in headers for _url, headers in asked)
    context.close()


def test_a_browser_itself_holds_every_other_form_back(
    browser: Browser, address: str, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _link = approved(officers)
    monkeypatch.setattr(leaving, "hosts", lambda _link: [])
    context = browser.new_context()
    asked: list[str] = []

    def stop(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route("https://*.example.org/**", stop)
    page = context.new_page()
    page.goto(f"{address}/leaving/{key}/")
    with page.expect_console_message(lambda message: "form-action" in message.text):
        page.get_by_role("button", name="Go to").click()
    assert asked == []
    context.close()


def test_staying_is_a_link_back(browser: Browser, address: str, officers: Officers) -> None:
    key, _link = approved(officers, agreement=replace(PARTNERS, mark_allowed=False))
    page = browser.new_page()
    page.goto(f"{address}/leaving/{key}/")
    follow(page.get_by_role("link", name="Stay here"))
    assert page.url == f"{address}/links/"
    page.close()
