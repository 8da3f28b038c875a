"""The doors of organisations in a real browser: faultless by axe, narrow and wide, and by keyboard alone."""

import os
import threading
from collections.abc import Callable, Iterator
from wsgiref.simple_server import make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, sync_playwright

from tests.accounts.offices import Office, opened
from tests.cluster import Cluster
from tests.web.colleagues.conftest import Visit
from tests.web.desk.test_browser import CHROMIUM, QUIET, Silent, Threads, is_well
from tests.web.going import follow
from tests.web.keyboard import FIELD, reached

Sit = Callable[[Office, str], Page]
ROLES = ("provider", "employer", "agent", "partner")
ANA, BEN = "Ana Ortiz", "Ben Lund"


@pytest.fixture
def browser(visit: Visit) -> Iterator[Browser]:
    """Closed before Django's connections are."""
    del visit
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def sit(browser: Browser) -> Iterator[Sit]:
    """A page of somebody's own browser."""
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"

        def at(office: Office, who: str) -> Page:
            context = browser.new_context(base_url=base)
            context.add_cookies([{"name": "umr_session", "value": office.secrets[who], "url": base}])
            return context.new_page()

        yield at
        for context in browser.contexts:
            context.close()
        server.shutdown()


def busy(house: Cluster, role: str) -> Office:
    """An organisation in every state its pages can show."""
    office = opened(house, role)
    office.joins("Sam Soon", days=80)
    office.joins("Eve Hart-Montgomery of the Second Floor", administers=True)
    office.joins("Lou Late", days=89)
    late = "update accounts_account set renewed_at = now() - interval '91 days' where id = %s"
    office.change(late, office.accounts["Lou Late"])
    return office


def look(page: Page, name: str) -> None:
    """Keep a picture of a page, narrow and wide, where WELLKEPT_LOOK names a folder."""
    folder = os.environ.get("WELLKEPT_LOOK")
    for width in (320, 1440) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("role", ROLES)
def test_the_first_page_of_each_door_is_well(sit: Sit, house: Cluster, role: str) -> None:
    office = busy(house, role)
    for who in (ANA, BEN):
        page = sit(office, who)
        page.goto(f"/{role}/")
        is_well(page)
        look(page, f"{role}-{who.split()[0]}")


def test_who_comes_in_is_well_in_every_state(sit: Sit, house: Cluster) -> None:
    office = busy(house, "provider")
    page = sit(office, ANA)
    for name in ("Ada Reyes", "Cleo Marsh"):
        page.goto("/colleagues/invite/")
        is_well(page)
        look(page, "invite")
        follow(page.locator("button", has_text="Make the code"))
        is_well(page)
        look(page, "invite-wrong")
        page.fill("#id_name", name)
        for box, value in zip(("month", "day", "year"), ("2", "3", "1990"), strict=True):
            page.fill(f"[name=birth_date_{box}]", value)
        follow(page.locator("button", has_text="Make the code"))
        is_well(page)
        look(page, "code")
    office.change(
        "update accounts_invitation set expires_at = now() where name = 'Ada Reyes' and organisation_id = %s", office.id
    )
    number = office.accounts[BEN]
    for address, name in (
        ("/colleagues/?done=renewed", "home"),
        ("/colleagues/list/", "list"),
        ("/colleagues/terms/", "terms"),
        (f"/colleagues/people/{number}/remove/", "remove"),
        (f"/colleagues/people/{number}/administers/", "give"),
    ):
        page.goto(address)
        is_well(page)
        look(page, name)
    page = sit(office, BEN)
    for address, name in (("/colleagues/", "home-ben"), ("/colleagues/list/", "list-ben")):
        page.goto(address)
        is_well(page)
        look(page, name)


def test_the_list_prints_whole_and_without_buttons(sit: Sit, house: Cluster) -> None:
    page = sit(busy(house, "employer"), ANA)
    page.goto("/colleagues/list/")
    page.emulate_media(media="print")
    assert page.locator(".signed").is_visible()
    assert page.locator("h2", has_text=BEN).is_visible()
    assert not any(one.is_visible() for one in page.locator("nav, .btn, .noprint").all())
    look(page, "list-print")


def test_a_colleague_is_invited_by_keyboard_alone(sit: Sit, house: Cluster) -> None:
    page = sit(opened(house), ANA)
    page.goto("/provider/")
    reached(page, "main a[href='/colleagues/'].btn")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reached(page, "main a[href='/colleagues/invite/']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reached(page, FIELD)
    page.keyboard.type("Ada Reyes")
    for box in ("2", "3", "1990"):
        page.keyboard.press("Tab")
        page.keyboard.type(box)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".handed").inner_text().count("-") == 2
