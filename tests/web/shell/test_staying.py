"""A real browser says once, on leaving, how long a page was open; one that asks for privacy says nothing."""

import threading
import time
from collections.abc import Iterator
from wsgiref.simple_server import make_server

import pytest
from django.conf import settings as live
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings

from tests.web.conftest import Visit
from tests.web.site.test_browser import CHROMIUM, QUIET, Silent, Threads
from wellkept.statistics import counters

pytestmark = pytest.mark.browser
# Said by the browser itself: what a context is told to say is not said of what is sent on leaving.
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
MIDDLEWARE = tuple(live.MIDDLEWARE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=(*QUIET, f"--user-agent={AGENT}"))
        yield found
        found.close()


@pytest.fixture
def site(visit: Visit, settings: Settings) -> Iterator[str]:
    visit("umr")
    settings.MIDDLEWARE = MIDDLEWARE
    counters.of.cache_clear()
    with make_server("127.0.0.1", 0, WSGIHandler(), Threads, Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
    counters.of.cache_clear()


def counted() -> bool:
    """Whether a stay was."""
    return any(place[2] == "stays by page" for place in list(counters.ours().counts))


def stays() -> dict[tuple[str, str], int]:
    """What was said of stays, by dimension and value."""
    return {(one.dimension, one.value): one.n for one in counters.ours().take() if one.dimension.startswith("stays")}


def test_it_says_how_long_a_page_was_open_and_nothing_else(
    browser: Browser, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, bytes]] = []
    inner = HttpRequest.read

    def heard(request: HttpRequest, *given: int) -> bytes:
        said.append((request.META["CONTENT_LENGTH"], inner(request, *given)))
        return said[-1][1]

    monkeypatch.setattr(HttpRequest, "read", heard)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/terms/")
        page.goto(f"{site}/contact/")
        until = time.monotonic() + 20
        while not counted() and time.monotonic() < until:
            page.title()
    assert said[:1] == [("1", b"0")]
    assert stays()["stays by page", "/terms/"] == 1


def test_a_browser_that_asks_for_privacy_says_nothing(browser: Browser, site: str) -> None:
    with browser.new_context(extra_http_headers={"Sec-GPC": "1"}) as context:
        page = context.new_page()
        sent: list[str] = []
        page.on("request", lambda one: sent.append(f"{one.method} {one.url}"))
        page.goto(f"{site}/terms/")
        page.goto(f"{site}/contact/")
        assert not [one for one in sent if "stay" in one]
        assert context.cookies() == []
        assert "asks for privacy (Global Privacy Control)" in page.inner_text("footer")
    assert stays() == {}


def test_two_browsers_hold_the_same_cookie(browser: Browser, site: str) -> None:
    held = []
    for _ in range(2):
        with browser.new_context() as context:
            context.new_page().goto(f"{site}/terms/")
            held.append([one | {"expires": int(one["expires"] + 60) // 3600} for one in context.cookies()])
    assert held[0] == held[1]
    assert [one["name"] for one in held[0]] == ["umr_visits"]
