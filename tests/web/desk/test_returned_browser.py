"""Returned mail in a real browser: the desk's page, the case, the question; and four digits on a call."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.accounts.asking import forget
from tests.cluster import Cluster
from tests.notices.writing import write
from tests.web.desk.conftest import Call
from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import Sit, browser, is_well, sit  # noqa: F401  (fixtures)
from tests.web.desk.test_returned import posted
from tests.web.going import follow

pytestmark = [pytest.mark.database, pytest.mark.browser]
CASE = "select id from service_case where kind = 'address' and closed_at is null and person_id = %s"


@pytest.fixture
def letter(house: Cluster, staff: Staff, tmp_path: Path, django: None) -> Iterator[str]:
    """The reference of a letter to Tom that went out; another one waits."""
    forget(house)
    _letter, reference = posted(house, staff, tmp_path)
    write(house, staff.world.people["tom"])
    yield reference
    forget(house)
    staff.ask("delete from service_casestep where case_id in (select id from service_case where kind = 'address')")
    staff.ask("delete from service_case where kind = 'address'")


def typed(page: Page, references: str) -> None:
    page.goto("/desk/returned/")
    page.fill("[name=references]", references)
    follow(page.get_by_role("button", name="Note them"))


@pytest.mark.usefixtures("a_short_list")
def test_a_letter_that_came_back_is_well_in_every_state(letter: str, sit: Sit, staff: Staff) -> None:  # noqa: F811  (a fixture)
    page = sit("dana")
    page.goto("/desk/returned/")
    is_well(page)
    typed(page, "nonsense")
    is_well(page)
    typed(page, f"{letter}\nR-00000000")
    is_well(page)
    page.goto("/desk/cases/")
    is_well(page)
    ((case,),) = staff.ask(CASE, [staff.world.people["tom"]])
    follow(page.locator(f"form[action='/desk/cases/{case}/take/'] button"))
    assert page.get_by_text("How to reach them").is_visible()
    is_well(page)
    page = sit("tom")
    page.goto("/member/")
    is_well(page)
    follow(page.get_by_role("link", name="Look at it"))
    is_well(page)
    follow(page.get_by_role("button", name="Yes, it is right"))
    assert not page.get_by_text("A letter to you came back").is_visible()


@pytest.fixture
def at(call: Call) -> str:
    """A call about an address with Maria, begun before there is a browser."""
    return call("address")


def test_the_four_digits_are_well(at: str, sit: Sit) -> None:  # noqa: F811  (a fixture)
    page = sit("dana")
    page.goto(at)
    is_well(page)
    follow(page.get_by_role("link", name="Compare the social security number"))
    is_well(page)
