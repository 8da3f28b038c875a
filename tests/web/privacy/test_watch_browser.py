"""The pages of the watch in a real browser: faultless by axe in both languages, narrow and wide, in their states."""

import pytest
from playwright.sync_api import Page

from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import Sit, browser, is_well, sit
from tests.web.going import follow
from tests.web.keyboard import reached
from tests.web.privacy.test_watch import alarm, asked, card, quinn

__all__ = ("alarm", "browser", "card", "quinn", "sit")
pytestmark = [pytest.mark.database, pytest.mark.browser]
WATCH, UNSEEN = "/privacy/watch/", "/privacy/unseen/"


def test_an_alarm_is_well_from_the_list_to_its_end(sit: Sit, staff: Staff, alarm: str) -> None:
    page = sit("priya")
    page.goto(WATCH)
    is_well(page)
    page.goto(f"{WATCH}{alarm}/")
    is_well(page)
    follow(page.get_by_role("button", name="Close it"))
    assert page.get_by_text("There is a problem").is_visible()
    is_well(page)
    page.check("[name=finding][value=spoken]")
    follow(page.get_by_role("button", name="Close it"))
    is_well(page)
    page.goto(f"{WATCH}{alarm}/")
    assert page.get_by_text("Closed by Priya R.").is_visible()
    is_well(page)


def test_who_is_near_is_well_with_and_without_a_form(sit: Sit, staff: Staff, quinn: None) -> None:
    page = sit("priya")
    page.goto(f"{WATCH}staff/")
    is_well(page)
    for who in ("dana", "priya"):
        page.goto(f"{WATCH}staff/{staff.accounts[who]}/")
        is_well(page)
    page.goto(f"{WATCH}staff/{staff.accounts['dana']}/")
    follow(page.get_by_role("button", name="Keep it"))
    is_well(page)


def filled(page: Page) -> None:
    """Fill in what an inquiry rests on."""
    for name, value in asked().items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]")
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_an_inquiry_is_well_from_its_asking_to_its_end(card: None, quinn: None, sit: Sit) -> None:
    page, second = sit("priya"), sit("quinn")
    page.goto(UNSEEN)
    is_well(page)
    follow(page.get_by_role("link", name="Ask for an inquiry"))
    is_well(page)
    follow(page.locator("main form.form button").last)
    is_well(page)
    filled(page)
    follow(page.locator("main form.form button").last)
    page.goto(UNSEEN)
    is_well(page)
    follow(page.locator("main .panel a:visible").first)
    is_well(page)
    second.goto(page.url)
    is_well(second)
    follow(second.get_by_role("button", name="Agree"))
    is_well(second)
    page.goto(second.url)
    follow(page.get_by_role("link", name="Open the record"))
    assert page.get_by_text("TOM ALVAREZ").first.is_visible()
    is_well(page)
    follow(second.get_by_role("button", name="End it now"))
    is_well(second)
    second.goto("/how-we-keep-it/kept-back/")
    is_well(second)


def test_each_place_of_the_office_is_two_keys_of_the_row_away(sit: Sit, quinn: None) -> None:
    page = sit("priya")
    page.goto("/privacy/")
    reached(page, "nav a[href='/privacy/watch/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WATCH}")
    reached(page, "nav a[href='/privacy/unseen/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{UNSEEN}")
    assert page.locator(".side-nav [aria-current=page]").inner_text() == "Openings kept back"
    bar = page.locator("header .nav ul")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert bar.bounding_box()["height"] < 100  # type: ignore[index]  # one row
