"""Whatever a member comes for is three clicks away at most, and every page says where it lies (U-29)."""

import re

import pytest

from tests.web.member.conftest import Visit
from wellkept.web.member import places

TASKS = (
    "/member/claims/",
    "/member/coverage/",
    "/member/totals/",
    "/member/card/",
    "/member/care/",
    "/member/documents/",
    "/member/news/",
    "/member/news/how/",
    "/member/family/",
    "/member/family/sharing/",
    "/member/submit/",
    "/member/changes/",
    "/member/other-insurance/",
    "/member/contact/",
    "/member/privacy/",
    "/member/privacy/openings/",
    "/member/privacy/requests/",
    "/member/privacy/joined/",
    "/account/",
)
CURRENT = {
    "/member/": "/member/",
    "/member/news/": "/member/",
    "/member/news/how/": "/member/",
    "/member/totals/": "/member/coverage/",
    "/member/card/": "/member/coverage/",
    "/member/care/": "/member/coverage/",
    "/member/documents/": "/member/coverage/",
    "/member/family/sharing/": "/member/family/",
    "/member/contact/": "/member/submit/",
    "/member/changes/": "/member/submit/",
    "/member/privacy/joined/": "/member/privacy/",
}
CARD = "/member/card/"


def links(html: str) -> set[str]:
    """The addresses of the door, and of the account, that a page links."""
    return set(re.findall(r'href="(/(?:member|account)/[^"?#]*)"', html))


def reached(visit: Visit) -> set[str]:
    """What two pages away from the first one is linked, which is three clicks."""
    browser = visit("maria")
    seen, edge = {"/member/"}, {"/member/"}
    for _click in range(2):
        found = set[str]().union(
            *(links(browser.get(path).content.decode()) for path in edge if path in (*TASKS, "/member/"))
        )
        edge = found - seen
        seen |= found
    return seen


def test_every_task_is_two_clicks_from_the_first_page_of_a_desk(visit: Visit) -> None:
    assert set(TASKS) <= reached(visit)


def test_every_task_but_the_card_is_two_clicks_from_the_first_page_of_a_record(visit_record: Visit) -> None:
    assert set(TASKS) - {CARD} <= reached(visit_record)


@pytest.mark.parametrize("path", CURRENT)
def test_a_page_marks_the_one_part_of_the_portal_it_lies_in(path: str, visit: Visit) -> None:
    html = visit("maria").get(path).content.decode()
    main = html[html.index('<nav class="nav"') : html.index("</header>")]
    assert re.findall(r'href="([^"]+)" aria-current', main) == [CURRENT[path]]


@pytest.mark.parametrize("path", [path for path in CURRENT if path != "/member/"])
def test_a_page_beneath_marks_its_own_place_too(path: str, visit: Visit) -> None:
    html = visit("maria").get(path).content.decode()
    row = html[html.index('<nav class="side-nav"') : html.index("<h1")]
    assert re.findall(r'href="([^"]+)" aria-current="page"', row) == [path]


def test_the_first_level_stays_short(visit: Visit) -> None:
    visit("maria")
    assert len(places.navigation()) <= 6


def test_a_page_that_stands_open_offers_the_way_back_and_no_second_sign_in(visit: Visit) -> None:
    browser = visit("maria")
    html = browser.get("/help/").content.decode()
    assert 'href="/register/"' not in html[html.index('<nav class="nav"') : html.index("</header>")]
    assert "Your pages" in html
    assert browser.get("/sign-in/", follow=True).redirect_chain[-1] == ("/member/", 302)
