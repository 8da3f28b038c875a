"""One page tells the holder of an account how it is used, and lets them end it (U-30, U-37, U-41)."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from tests.accounts.people import ask, change
from tests.cluster import Cluster
from tests.web.account.holders import HOME, Holder, doubted, may_sign_in, member, noted, of_role
from tests.web.entrance.conftest import Browser, browser  # noqa: F401  (a fixture)
from wellkept.accounts import events

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("browser")]
ENDS = re.compile(r"/account/sessions/([0-9a-f-]{36})/end/")


def test_a_stranger_is_sent_to_sign_in(browser: Browser) -> None:  # noqa: F811
    client = browser()
    number = uuid4()
    for path in (HOME, f"/account/not-me/{number}/", f"/account/sessions/{number}/end/", "/account/sessions/end/"):
        for answer in (client.get(path), client.post(path)):
            assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def test_it_answers_first_how_and_when_and_whether_anything_is_unusual(house: Cluster) -> None:
    holder = member(house)
    page = holder.get()
    assert page.index("How you signed in") < page.index("Where you are signed in") < page.index('id="happened"')
    assert "password, in Firefox" in " ".join(page.split())
    assert "None that we list" in page
    assert "Worth a look" not in page
    there = holder.again()
    assert "None that we list" not in there.get()


def test_a_failed_sign_in_is_worth_a_look(house: Cluster) -> None:
    holder = member(house)
    assert not may_sign_in(holder.card, "a quite different pass phrase")
    page = holder.get()
    assert page.index("Worth a look") < page.index("Somebody tried to sign in and failed.")


def test_no_page_of_it_shows_an_address_or_a_user_agent(house: Cluster) -> None:
    holder = member(house)
    page = holder.get()
    assert "127.0.0.1" not in page
    assert "Mozilla" not in page
    kept = ask(house, "select e.*::text from wellkept.accounts_event e order by at desc limit 200")
    assert not [row for row in kept if "127.0.0.1" in str(row) or "Mozilla" in str(row)]


def test_its_owner_alone_sees_it(house: Cluster) -> None:
    holder, other = member(house), member(house)
    mine, theirs = set(doubted(holder.get())), set(doubted(other.get()))
    assert mine
    assert not mine & theirs
    for number in mine:
        assert other.client.get(f"/account/not-me/{number}/").status_code == 404
        assert other.post(f"/account/not-me/{number}/").status_code == 404
    assert holder.works()


def test_one_sign_in_is_ended_and_the_others_at_once(house: Cluster) -> None:
    holder = member(house)
    one, two, three = holder.again(), holder.again(), holder.again()
    newest = ENDS.findall(holder.get())[0]
    assert member(house).post(f"/account/sessions/{newest}/end/").status_code == 302
    assert three.works(), "a stranger's order ended it"
    holder.client.get(f"/account/sessions/{newest}/end/")
    assert three.works(), "a mere look ended it"
    holder.post(f"/account/sessions/{newest}/end/")
    assert not three.works()
    assert holder.post("/account/sessions/end/").status_code == 302
    assert holder.works()
    assert not one.works()
    assert not two.works()
    assert noted(house, holder.card)[-3:] == ["session ended"] * 3
    assert "End all but this one" not in holder.get()


def test_signing_out_is_noted_once(house: Cluster) -> None:
    holder = member(house)
    holder.post("/sign-out/")
    assert noted(house, holder.card).count("signed out") == 1
    holder.client.post("/sign-out/")
    assert noted(house, holder.card).count("signed out") == 1


def test_the_list_is_narrowed_and_paged_the_newest_first(house: Cluster) -> None:
    holder = member(house)
    change(
        house,
        "insert into wellkept.accounts_event (id, account_id, at, kind, method, browser)"
        " select gen_random_uuid(), a.id, now() - n * interval '1 day', 'address given', '', ''"
        " from wellkept.accounts_account a, generate_series(1, 60) n where a.person_id = %s",
        holder.card.person,
    )
    first = holder.get(f"{HOME}?part=address")
    assert "Somebody signed in." not in first.split('id="happened"')[1]
    assert f"1 to {events.PAGE} of 60" in first
    assert "51 to 60 of 60" in holder.get(f"{HOME}?part=address&page=3")
    for wrong in ("?page=4", "?page=0", "?page=-1", "?page=x", "?page=99999", "?part=nothing", "?page=²"):
        assert holder.client.get(HOME + wrong).status_code == 404, wrong


def test_not_me_shuts_everything_and_says_whom_to_call(house: Cluster) -> None:
    holder = member(house)
    thief = holder.again()
    number = next(one for one in doubted(holder.get()))
    shown = holder.get(f"/account/not-me/{number}/")
    assert "What will happen" in shown
    assert holder.works(), "a mere look shut it"
    done = holder.post(f"/account/not-me/{number}/")
    quoted = re.search(r'<p class="big">([0-9A-Z]{4}-[0-9A-Z]{4})</p>', done.text)
    assert done.status_code == 200
    assert quoted
    assert "Call us now" in done.text
    assert not holder.works()
    assert not thief.works()
    assert noted(house, holder.card)[-2:] == ["browser not mine", "password way closed"]
    assert not may_sign_in(holder.card)
    ((told,),) = ask(
        house,
        "select x.number from wellkept.accounts_alarm x join wellkept.accounts_account a on a.id = x.account_id"
        " where a.person_id = %s",
        holder.card.person,
    )
    assert told == quoted[1]


def test_a_second_not_me_at_once_finds_nothing(house: Cluster) -> None:
    holder = member(house)
    (number, *_rest) = doubted(holder.get())
    holder.post(f"/account/not-me/{number}/")
    again = holder.client.post(f"/account/not-me/{number}/", {"token": "0" * 32})
    assert again.status_code in (302, 403)


def test_customer_service_sees_a_number_and_nobody(house: Cluster) -> None:
    holder = member(house)
    number = doubted(holder.get())[0]
    quoted = re.search(r'class="big">([0-9A-Z-]+)<', holder.post(f"/account/not-me/{number}/").text)
    assert quoted
    desk = of_role(house, "representative")
    page = desk.get("/desk/alarms/").text
    assert quoted[1] in page
    assert holder.card.login not in page
    assert str(holder.card.person) not in page
    assert quoted[1] not in of_role(house, "nurse").get("/desk/alarms/").text
    ((alarm,),) = ask(house, "select id from wellkept.accounts_alarm where number = %s", quoted[1])
    stranger = member(house)
    assert stranger.post(f"/desk/alarms/{alarm}/done/").status_code == 403
    form = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert form
    assert desk.post(f"/desk/alarms/{alarm}/done/", {"token": form[1]}).status_code == 302
    ((done,),) = ask(house, "select done_by from wellkept.accounts_alarm where id = %s", alarm)
    assert done == "Robin Q."


@pytest.mark.parametrize("role", ["provider", "employer", "agent", "partner", "representative", "privacy_officer"])
def test_every_audience_has_the_page_in_its_own_frame(house: Cluster, role: str) -> None:
    answer = of_role(house, role).get(HOME)
    assert answer.status_code == 200
    assert "Where you are signed in" in answer.text
    assert 'action="/sign-out/"' in answer.text
    assert 'href="/member/' not in answer.text


def test_every_page_of_a_member_offers_to_sign_out(house: Cluster) -> None:
    holder, seen, waiting = member(house), set[str](), {"/member/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = holder.client.get(path)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert 'action="/sign-out/"' in answer.text, path
            waiting |= set(re.findall(r'href="(/(?:member|account)/[^"?#]*)"', answer.text)) - seen
    assert len(seen) > 25


def test_the_policy_met_and_the_terms_agreed_stand_there(house: Cluster) -> None:
    page = member(house).get()
    assert "Versions of our policy you have met" in page
    assert "Terms you agreed to" in page


def test_a_record_of_old_events_is_swept(house: Cluster) -> None:
    holder = member(house)
    change(
        house,
        "insert into wellkept.accounts_event (id, account_id, at, kind, method, browser)"
        " select gen_random_uuid(), a.id, now() - interval '401 days', 'address given', '', ''"
        " from wellkept.accounts_account a where a.person_id = %s",
        holder.card.person,
    )
    with house.connect("umr", "jobs") as connection:
        connection.execute("select wellkept.accounts_sweep_events(400)")
    assert "address given" not in noted(house, holder.card)
    assert "signed in" in noted(house, holder.card)


def test_the_old_address_of_the_list_leads_here(house: Cluster) -> None:
    holder: Holder = member(house)
    assert holder.client.get("/member/privacy/sessions/").headers["Location"] == HOME
    stranger: Client = Client()
    assert stranger.get("/member/privacy/sessions/").headers["Location"] == "/sign-in/"
