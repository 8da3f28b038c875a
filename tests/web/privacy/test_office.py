"""The privacy office: requests by time left, each opened by an entry, answered by a person."""

import re
from uuid import uuid4

import pytest

from tests.web.desk.staff import Staff
from tests.web.privacy.conftest import Asked, Visit

pytestmark = pytest.mark.usefixtures("a_short_list")
SENTENCE = "Nothing is open here. Privacy requests open to the privacy officer alone."
WORDS = "Who reads the letters that I send?"


def test_the_list_names_nobody_and_opens_nobody(visit: Visit, staff: Staff, asked: Asked) -> None:
    number = asked(WORDS)
    before = staff.newest()
    page = visit("priya").get("/privacy/")
    assert page.status_code == 200
    assert f"/privacy/requests/{number}/" in page.text
    assert "A question about privacy" in page.text
    assert "5 business days" in page.text
    assert WORDS not in page.text
    assert "ALVAREZ" not in page.text
    assert staff.entries("priya", before) == []


def test_a_request_opens_in_one_entry_with_what_it_shows(visit: Visit, staff: Staff, asked: Asked) -> None:
    number = asked(WORDS)
    before = staff.newest()
    page = visit("priya").get(f"/privacy/requests/{number}/")
    assert page.status_code == 200
    assert WORDS in page.text
    assert "TOM ALVAREZ" in page.text
    (entry,) = staff.entries("priya", before)
    assert (entry["kind"], entry["purpose"]) == ("opened", "HOPERAT")
    assert sorted(entry["categories"]) == ["identity", "requests"]
    assert entry["subjects"] == [staff.world.people["tom"]]


def test_the_opening_somebody_asks_about_stands_beside_their_words(visit: Visit, staff: Staff) -> None:
    visit("tom").get("/member/claims/")
    ((entry,),) = staff.ask(
        "select id from ledger_entry where account = %s and 'claims' = any (categories) order by id desc limit 1",
        [staff.accounts["tom"]],
    )
    staff.post(visit("tom"), f"/member/privacy/receipts/{entry}/wrong/", words="That was not me.")
    ((number,),) = staff.ask("select id from rights_request where entry = %s", [entry])
    page = visit("priya").get(f"/privacy/requests/{number}/").text
    assert "That was not me." in page
    assert "The opening they ask about" in page
    assert "claims" in page.partition("The entry says to the person:")[2][:200]


def test_an_answer_is_sealed_and_the_member_reads_it(visit: Visit, staff: Staff, asked: Asked) -> None:
    number = asked(WORDS)
    address = f"/privacy/requests/{number}/"
    answer = "Two people in our mail room, and nobody else."
    page = staff.post(visit("priya"), address, words=answer)
    assert (page.status_code, page.headers["Location"]) == (302, address)
    shown = visit("priya").get(address).text
    assert answer in shown
    assert "Decided by Priya R." in shown
    assert "<textarea" not in shown
    assert answer in visit("tom").get(f"/member/privacy/requests/{number}/").text
    ((sealed, by),) = staff.ask("select answer, answered_by from rights_request where id = %s", [number])
    assert answer.encode() not in bytes(sealed)
    assert by == "Priya R."


def test_an_answer_is_news_once_and_leads_to_it(visit: Visit, staff: Staff, asked: Asked) -> None:
    number = asked(WORDS)
    for words in ("The first answer.", "The second answer."):
        staff.post(visit("priya"), f"/privacy/requests/{number}/", words=words)
    mine = f"/member/privacy/requests/{number}/"
    assert visit("tom").get("/member/news/").text.count(f'href="{mine}"') == 1
    assert visit("tom").get(mine).status_code == 200


def test_an_answer_is_given_once(visit: Visit, staff: Staff, asked: Asked) -> None:
    address = f"/privacy/requests/{asked(WORDS)}/"
    staff.post(visit("priya"), address, words="The first answer.")
    staff.post(visit("priya"), address, words="The second answer.")
    page = visit("priya").get(address).text
    assert "The first answer." in page
    assert "The second answer." not in page


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
def test_an_answer_without_words_or_with_too_many_is_asked_for_again(
    visit: Visit, staff: Staff, asked: Asked, words: str
) -> None:
    address = f"/privacy/requests/{asked(WORDS)}/"
    page = staff.post(visit("priya"), address, words=words)
    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert WORDS in page.text
    assert words in page.text
    assert "<textarea" in visit("priya").get(address).text


def test_an_overdue_request_says_so_in_words_and_stands_first(visit: Visit, staff: Staff, asked: Asked) -> None:
    asked(WORDS)
    late = asked("This waits for weeks.")
    staff.ask(
        "update rights_request set asked_at = now() - interval '30 days', due_on = current_date - 20 where id = %s",
        [late],
    )
    page = visit("priya").get("/privacy/").text
    assert re.search(r'<span class="tag bad">overdue since \w+ \d+, \d{4}</span>', page)
    assert "overdue." in page
    assert page.index(str(late)) == min(page.index(one) for one in re.findall(r"requests/([0-9a-f-]{36})", page))


def test_what_was_answered_late_says_so(visit: Visit, staff: Staff, asked: Asked) -> None:
    number = asked(WORDS)
    staff.ask(
        "update rights_request set asked_at = now() - interval '30 days', due_on = current_date - 20 where id = %s",
        [number],
    )
    staff.post(visit("priya"), f"/privacy/requests/{number}/", words="We are sorry for the delay.")
    assert "Answered late" in visit("priya").get("/privacy/").text
    assert "answered late" in visit("priya").get(f"/privacy/requests/{number}/").text


@pytest.mark.parametrize("who", ["dana", "nora", "tom"])
def test_the_office_is_for_the_privacy_officer(visit: Visit, staff: Staff, asked: Asked, who: str) -> None:
    number = asked(WORDS)
    before = staff.newest()
    for place in ("/privacy/", "/privacy/why/", f"/privacy/requests/{number}/", f"/privacy/requests/{uuid4()}/"):
        for page in (visit(who).get(place), staff.post(visit(who), place, words="An answer of mine.")):
            assert (page.status_code, SENTENCE in page.text) == (403, True), place
            assert WORDS not in page.text
    assert staff.entries(who, before) == []
    assert staff.ask("select answered_at from rights_request where id = %s", [number]) == [(None,)]


@pytest.mark.parametrize("place", ["/privacy/", "/privacy/why/", "/privacy/requests/{}/"])
def test_a_stranger_is_sent_to_sign_in(visit: Visit, staff: Staff, asked: Asked, place: str) -> None:
    address = place.replace("{}", str(asked(WORDS)))
    for page in (visit("a stranger").get(address), staff.post(visit("a stranger"), address, words="x")):
        assert (page.status_code, page.headers.get("Location")) == (302, "/sign-in/")


def test_a_request_that_is_not_there_is_not_there(visit: Visit) -> None:
    assert visit("priya").get(f"/privacy/requests/{uuid4()}/").status_code == 404


def test_why_explains_by_rule_and_promise_about_nobody(visit: Visit, staff: Staff) -> None:
    before = staff.newest()
    asked = {"role": "representative", "relationship": "case", "purpose": "HPAYMT", "category": "claims"}
    no = visit("priya").get("/privacy/why/", asked).text
    assert "Rule case-payment asks for agreement first." in no
    assert "They would have to sign the current confidentiality agreement." in no
    yes = visit("priya").get("/privacy/why/", asked | {"met": "agreement"}).text
    assert "Yes, it may open" in yes
    assert 'href="/policy/u-12/"' in yes
    assert staff.entries("priya", before) == []


@pytest.mark.parametrize("asked", [{"role": "x"}, {"role": "nurse"}, {"role": "nurse", "relationship": "<b>"}])
def test_a_question_that_makes_no_sense_is_asked_again(visit: Visit, asked: dict[str, str]) -> None:
    page = visit("priya").get("/privacy/why/", asked)
    assert page.status_code == 400
    assert "There is a problem" in page.text
