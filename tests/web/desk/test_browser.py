"""The desk and the privacy office in a real browser: faultless by axe, narrow and wide, and by keyboard alone."""

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.going import follow
from tests.web.keyboard import FIELD, reached

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
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LOOKED: set[str] = set()
"""The kinds of pages whose Spanish was looked at: each costs a second, and reads alike every time."""
Sit = Callable[[str], Page]


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and give the thread's connections back."""
        super().process_request_thread(request, client_address)
        connections.close_all()


class Silent(WSGIRequestHandler):
    def log_message(self, *given: Any) -> None:
        """Say nothing: the product's own log is what is tried."""


@pytest.fixture
def browser(visit: Visit) -> Iterator[Browser]:
    """Closed before Django's connections are: while it runs, this thread has a loop in which Django closes none."""
    del visit
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def sit(browser: Browser, staff: Staff) -> Iterator[Sit]:
    """A page of somebody's own browser, at the first page."""
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"

        def at(who: str) -> Page:
            context = browser.new_context(base_url=base)
            context.add_cookies([{"name": "umr_session", "value": staff.secrets[who], "url": base}])
            return context.new_page()

        yield at
        for context in browser.contexts:
            context.close()
        server.shutdown()


def is_well(page: Page) -> None:
    """Axe finds nothing, and nothing runs over the edge of a phone; nor on the same page in Spanish."""
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    is_well_in_spanish(page)


def is_well_in_spanish(page: Page) -> None:
    """The page at the Spanish address beside this one, looked at once for each of its kind."""
    place = urlsplit(page.url)
    kind = NUMBER.sub("", place.path)
    if kind in LOOKED or place.path.startswith("/es/"):
        return
    LOOKED.add(kind)
    theirs = page.context.new_page()
    theirs.goto(place._replace(path=f"/es{place.path}").geturl())
    assert theirs.get_attribute("html", "lang") == "es"
    for width in (1440, 320):
        theirs.set_viewport_size({"width": width, "height": 900})
        assert theirs.evaluate("document.documentElement.scrollWidth") <= width, theirs.url
    assert faults(theirs) == [], theirs.url
    theirs.close()


def faults(page: Page) -> list[str]:
    """What axe finds, each with the first element it is about."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]


def find(page: Page, year: str = "1984") -> None:
    page.goto("/desk/find/")
    for name, value in (
        ("number", "M4410"),
        ("birth_date_month", "5"),
        ("birth_date_day", "21"),
        ("birth_date_year", year),
    ):
        page.fill(f"[name={name}]", value)
    follow(page.get_by_role("button", name="Find", exact=True))


def test_a_call_from_the_search_to_its_end_is_well_in_every_state(sit: Sit) -> None:
    page = sit("dana")
    page.goto("/desk/")
    is_well(page)
    page.goto("/desk/find/")
    is_well(page)
    follow(page.get_by_role("button", name="Find", exact=True))
    is_well(page)
    find(page, "1999")
    is_well(page)
    find(page)
    is_well(page)
    follow(page.get_by_role("button", name="Begin the call"))
    is_well(page)
    page.check("[name=about][value=claim]")
    follow(page.get_by_role("button", name="Begin the call"))
    is_well(page)
    call = page.url
    follow(page.get_by_role("button", name="All answers were right"))
    is_well(page)
    follow(page.locator("#claims a:visible").first)
    is_well(page)
    page.goto("/desk/")
    is_well(page)
    follow(page.get_by_role("button", name="End the call"))
    is_well(page)
    page.goto(call)
    assert page.get_by_text("Nothing is open here.").is_visible()
    is_well(page)


def test_the_office_is_well_in_every_state(sit: Sit) -> None:
    page = sit("tom")
    page.goto("/member/privacy/requests/ask/")
    page.check("[name=kind][value=question]")
    page.fill("[name=words]", "Who reads the letters that I send?")
    follow(page.locator("main form.form button").last)
    page = sit("priya")
    page.goto("/privacy/")
    is_well(page)
    follow(page.get_by_role("link", name="Take the next one"))
    is_well(page)
    follow(page.get_by_role("button", name="Send the answer"))
    is_well(page)
    page.fill("[name=words]", "Two people in our mail room.")
    follow(page.get_by_role("button", name="Send the answer"))
    is_well(page)
    page.goto("/privacy/")
    is_well(page)
    page.goto("/privacy/why/")
    is_well(page)
    follow(page.get_by_role("button", name="Explain"))
    is_well(page)


def test_a_caller_is_found_by_keyboard_alone(sit: Sit) -> None:
    page = sit("paul")
    page.goto("/desk/find/")
    page.locator("#main").focus()
    reached(page, FIELD)
    page.keyboard.type("M4410")
    for typed in ("5", "21", "1984"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=One person has this number")
    page.locator("#main").focus()
    reached(page, "main input[name=about]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Verify the caller first")
    assert "A call since" in page.inner_text("main")


def test_on_paper_nothing_stands_that_one_would_press(sit: Sit) -> None:
    page = sit("dana")
    find(page)
    page.check("[name=about][value=claim]")
    follow(page.get_by_role("button", name="Begin the call"))
    follow(page.get_by_role("button", name="All answers were right"))
    page.emulate_media(media="print")
    assert page.get_by_role("button", name="End the call").count() == 0
    assert page.get_by_text("Member number").is_visible()


def test_a_death_is_well_from_the_call_to_the_second_person(sit: Sit, staff: Staff) -> None:
    page = sit("dana")
    page.goto("/desk/deaths/")
    is_well(page)
    find(page)
    page.check("[name=about][value=other]")
    follow(page.get_by_role("button", name="Begin the call"))
    follow(page.get_by_role("link", name="The caller says that this person has died"))
    is_well(page)
    follow(page.get_by_role("button", name="Write it down"))
    is_well(page)
    page.fill("[name=by]", "Ana Alvarez")
    page.check("[name=stands][value=child]")
    follow(page.get_by_role("button", name="Write it down"))
    is_well(page)
    page = sit("priya")
    page.goto("/desk/deaths/")
    is_well(page)
    follow(page.get_by_role("link", name="Open it"))
    is_well(page)
    follow(page.get_by_role("button", name="Confirm it"))
    is_well(page)
    follow(page.get_by_role("button", name="Leave it as it was"))
    assert page.get_by_text("Nothing waits for a second person").is_visible()
    staff.ask("delete from people_death")
