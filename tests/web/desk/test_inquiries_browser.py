"""Writing to us, and the desk that answers, in a real browser: faultless by axe, narrow and wide."""

import re
from collections.abc import Iterator

import pytest

from tests.cluster import Cluster
from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import Sit, browser, sit  # noqa: F401  (fixtures)
from tests.web.desk.test_telling_browser import Looked
from tests.web.going import follow

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def nobody_waits(house: Cluster) -> Iterator[None]:
    yield
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.inquiries_inquiry")
        connection.execute("delete from wellkept.procrastinate_jobs where task_name = 'inquiries.discard'")


def test_a_question_and_a_wish_for_papers_from_the_first_page_to_their_end(sit: Sit, staff: Staff) -> None:  # noqa: F811  (the fixture)
    stranger, dana, looked = sit("paul"), sit("dana"), Looked()
    stranger.context.clear_cookies()
    stranger.goto("/contact/")
    follow(stranger.get_by_role("link", name="Ask us something"))
    looked.at(stranger, "write")
    follow(stranger.get_by_role("button", name="Send my question"))
    looked.at(stranger, "write-errors")
    stranger.get_by_label("Your question").fill("Does the plan pay for glasses?")
    stranger.get_by_label("Your name").fill("Ida Canary")
    stranger.get_by_label("Call me").check()
    stranger.get_by_label("Telephone").fill("(608) 555-0142")
    follow(stranger.get_by_role("button", name="Send my question"))
    assert stranger.url.endswith("/contact/sent/")
    looked.at(stranger, "sent")
    stranger.goto("/contact/papers/")
    looked.at(stranger, "papers")
    stranger.get_by_role("checkbox", name="Our privacy policy").check()
    for label, text in (
        ("Your name", "Ida Canary"),
        ("Street and number", "12 Canary Lane"),
        ("City", "Madison"),
        ("State", "WI"),
        ("ZIP code", "53703"),
    ):
        stranger.get_by_label(label).fill(text)
    follow(stranger.get_by_role("button", name="Post them to me"))
    dana.goto("/desk/inquiries/")
    looked.at(dana, "inquiries")
    follow(dana.get_by_role("button", name=re.compile("Take it.*Papers by post")))
    looked.at(dana, "inquiry-papers")
    follow(dana.get_by_role("button", name="Make the letter"))
    looked.at(dana, "inquiry-letter-error")
    dana.goto("/desk/inquiries/")
    follow(dana.get_by_role("button", name=re.compile("Take it.*What a plan covers")))
    looked.at(dana, "inquiry")
    dana.get_by_label("I answered by telephone").check()
    follow(dana.get_by_role("button", name="End it and destroy it"))
    looked.at(dana, "inquiries-mine")
    assert looked.found == []
    assert staff.ask("select count(*) from inquiries_inquiry where state = 'done'") == [(1,)]


def test_the_page_that_explains_one_decision_is_well(sit: Sit) -> None:  # noqa: F811  (the fixture)
    priya, looked = sit("priya"), Looked()
    priya.goto("/privacy/why/")
    follow(priya.get_by_role("link", name="Ask of one account and one person"))
    looked.at(priya, "why-one")
    follow(priya.get_by_role("button", name="Ask the gate"))
    looked.at(priya, "why-one-errors")
    priya.get_by_label("Sign-in name of the account").fill("nobody here")
    priya.get_by_label("Member number of the person").fill("M-4410")
    for part, value in (("Month", "5"), ("Day", "21"), ("Year", "1984")):
        priya.get_by_label(part, exact=True).fill(value)
    priya.get_by_label("Opens").select_option("claims")
    follow(priya.get_by_role("button", name="Ask the gate"))
    looked.at(priya, "why-one-told")
    assert looked.found == []
