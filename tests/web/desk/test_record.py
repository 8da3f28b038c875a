"""The card, the year and the explanation of benefits on a call: what the member has, to whom, and what stays closed."""

import re
from uuid import uuid4

import pytest

from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_calls import SENTENCE, told

PLACES = ("card/", "totals/", "claims/{claim}/explanation/")
OPENS = {
    "card/": ["coverage", "identity"],
    "totals/": ["claims", "coverage"],
    "claims/{claim}/explanation/": ["claims", "identity"],
}
BALANCE = (
    "insert into benefits_balance (id, person_id, category, plan_id, collected_under, restricted, name, network,"
    " year_begins, kind, scope, amount, as_of, source, told) select gen_random_uuid(), p.person_id, 'claims',"
    " p.plan_id, 'x', true, '', 'in', date_trunc('year', access_day(now())), 'deductible', s, 77.31,"
    " access_day(now()), 'told', ''"
    " from people_person p, unnest('{person,family}'::text[]) s where p.person_id = %s"
)


def at(staff: Staff, address: str, place: str, claim: str = "paid") -> str:
    return address + place.format(claim=staff.world.claims[claim])


@pytest.mark.parametrize("place", PLACES)
def test_each_is_opened_by_name_on_the_call_and_entered_with_it(
    visit: Visit, staff: Staff, call: Call, place: str
) -> None:
    address = call()
    before = staff.newest()
    page = visit("dana").get(at(staff, address, place))
    assert page.status_code == 200
    (entry,) = staff.entries("dana", before)
    assert (entry["kind"], sorted(entry["categories"])) == ("opened", OPENS[place])
    assert str(entry["occasion"]) == address.split("/")[3]
    assert entry["subjects"] == [staff.world.people["maria"]]
    assert entry["purpose"] == "HPAYMT"


@pytest.mark.parametrize("place", PLACES)
def test_nobody_opens_one_without_a_verified_call_of_their_own(
    visit: Visit, staff: Staff, call: Call, place: str
) -> None:
    address = call()
    stranger = visit("a stranger").get(at(staff, address, place))
    assert (stranger.status_code, stranger.headers["Location"]) == (302, "/sign-in/")
    early = call(verified=False)
    before = {who: staff.newest() for who in ("dana", "paul", "nora", "priya", "maria", "tom")}
    pages = [visit(who).get(at(staff, early, place)) for who in before]
    pages += [
        visit("dana").get(at(staff, address, place)),
        visit("dana").get(at(staff, f"/desk/calls/{uuid4()}/", place)),
    ]
    assert {page.status_code for page in pages} == {403}
    assert all(SENTENCE in page.text for page in pages)
    assert len({told(page.text) for page in pages}) == 1
    assert [entry for who, newest in before.items() for entry in staff.entries(who, newest)] == []


@pytest.mark.parametrize(
    ("about", "open_"),
    [
        ("coverage", {"card/"}),
        ("card", {"card/"}),
        ("address", set()),
        ("list", set()),
        ("letter", set()),
        ("bill", set(PLACES)),
        ("other", set(PLACES)),
    ],
)
def test_the_reason_of_the_call_decides_which_open(
    visit: Visit, staff: Staff, call: Call, about: str, open_: set[str]
) -> None:
    address = call(about)
    opened = {place for place in PLACES if visit("dana").get(at(staff, address, place)).status_code == 200}
    assert opened == open_
    page = visit("dana").get(address).text
    assert {place for place in PLACES[:2] if f'href="{address}{place}"' in page} == open_ & set(PLACES[:2])


def test_a_call_opens_the_papers_of_its_own_person_alone(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    for name in ("sensitive", "tom"):
        page = visit("dana").get(at(staff, address, PLACES[2], name))
        assert page.status_code == 404, name
    nothing = visit("dana").get(f"{address}claims/{uuid4()}/explanation/")
    assert told(page.text) == told(nothing.text)


def test_the_card_is_the_member_s(visit: Visit, staff: Staff, call: Call) -> None:
    page = visit("dana").get(f"{call('card')}card/").text
    member = visit("maria").get("/member/card/").text
    mine, theirs = (re.search(r'<section class="id-card".*?</section>', text, re.DOTALL) for text in (page, member))
    assert mine
    assert theirs
    assert mine[0] == theirs[0]
    assert "Save as PDF" not in page


def test_the_explanation_says_what_the_member_reads(visit: Visit, staff: Staff, call: Call) -> None:
    address = call()
    for name in ("paid", "part", "denied"):
        page = visit("dana").get(at(staff, address, PLACES[2], name)).text
        member = visit("maria").get(f"/member/claims/{staff.world.claims[name]}/explanation/").text
        body = r'<div class="columns half">.*?(?=<section class="panel[^"]*"><h2>(?:On paper|While the call lasts))'
        mine, theirs = (re.search(body, text, re.DOTALL) for text in (page, member))
        assert mine, name
        assert theirs, name
        assert mine[0].strip() == theirs[0].strip(), name
        assert (
            f'href="{at(staff, address, PLACES[2], name)}"'
            in visit("dana").get(f"{address}claims/{staff.world.claims[name]}/").text
        )


def test_the_year_counts_what_opens_here_and_no_sum_that_holds_more(visit: Visit, staff: Staff, call: Call) -> None:
    maria = staff.world.people["maria"]
    staff.ask(BALANCE, [maria])
    try:
        page = visit("dana").get(f"{call()}totals/").text
        member = visit("maria").get("/member/totals/").text
    finally:
        staff.ask("delete from benefits_balance where person_id = %s and amount = 77.31", [maria])
    assert "$77.31" in member
    assert "$77.31" not in page
    assert "Name no sum as final" in page
    assert str(staff.world.claims["sensitive"]) not in page


def test_what_a_person_has_had_restricted_stays_closed(visit: Visit, staff: Staff, call: Call) -> None:
    address, person = call(), staff.world.people["maria"]
    staff.ask(
        "insert into consent_restriction (id, person_id, category, collected_under, restricted, role, opens, since)"
        " values (gen_random_uuid(), %s, 'identity', 'x', false, 'representative', 'claims', now())",
        [person],
    )
    try:
        codes = {place: visit("dana").get(at(staff, address, place)).status_code for place in PLACES}
    finally:
        staff.ask("delete from consent_restriction where person_id = %s and collected_under = 'x'", [person])
    assert codes == {"card/": 200, "totals/": 403, "claims/{claim}/explanation/": 403}


def test_the_member_reads_that_the_card_was_looked_at(visit: Visit, staff: Staff, call: Call) -> None:
    visit("dana").get(f"{call('card')}card/")
    page = re.sub(r"</?strong>", "", visit("maria").get("/member/privacy/openings/").text)
    assert re.search(r"Dana R., customer service, opened your [^.]*coverage", page)
