"""A call: what it opens, to whom, how long, and what the person reads of it."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.web.desk.conftest import MARIA, Call, Visit
from tests.web.desk.staff import Staff
from wellkept.service.values import ABOUT, shown

SENTENCE = "Nothing is open here. A record opens to the one who answers a call, while the call goes on."
CARE = "LAKESIDE FAMILY CLINIC"


def claim_of(staff: Staff, address: str, name: str) -> str:
    return f"{address}claims/{staff.world.claims[name]}/"


def told(page: str) -> str:
    """What a page says, without the frame around it and the notice for whoever has not read the policy yet."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main
    return re.sub(
        r'<section class="notice" aria-labelledby="policy-unread">.*?</section>', "", main[0], flags=re.DOTALL
    )


def test_before_the_caller_is_verified_the_identity_alone_opens(visit: Visit, staff: Staff, call: Call) -> None:
    address = call(verified=False)
    before = staff.newest()
    page = visit("dana").get(address)
    assert page.status_code == 200
    assert "Verify the caller first" in page.text
    assert "MARIA ALVAREZ" in page.text
    assert CARE not in page.text
    (entry,) = staff.entries("dana", before)
    assert (entry["kind"], entry["categories"]) == ("opened", ["identity"])
    assert visit("dana").get(claim_of(staff, address, "paid")).status_code == 403


@pytest.mark.parametrize("about", sorted(ABOUT))
def test_a_call_opens_what_its_reason_needs_in_one_entry(visit: Visit, staff: Staff, call: Call, about: str) -> None:
    address = call(about)
    before = staff.newest()
    page = visit("dana").get(address)
    assert page.status_code == 200
    (entry,) = staff.entries("dana", before)
    assert entry["kind"] == "opened"
    assert sorted(entry["categories"]) == sorted(str(one) for one in shown(about))
    assert entry["purpose"] == ABOUT[about][1].value
    assert str(entry["occasion"]) == address.split("/")[3]
    assert entry["subjects"] == [staff.world.people["maria"]]
    assert (CARE in page.text) == ("claims" in entry["categories"])
    # Whoever calls about the list is taken off it; where they are reached stays out of the page.
    shows = "contact" in entry["categories"] and about != "list"
    assert ("Address and telephone" in page.text) == shows
    assert ("1 INVENTED STREET" in page.text) == shows
    assert ("Covered" in page.text) == ("coverage" in entry["categories"])


def test_a_claim_has_the_figures_that_the_member_sees(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    for name in ("paid", "part", "denied", "codes"):
        before = staff.newest()
        page = visit("dana").get(claim_of(staff, address, name)).text
        (entry,) = staff.entries("dana", before)
        assert entry["categories"] == ["claims"]
        member = visit("maria").get(f"/member/claims/{staff.world.claims[name]}/").text
        sums = re.search(r'<ul class="sum">.*?</ul>', page, re.DOTALL)
        assert sums
        for figure in re.findall(r"\$[\d,.]+\d", sums[0]):
            assert figure in member, name


def test_sensitive_care_is_neither_shown_nor_hinted_at(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    page = visit("dana").get(address).text
    assert str(staff.world.claims["sensitive"]) not in page
    assert "whether or not there are any" in page
    hidden = visit("dana").get(claim_of(staff, address, "sensitive"))
    nothing = visit("dana").get(f"{address}claims/{uuid4()}/")
    somebody_s = visit("dana").get(claim_of(staff, address, "tom"))
    assert {hidden.status_code, nothing.status_code, somebody_s.status_code} == {404}
    assert told(hidden.text) == told(nothing.text) == told(somebody_s.text)


def test_a_call_about_coverage_opens_no_claim(visit: Visit, staff: Staff, call: Call) -> None:
    assert visit("dana").get(claim_of(staff, call("coverage"), "paid")).status_code == 403


def test_nothing_opens_after_the_call_has_ended(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    dana = visit("dana")
    assert staff.post(dana, f"{address}end/").headers["Location"] == "/desk/"
    for place in ("", "verified/", "end/", f"claims/{staff.world.claims['paid']}/"):
        page = dana.get(address + place)
        assert (page.status_code, SENTENCE in page.text) == (403, True), place
    assert staff.post(dana, f"{address}verified/").status_code == 403


def test_everybody_who_is_not_on_the_call_reads_the_same_words(visit: Visit, staff: Staff, call: Call) -> None:
    ended = call()
    staff.post(visit("dana"), f"{ended}end/")
    address = call()
    claim = f"claims/{staff.world.claims['paid']}/"
    pages = [
        visit(who).get(where)
        for who, at in (("paul", address), ("nora", address), ("priya", address), ("maria", address), ("dana", ended))
        for where in (at, at + claim, f"/desk/calls/{uuid4()}/")
    ]
    assert {page.status_code for page in pages} == {403}
    assert len({told(page.text) for page in pages}) == 1
    assert SENTENCE in pages[0].text


@pytest.mark.parametrize("who", ["maria", "nora", "priya"])
@pytest.mark.parametrize("place", ["/desk/", "/desk/find/"])
def test_the_desk_is_for_representatives(visit: Visit, staff: Staff, who: str, place: str) -> None:
    before = staff.newest()
    assert SENTENCE in visit(who).get(place).text
    page = staff.post(visit(who), place, **MARIA)
    assert (page.status_code, SENTENCE in page.text) == (403, True)
    assert staff.entries(who, before) == []


@pytest.mark.parametrize("place", ["/desk/", "/desk/find/", "", "verified/", "end/", "claims/{}/"])
def test_a_stranger_is_sent_to_sign_in(visit: Visit, staff: Staff, call: Call, place: str) -> None:
    address = place if place.startswith("/") else call() + place.replace("{}", str(uuid4()))
    for page in (visit("a stranger").get(address), staff.post(visit("a stranger"), address, **MARIA)):
        assert (page.status_code, page.headers.get("Location")) == (302, "/sign-in/")


def test_nobody_ends_or_verifies_the_call_of_somebody_else(visit: Visit, staff: Staff, call: Call) -> None:
    address = call(verified=False)
    for who in ("paul", "maria", "nora"):
        for verb in ("end/", "verified/"):
            assert staff.post(visit(who), address + verb).status_code == 403
    page = visit("dana").get(address)
    assert "Verify the caller first" in page.text


def test_whoever_begins_a_call_ends_the_one_before(visit: Visit, call: Call) -> None:
    first, second = call(), call("coverage")
    assert visit("dana").get(first).status_code == 403
    assert visit("dana").get(second).status_code == 200


def test_home_names_the_caller_of_the_open_call_alone(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    before = staff.newest()
    page = visit("dana").get("/desk/").text
    assert "MARIA ALVAREZ" in page
    (entry,) = staff.entries("dana", before)
    assert (entry["categories"], entry["subjects"]) == (["identity"], [staff.world.people["maria"]])
    staff.post(visit("dana"), f"{address}end/")
    before = staff.newest()
    page = visit("dana").get("/desk/").text
    assert "MARIA" not in page
    assert re.search(r"Call at \d+:\d\d [ap]m about a claim", page)
    assert staff.entries("dana", before) == []


def test_the_member_reads_who_opened_what_and_why(visit: Visit, staff: Staff, call: Call) -> None:
    visit("dana").get(call("bill"))
    page = re.sub(r"</?strong>", "", visit("maria").get("/member/privacy/openings/").text)
    assert "to answer your call about a bill you got" in page
    assert re.search(r"Dana R., customer service, opened your [^.]*claims", page)
    assert "noted that you answered what we ask every caller" in page


def test_what_a_person_has_had_restricted_stays_closed_and_is_said(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    person = staff.world.people["maria"]
    staff.ask(
        "insert into consent_restriction (id, person_id, category, collected_under, restricted, role, opens, since)"
        " values (gen_random_uuid(), %s, 'identity', '2026-11-01', false, 'representative', 'claims', now())",
        [person],
    )
    try:
        page = visit("dana").get(address)
        refused = visit("dana").get(claim_of(staff, address, "paid"))
    finally:
        staff.ask("delete from consent_restriction where person_id = %s", [person])
    assert (page.status_code, "Part of this is restricted" in page.text, CARE in page.text) == (200, True, False)
    assert (refused.status_code, CARE in refused.text) == (403, False)


def test_a_call_goes_on_in_a_spent_hour(visit: Visit, staff: Staff, call: Call) -> None:
    address = call(who="paul")
    hour = "account = %s and hour = date_trunc('hour', now())"
    staff.ask(f"update access_spent_count set people = 60 where {hour}", [staff.accounts["paul"]])
    page = visit("paul").get(address)
    staff.ask(f"update access_spent_count set people = 1 where {hour}", [staff.accounts["paul"]])
    assert (page.status_code, CARE in page.text) == (200, True)


def test_no_title_and_no_address_of_the_desk_names_anybody(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    dana: Client = visit("dana")
    for place in ("/desk/", "/desk/find/", address, claim_of(staff, address, "paid")):
        page = dana.get(place).text
        title = re.search(r"<title>(.*?)</title>", page)
        assert title
        assert "ALVAREZ" not in title[1].upper()
        for link in re.findall(r'(?:href|action)="(/[^"]*)"', page):
            assert not re.search(r"maria|alvarez|m4410|1984", link, re.IGNORECASE), link


def test_a_page_of_claims_that_makes_no_sense_is_the_first(visit: Visit, call: Call) -> None:
    address = call()
    for page in ("0", "-1", "9" * 50, "x", "²"):
        assert visit("dana").get(address, {"page": page}).status_code == 200


def test_a_call_is_a_number_that_nobody_can_guess(call: Call) -> None:
    assert UUID(call().split("/")[3]).version == 4
