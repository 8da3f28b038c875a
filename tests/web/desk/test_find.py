"""Finding the caller: entered, counted, read by the person, and never in an address."""

import re

import pytest

from tests.web.desk.conftest import MARIA, Call, Visit
from tests.web.desk.staff import Staff, hire

CALL = re.compile(r"^/desk/calls/[0-9a-f-]{36}/$")


def test_a_search_shows_little_and_writes_one_entry_that_names_whom_it_found(visit: Visit, staff: Staff) -> None:
    before = staff.newest()
    page = staff.post(visit("dana"), "/desk/find/", **MARIA)
    assert page.status_code == 200
    assert "MARIA ALVAREZ, born May 21, 1984, the employee" in page.text
    assert "sees that their name came up" in page.text
    assert "LAKESIDE" not in page.text
    (entry,) = staff.entries("dana", before)
    assert (entry["kind"], entry["purpose"], entry["categories"]) == ("searched", "MEMADMIN", ["identity"])
    assert entry["subjects"] == [staff.world.people["maria"]]


def test_a_search_that_finds_nobody_says_so_and_counts(visit: Visit, staff: Staff) -> None:
    before = staff.newest()
    spent = "select coalesce(sum(people), 0) from access_spent_count where account = %s"
    (earlier,) = staff.ask(spent, [staff.accounts["paul"]])[0]
    page = staff.post(visit("paul"), "/desk/find/", **MARIA | {"birth_date_year": "1985"})
    assert page.status_code == 200
    assert "Nobody is found with this number and this birth date" in page.text
    assert "ALVAREZ" not in page.text
    (entry,) = staff.entries("paul", before)
    assert (entry["kind"], entry["subjects"]) == ("searched", [])
    assert staff.ask(spent, [staff.accounts["paul"]])[0][0] == earlier + 1


def test_what_was_typed_wrong_stays_and_is_asked_for_by_name(visit: Visit, staff: Staff) -> None:
    page = staff.post(visit("dana"), "/desk/find/", number="M-4410")
    assert page.status_code == 400
    assert 'value="M-4410"' in page.text
    assert "Please fill in “Birth date”." in page.text


@pytest.mark.parametrize("number", ["  ", "--", "'; --", "<script>"])
def test_any_number_is_answered(visit: Visit, staff: Staff, number: str) -> None:
    page = staff.post(visit("paul"), "/desk/find/", **MARIA | {"number": number})
    assert page.status_code in {200, 400}
    assert "<script>" not in page.text


def test_a_call_begins_with_a_choice_and_its_address_says_nothing(visit: Visit, call: Call) -> None:
    assert CALL.match(call())


def test_a_call_without_a_reason_is_asked_for_one_and_nobody_is_lost(visit: Visit, staff: Staff) -> None:
    chosen = {"begin": "yes", "person": str(staff.world.people["maria"])}
    page = staff.post(visit("dana"), "/desk/find/", **MARIA, **chosen)
    assert page.status_code == 400
    assert "Please choose an answer to “What is the call about?”." in page.text
    assert "MARIA ALVAREZ" in page.text
    assert 'name="number" value="M-4410"' in page.text


def test_it_refuses_a_call_with_somebody_who_was_not_looked_up(visit: Visit, staff: Staff) -> None:
    chosen = {"begin": "yes", "person": str(staff.world.people["nora"]), "about": "claim"}
    page = staff.post(visit("dana"), "/desk/find/", **MARIA, **chosen)
    assert page.status_code == 403
    assert "Nothing is open here." in page.text


def test_the_sixty_first_caller_of_an_hour_is_refused_with_words_that_help(visit: Visit, staff: Staff) -> None:
    count = "insert into access_spent_count values (%s, date_trunc('hour', now()), 60)"
    with staff.house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        hire(connection, staff, "busy", role="representative")
        connection.execute(count, [staff.accounts["busy"]])
    before = staff.newest()
    page = staff.post(visit("busy"), "/desk/find/", **MARIA)
    assert page.status_code == 403
    assert "has opened as many people's records this hour" in page.text.replace("&#x27;", "'")
    assert re.search(r"Nothing more opens to you until 1?\d:00 [ap]m", page.text)
    assert "ALVAREZ" not in page.text
    (entry,) = staff.entries("busy", before)
    assert (entry["kind"], entry["reason"], entry["subjects"]) == ("refused", "budget", [])


def test_whoever_has_not_signed_the_agreement_is_sent_to_it(visit: Visit, staff: Staff) -> None:
    with staff.house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        hire(connection, staff, "new", role="representative", signed=False)
    page = staff.post(visit("new"), "/desk/find/", **MARIA)
    assert (page.status_code, page.headers["Location"]) == (302, "/sign-in/agree/")


def test_the_person_reads_that_their_name_came_up(visit: Visit, staff: Staff) -> None:
    staff.post(visit("dana"), "/desk/find/", **MARIA)
    page = visit("maria").get("/member/privacy/openings/").text
    assert "Your name came up in a search by" in page
    assert "Dana R., customer service" in page
