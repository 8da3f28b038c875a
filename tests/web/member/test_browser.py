"""The member's pages in a real browser: faultless by axe, narrow and wide, with large text, and by keyboard alone."""

import socketserver
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.going import follow
from tests.web.member.conftest import Visit
from tests.web.member.world import World

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
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "/member/",
    "/member/coverage/",
    "/member/claims/",
    "/member/claims/?status=denied&year=2026",
    "/member/claims/?kind=pharmacy",
    "/member/claims/{part}/",
    "/member/claims/{filed}/",
    "/member/privacy/",
    "/member/privacy/openings/",
    "/member/privacy/requests/ask/",
    "/account/",
)


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *given: Any) -> None:
        """Say nothing: the product's own log is what is tried."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this thread, which Django takes for asynchronous work when a connection closes.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def site(visit: Visit) -> Iterator[str]:
    """The address of the portal on the loopback."""
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def record(visit_record: Visit) -> Iterator[str]:
    """The address of the personal record on the loopback."""
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def page_of(browser: Browser, site: str, world: World, *, width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "umr_session", "value": world.secrets["maria"], "url": site}])
    return context.new_page()


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(
    browser: Browser, site: str, world: World, width: int
) -> None:
    page, found = page_of(browser, site, world, width=width), []
    for path in PAGES:
        page.goto(site + path.format(**world.claims))
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        found += [(path, one["id"]) for one in violations]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append((path, "runs out at twice the text"))
    page.context.close()
    assert found == []


RECORD = ("/member/", "/member/?show=coverage", "/member/claims/", "/member/claims/{part}/")


@pytest.mark.parametrize("width", [320, 1440])
def test_a_personal_record_is_faultless_too(browser: Browser, record: str, other_world: World, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "pwer_session", "value": other_world.secrets["maria"], "url": record}])
    page, found = context.new_page(), []
    for path in RECORD:
        page.goto(record + path.format(**other_world.claims))
        found += [(path, one["id"]) for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append((path, "runs out at twice the text"))
    context.close()
    assert found == []


def test_a_search_works_without_a_script_and_leaves_no_word_in_the_address(
    browser: Browser, site: str, world: World
) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "umr_session", "value": world.secrets["cora"], "url": site}])
    page = context.new_page()
    page.goto(f"{site}/member/claims/")
    page.get_by_label("Search", exact=True).fill("26-7000-003")
    follow(page.get_by_role("button", name="Search"))
    expect(page.get_by_text("1 claim matches")).to_be_visible()
    assert page.url == f"{site}/member/claims/"
    follow(page.get_by_role("link", name="Lakeside Family Clinic").first)
    expect(page.get_by_text("$95.00").first).to_be_visible()
    context.close()


def test_a_request_is_made_by_keyboard_alone(browser: Browser, site: str, world: World) -> None:
    page = page_of(browser, site, world, width=1440)
    page.goto(f"{site}/member/privacy/requests/ask/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard alone.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/member/privacy/requests/*-*/")
    assert "By keyboard alone." in page.content()
    page.context.close()
