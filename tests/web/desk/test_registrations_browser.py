"""Requests that stand on no list, in a real browser: faultless by axe, narrow and wide, and by keyboard alone."""

from datetime import date
from uuid import UUID

import pytest

from tests.accounts.asking import answer_all, forget, rows
from tests.accounts.rostered import listed
from tests.cluster import Cluster
from tests.web.desk.test_browser import Sit, browser, sit  # noqa: F401  (fixtures)
from tests.web.desk.test_telling_browser import Looked
from tests.web.going import follow
from tests.web.keyboard import reached
from wellkept.accounts import actions

pytestmark = pytest.mark.browser


@pytest.fixture
def requests(house: Cluster, django: None) -> str:
    """An office that mistyped its number, and a member with another group; returns the name of the office."""
    forget(house)
    office = listed(house)
    told = {"name": "Ana Ortiz", "organisation": office.name, "street": "12 Mill Road", "city": "Wausau", "state": "WI"}
    numbers = {"zip_code": "54403", "npi": "1999941010", "tax_number": "4567", "email": "ana@example.org"}
    actions.ask(audience="provider", roster=bytes(16), born=date(1979, 2, 3), told=told | numbers)
    actions.ask_for_code(member="M-4410", group="G-9", name="Maria Alvarez", born=date(1984, 5, 21))
    answer_all(house)
    return office.name


def of(house: Cluster, audience: str) -> str:
    ((found,),) = rows(house, "select id from accounts_registration where audience = %s", audience)
    assert isinstance(found, UUID)
    return f"/desk/registrations/{found}/"


def test_every_page_of_a_request_is_well(requests: str, sit: Sit, house: Cluster) -> None:  # noqa: F811  (the fixture)
    page, looked = sit("paul"), Looked()
    page.goto("/desk/registrations/")
    looked.at(page, "registrations")
    page.goto(of(house, "member"))
    looked.at(page, "registration-member")
    follow(page.get_by_role("button", name="Search the list"))
    looked.at(page, "registration-member-found")
    page.goto(of(house, "provider"))
    looked.at(page, "registration-office")
    page.fill("[name=words]", "")
    follow(page.get_by_role("button", name="Search the list"))
    looked.at(page, "registration-office-error")
    page.fill("[name=words]", "zzz")
    follow(page.get_by_role("button", name="Search the list"))
    looked.at(page, "registration-office-nobody")
    page.goto(of(house, "member"))
    page.check("[name=reason][value='not a real request']")
    follow(page.get_by_role("button", name="End this request"))
    assert looked.found == []
    assert requests


def test_a_keyboard_is_enough_to_choose_an_office(requests: str, sit: Sit, house: Cluster) -> None:  # noqa: F811  (the fixture)
    page = sit("paul")
    page.goto("/desk/registrations/")
    page.locator("h1").click()
    reached(page, f'[href="{of(house, "provider")}"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reached(page, "[name=meant]")
    page.keyboard.press("Space")
    assert page.get_by_label(requests).is_checked()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/desk/registrations/")
    assert rows(house, "select state from accounts_registration where audience = 'provider'") == [("chosen",)]
