"""The public pages in a real browser: found faultless by axe, narrow and wide, asking nobody else for anything."""

import socketserver
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.web.conftest import OPERATORS, Visit
from tests.web.going import follow
from wellkept.policy import catalogue
from wellkept.web.site import search

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FIRST = {"umr": "/policy/u-01/", "pwer": "/policy/p-01/"}
PAGES = (
    "/",
    "/policy/",
    "/policy/versions/",
    "/policy/versions/2026-11-22/changes/",
    "/how-we-keep-it/",
    "/terms/",
    "/contact/",
    "/accessibility/",
    "/for/members/",
    "/for/agents/",
    "/how-to-register/",
    "/programmes/",
    "/preferences/",
    "/search/",
    "/help/",
    "/no-such-page/",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *given: Any) -> None:
        """Say nothing: the product's own log is what is tried."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture(params=OPERATORS)
def site(request: pytest.FixtureRequest, visit: Visit) -> Iterator[tuple[str, str]]:
    """One operator and the address of its site on the loopback."""
    visit(request.param)
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield request.param, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser: Browser, site: tuple[str, str], width: int) -> None:
    operator, address = site
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in (*PAGES, FIRST[operator]):
        page.goto(address + path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_twice_the_text_still_fits(browser: Browser, site: tuple[str, str]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    for path in (*PAGES, FIRST[site[0]]):
        page.goto(site[1] + path)
        page.add_style_tag(content="html { font-size: 200% }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path
    page.close()


def test_no_request_leaves_no_cookie_comes_and_the_first_view_is_small(browser: Browser, site: tuple[str, str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[Response] = []
    said: list[str] = []
    page.on("response", lambda response: asked.append(response))  # noqa: PLW0108 (playwright marks what it calls)
    page.on("console", lambda message: said.append(message.text))
    page.goto(site[1] + "/", wait_until="networkidle")
    assert sum(len(response.body()) for response in asked) < 150_000
    for path in (*PAGES[1:-1], FIRST[site[0]]):
        page.goto(site[1] + path, wait_until="networkidle")
    assert all(response.url.startswith(site[1]) for response in asked)
    assert context.cookies() == []
    assert said == []
    context.close()


def test_the_menu_of_a_phone_opens_without_scripts(browser: Browser, site: tuple[str, str]) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site[1] + "/")
    link = page.locator("nav.nav a", has_text="Contact")
    assert not link.is_visible()
    page.locator("summary").click()
    follow(link)
    assert page.url == site[1] + "/contact/"
    context.close()


def test_the_keyboard_reaches_the_page_past_the_navigation(browser: Browser, site: tuple[str, str]) -> None:
    page = browser.new_page()
    page.goto(site[1] + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()


def test_the_policy_prints_its_words_and_nothing_to_press(browser: Browser, site: tuple[str, str]) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.emulate_media(media="print")
    for path in ("/policy/", "/policy/versions/2026-11-22/"):
        page.goto(site[1] + path)
        assert not page.locator(".contents").is_visible()
        assert not page.locator("nav.nav").first.is_visible()
        clauses = page.locator(".clauses section[id] p:first-of-type")
        assert clauses.count() > 40
        assert all(clauses.nth(at).is_visible() for at in range(clauses.count()))
        assert page.evaluate("document.documentElement.scrollWidth") <= 800
    page.close()


def test_a_comparison_is_marked_without_colour(browser: Browser, site: tuple[str, str]) -> None:
    page = browser.new_page()
    page.goto(site[1] + "/policy/versions/2026-11-22/changes/")
    styled = "one => getComputedStyle(one).textDecorationLine"
    assert page.locator("main ins").first.evaluate(styled) == "underline"
    assert page.locator("main del").first.evaluate(styled) == "line-through"
    page.close()


def test_larger_text_and_more_contrast_fit_a_phone_and_axe_finds_nothing(browser: Browser, visit: Visit) -> None:
    visit("umr")
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        context = browser.new_context(viewport={"width": 320, "height": 900})
        page = context.new_page()
        for path in ("/", "/contact/", "/how-to-register/"):
            page.goto(address + path)
            page.evaluate("document.documentElement.className = 'text-larger contrast-more'")
            assert faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        context.close()
        server.shutdown()


def test_somebody_finds_a_word_by_keyboard_without_scripts_or_cookies(
    browser: Browser, site: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    search.MADE.clear()
    monkeypatch.setattr(catalogue, "tables", list)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site[1] + "/search/")
    page.locator("#id_words").focus()
    page.keyboard.type("appeal")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".found li").count() > 0
    assert "appeal" not in page.url
    follow(page.locator(".found a").first)
    assert page.locator("h1").count() == 1
    assert context.cookies() == []
    context.close()
