"""Each page opens one's own record once, names what it shows, and tells a stranger nothing at all."""

from uuid import uuid4

import pytest

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.world import World

CLAIMS = {"claims", "sensitive_claims"}
PAGES = {
    "/member/": {"coverage", "openings", "requests", "enrolment"} | CLAIMS,
    "/member/coverage/": {"coverage"},
    "/member/claims/": CLAIMS,
    "/member/privacy/": {"openings", "requests"},
    "/member/privacy/openings/": {"openings", "requests"},
    "/member/privacy/openings/?who=you": {"openings", "requests"},
    "/member/privacy/requests/": {"requests"},
    "/member/privacy/requests/ask/": set(),
    "/account/": set(),
}
OWN = ("/member/claims/{claim}/", "/member/privacy/openings/{claim}/", "/member/privacy/requests/{claim}/")
NUMBERED = ("/member/privacy/receipts/{entry}/", "/member/privacy/receipts/{entry}/wrong/")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_one_entry_that_names_what_it_shows_and_no_more(
    path: str, visit: Visit, world: World, house: Cluster
) -> None:
    browser, before = visit("maria"), book.last(house)
    assert browser.get(path).status_code == 200
    (entry,) = book.since(house, before)
    assert (entry.kind, entry.purpose, entry.own) == ("opened", "PATRQT", True)
    assert (entry.account, entry.subjects) == (world.accounts["maria"], [world.people["maria"]])
    assert set(entry.categories) == PAGES[path] | {"identity"}


def test_one_claim_is_one_entry_too(visit: Visit, world: World, house: Cluster) -> None:
    browser, before = visit("maria"), book.last(house)
    assert browser.get(f"/member/claims/{world.claims['paid']}/").status_code == 200
    (entry,) = book.since(house, before)
    assert set(entry.categories) == {"identity", *CLAIMS}


@pytest.mark.parametrize("name", ["tom", "stella", "many"])
def test_another_persons_claim_and_an_invented_one_are_the_same_nothing(name: str, visit: Visit, world: World) -> None:
    browser = visit(name)
    for path in OWN:
        real = browser.get(path.format(claim=world.claims["paid"]))
        invented = browser.get(path.format(claim=uuid4()))
        assert (real.status_code, invented.status_code) == (404, 404)
        assert real.content == invented.content
        assert real.headers == invented.headers


def test_another_persons_entry_and_an_invented_one_are_the_same_nothing(visit: Visit, house: Cluster) -> None:
    visit("maria").get("/member/coverage/")
    number = book.last(house)
    for path in NUMBERED:
        real, invented = (visit("stella").get(path.format(entry=n)) for n in (number, 10**12))
        assert (real.status_code, invented.status_code) == (404, 404)
        assert real.content == invented.content


def test_signed_out_there_is_only_the_way_in(visit: Visit, world: World) -> None:
    paths = [*PAGES, *(path.format(claim=world.claims["paid"]) for path in OWN), "/member/privacy/receipts/1/"]
    for path in paths:
        answer = visit("signed out").get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def test_a_secret_nobody_has_is_refused_and_the_refusal_is_written(visit: Visit, house: Cluster) -> None:
    browser, before = visit("signed out"), book.last(house)
    browser.cookies["umr_session"] = "invented"
    assert browser.get("/member/").headers["Location"] == "/sign-in/"
    assert [entry.kind for entry in book.since(house, before)] == ["refused"]


def test_whoever_has_not_accepted_the_terms_is_asked_for_them_first(visit: Visit, world: World, house: Cluster) -> None:
    account = world.accounts["fred"]
    book.administered(house, "delete from consent_acknowledgement where account_id = %s", account)
    answer = visit("fred").get("/member/claims/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/agree/")


def test_a_member_of_staff_has_no_record_here(visit: Visit, world: World, house: Cluster) -> None:
    browser = visit("uma")
    book.administered(
        house,
        "update accounts_session set person_id = null, role = 'representative' where account_id = %s",
        world.accounts["uma"],
    )
    answer = browser.get("/member/")
    book.administered(
        house,
        "update accounts_session set person_id = %s, role = 'member' where account_id = %s",
        world.people["uma"],
        world.accounts["uma"],
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_a_person_stands_in_an_address_or_a_title_or_is_kept_by_a_browser(path: str, visit: Visit) -> None:
    answer = visit("maria").get(path)
    page = answer.content.decode()
    addresses = [part.split('"')[0].casefold() for part in page.split('href="')[1:]]
    title = page.split("<title>")[1].split("</title>")[0].casefold()
    for word in ("maria", "alvarez", "m4410", "lakeside", "wi@"):
        assert word not in title
        assert not any(word in address for address in addresses)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999999", "9999", ""])
def test_a_page_that_is_none_is_not_there(asked: str, visit: Visit) -> None:
    for path in ("/member/claims/", "/member/privacy/openings/"):
        assert visit("maria").get(path, {"page": asked}).status_code == 404
    assert visit("maria").get("/member/privacy/openings/", {"who": "x"}).status_code == 404
