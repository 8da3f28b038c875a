"""P-17: whoever says on the phone that they want no more publications is off the list at once; they read who did it."""

import re
from collections.abc import Iterator

import pytest

from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff


@pytest.fixture(autouse=True)
def listed(staff: Staff, visit: Visit) -> Iterator[None]:
    """Maria is on the list."""
    staff.ask("delete from notices_subscription")
    maria = visit("maria")
    assert staff.post(maria, "/account/reach/", act="list", publications="on").status_code == 302
    yield
    staff.ask("delete from notices_subscription")


def standing(staff: Staff) -> list[tuple[bool, bool]]:
    return staff.ask("select joined_at is not null, left_at is not null from notices_subscription")


@pytest.mark.parametrize("about", ["list", "address"])
def test_a_verified_caller_is_off_the_list_at_once_and_reads_who_did_it(
    visit: Visit, staff: Staff, call: Call, about: str
) -> None:
    address = call(about)
    assert f"{address}publications/" in visit("dana").get(address).text
    page = visit("dana").get(f"{address}publications/").text
    assert "The caller is on the list" in page
    before = staff.newest()
    assert staff.post(visit("dana"), f"{address}publications/").status_code == 302
    assert standing(staff) == [(True, True)]
    kinds = [(one["kind"], sorted(one["categories"])) for one in staff.entries("dana", before)]
    assert kinds == [("opened", ["contact", "identity"]), ("changed", ["contact"])]
    assert "Only they can put themselves on it again" in visit("dana").get(f"{address}publications/").text
    seen = re.sub("<[^>]+>", "", visit("maria").get("/member/privacy/openings/").text)
    assert "customer service, changed your address and phone to answer your call about" in seen
    assert "You are off the list since" in visit("maria").get("/account/reach/").text
    events = staff.ask(
        "select kind from accounts_event e join accounts_account a on a.id = e.account_id where a.holder = %s"
        " and kind = 'publication list left' and at > now() - interval '1 minute'",
        [staff.world.people["maria"]],
    )
    assert events


def test_nobody_is_put_on_the_list_from_the_desk(visit: Visit, staff: Staff, call: Call) -> None:
    address = call("list")
    for _twice in range(2):
        staff.post(visit("dana"), f"{address}publications/", publications="on", on="yes")
    assert standing(staff) == [(True, True)]


def test_an_unverified_caller_changes_nothing(visit: Visit, staff: Staff, call: Call) -> None:
    address = call("list", verified=False)
    assert staff.post(visit("dana"), f"{address}publications/").status_code == 403
    assert standing(staff) == [(True, False)]


@pytest.mark.parametrize("about", ["claim", "coverage", "card", "bill", "other"])
def test_a_call_about_something_else_leaves_the_list(visit: Visit, staff: Staff, call: Call, about: str) -> None:
    address = call(about)
    assert "publications/" not in visit("dana").get(address).text.partition("<main")[2].partition("</main>")[0]
    assert staff.post(visit("dana"), f"{address}publications/").status_code == 403
    assert standing(staff) == [(True, False)]


def test_a_call_about_the_list_shows_and_changes_no_address(visit: Visit, staff: Staff, call: Call) -> None:
    address = call("list")
    assert "INVENTED STREET" not in visit("dana").get(address).text
    assert visit("dana").get(f"{address}contact/").status_code == 403


def test_another_s_call_is_nobody_else_s(visit: Visit, staff: Staff, call: Call) -> None:
    address = call("list")
    assert staff.post(visit("paul"), f"{address}publications/").status_code == 403
    assert staff.post(visit("maria"), f"{address}publications/").status_code == 403
    assert standing(staff) == [(True, False)]
