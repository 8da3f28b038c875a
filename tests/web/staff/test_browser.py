"""Who works here in a real browser: faultless by axe, narrow and wide, and by keyboard alone."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4
from wsgiref.simple_server import make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, sync_playwright

from tests.accounts.people import PASSWORD, invitation
from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import CHROMIUM, QUIET, Silent, Threads, is_well
from tests.web.going import follow
from tests.web.keyboard import reached
from tests.web.staff.conftest import Visit

Sit = Callable[[str], Page]


@pytest.fixture
def browser(visit: Visit) -> Iterator[Browser]:
    """Closed before Django's connections are."""
    del visit
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def sit(browser: Browser, staff: Staff) -> Iterator[Sit]:
    """A page of somebody's own browser; of nobody's where the name is empty."""
    with make_server("127.0.0.1", 0, WSGIHandler(), server_class=Threads, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"

        def at(who: str) -> Page:
            context = browser.new_context(base_url=base)
            if who:
                context.add_cookies([{"name": "umr_session", "value": staff.secrets[who], "url": base}])
            return context.new_page()

        yield at
        for context in browser.contexts:
            context.close()
        server.shutdown()


def look(page: Page, name: str) -> None:
    """The page is well; a picture of it, narrow and wide, is kept where WELLKEPT_LOOK names a folder."""
    is_well(page)
    folder = os.environ.get("WELLKEPT_LOOK")
    for width in (320, 1440) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(folder or "") / f"{name}-{width}.png"), full_page=True)


def ask_to_invite(page: Page, login: str) -> None:
    """Ask by keyboard alone."""
    page.goto("/staff/invite/")
    for field, words in (("actor", "Ivy Ibarra-Montgomery"), ("login", login)):
        reached(page, f"[name={field}]")
        page.keyboard.type(words)
        if field == "actor":
            reached(page, "[name=role]")
            page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/?done=asked")


def test_two_invite_somebody_in_two_browsers(sit: Sit) -> None:
    alma, arno = sit("alma"), sit("arno")
    alma.goto("/staff/invite/")
    look(alma, "invite")
    follow(alma.locator("main form.form button.btn"))
    look(alma, "invite-empty")
    ask_to_invite(alma, f"staff-{uuid4().hex[:8]}")
    look(alma, "home-asked")
    arno.goto("/staff/")
    look(arno, "home-for-you")
    follow(arno.locator("a[href^='/staff/asked/']"))
    look(arno, "decide")
    follow(arno.get_by_role("button", name="Agree"))
    arno.wait_for_selector(".big")
    look(arno, "code")
    arno.goto("/staff/")
    look(arno, "home-invited")
    arno.goto("/staff/decided/")
    look(arno, "decided")


def test_one_removes_and_the_pages_about_it_are_well(sit: Sit, staff: Staff) -> None:
    alma, arno = sit("alma"), sit("arno")
    alma.goto(f"/staff/{staff.accounts['rita']}/")
    look(alma, "person")
    follow(alma.get_by_role("button", name="Remove Rita R."))
    alma.wait_for_url("**/staff/?done=removed")
    look(alma, "home-removed")
    arno.goto("/staff/")
    look(arno, "home-told")
    staff.ask("update accounts_account set closed_at = now() where id = %s returning 1", [staff.accounts["arno"]])
    alma.goto("/staff/")
    look(alma, "home-alone")
    alma.goto(f"/staff/{staff.accounts['nell']}/")
    look(alma, "person-alone")


@pytest.fixture
def code(django: None) -> tuple[str, str]:
    """An invitation and its sign-in name, made before any browser runs."""
    login = f"staff-{uuid4().hex[:8]}"
    return invitation("nurse", login), login


def test_somebody_who_was_invited_comes_as_far_as_the_second_factor(code: tuple[str, str], sit: Sit) -> None:
    page, (word, login) = sit(""), code
    page.goto("/sign-in/staff/")
    look(page, "invited")
    follow(page.locator("main form.form button.btn"))
    look(page, "invited-empty")
    for name, words in (("code", word), ("login", "another"), ("password", PASSWORD)):
        page.fill(f"main [name={name}]", words)
    follow(page.locator("main form.form button.btn"))
    look(page, "invited-wrong")
    page.fill("main [name=login]", login)
    page.fill("main [name=password]", PASSWORD)
    follow(page.locator("main form.form button.btn"))
    page.get_by_role("heading", name="Your account is made").wait_for()
    look(page, "works-here")
    page.goto("/sign-in/")
    page.fill("main [name=login]", login)
    page.fill("main [name=password]", PASSWORD)
    follow(page.locator("main form.form button.btn").first)
    page.wait_for_url("**/sign-in/staff/second/")
    look(page, "second")


def test_the_pages_around_the_sign_on_are_well(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_OIDC_ISSUER", "http://127.0.0.1:1")
    monkeypatch.setenv("WELLKEPT_OIDC_CLIENT_ID", "wellkept")
    monkeypatch.setenv("WELLKEPT_OIDC_NAME", "Harbor ID")
    page = sit("")
    for path, name in (
        ("/sign-in/", "sign-in"),
        ("/sign-in/staff/", "invited-sign-on-offered"),
        ("/sign-in/staff/sign-on/", "invited-sign-on"),
        ("/sign-in/openid/failed/", "sign-on-failed"),
    ):
        page.goto(path)
        look(page, name)
    page.goto("/sign-in/staff/sign-on/")
    page.fill("main [name=code]", "7KQ2-M0XD-9RTA")
    page.fill("main [name=login]", "somebody")
    follow(page.locator("main form.form button.btn"))
    page.get_by_role("heading", name="Sign in there now").wait_for()
    look(page, "on-the-way")
    follow(page.get_by_role("link", name="Go to Harbor ID"))
    page.wait_for_url("**/sign-in/openid/failed/")
