"""The card, the year, the explanation and what can be ended, in a real browser: faultless in both languages."""

import pytest
from playwright.sync_api import Page

from tests.web.desk.conftest import Call
from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import Sit, browser, is_well, sit  # noqa: F401  (two fixtures)
from tests.web.desk.test_choices import Given, given  # noqa: F401  (a fixture)
from tests.web.going import follow


def looked_at(page: Page, address: str) -> None:
    """The page at an address is well in English and in Spanish."""
    for language in ("", "/es"):
        answer = page.goto(language + address)
        assert answer
        assert answer.status == 200, language + address
        is_well(page)


@pytest.fixture
def address(request: pytest.FixtureRequest, call: Call) -> str:
    """A call about what the test says, begun before the browser is: beside its loop this thread may ask no database."""
    return call(request.param)


@pytest.mark.parametrize("address", ["claim"], indirect=True)
def test_the_card_the_year_and_an_explanation_are_well(address: str, staff: Staff, sit: Sit) -> None:  # noqa: F811  (the fixture)
    page, claim = sit("dana"), f"claims/{staff.world.claims['part']}/"
    page.goto(address)
    follow(page.get_by_role("link", name="Show the ID card"))
    assert page.locator(".id-card").count() == 2
    page.goto(address)
    follow(page.get_by_role("link", name="The year so far"))
    assert page.get_by_text("Name no sum as final").is_visible()
    page.goto(address + claim)
    follow(page.get_by_role("link", name="The explanation of benefits"))
    assert page.get_by_text("This is not a bill").is_visible()
    for place in ("", "card/", "totals/", claim, f"{claim}explanation/"):
        looked_at(page, address + place)


@pytest.mark.parametrize("address", ["choices"], indirect=True)
def test_ending_on_the_phone_is_well_with_something_to_end_and_without(address: str, given: Given, sit: Sit) -> None:  # noqa: F811  (the fixtures)
    page = sit("dana")
    page.goto(address)
    follow(page.get_by_role("link", name="See what can be ended"))
    for place in ("", "choices/", f"choices/{given.helper}/end/"):
        looked_at(page, address + place)
    page.goto(f"{address}choices/")
    for _each in range(3):
        follow(page.get_by_role("link", name="End it").first)
        follow(page.get_by_role("button", name="End it now"))
    assert page.get_by_text("Nothing to end").is_visible()
    is_well(page)
