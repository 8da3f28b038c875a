"""Requests that stand on no list: a representative opens them one by one, finds who is meant, or ends them."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.accounts.asking import answer_all, forget, rows
from tests.accounts.rostered import Listed, change, listed
from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.web.desk.conftest import MARIA, Visit
from tests.web.desk.staff import Staff
from wellkept.accounts import actions
from wellkept.cli import registering

pytestmark = pytest.mark.database
LIST = "/desk/registrations/"
CLOSED = "Nothing is open here. A request to register opens while it waits"


@pytest.fixture(autouse=True)
def fresh(house: Cluster, staff: Staff) -> None:
    """Nobody waits for anything, and Dana has opened nobody this hour."""
    forget(house)
    change(house, "delete from access_spent where account = %s", staff.accounts["dana"])
    change(house, "delete from access_spent_count where account = %s", staff.accounts["dana"])


@pytest.fixture
def maria(house: Cluster, visit: Visit) -> UUID:
    """Maria's request, with a wrong group."""
    del visit
    actions.ask_for_code(
        member="M-4410", group="G-WRONG", name="Maria Canary", born=date(1984, 5, 21), email="m@example.org"
    )
    return unmatched(house)


@pytest.fixture
def office(house: Cluster, visit: Visit) -> tuple[Listed, UUID]:
    """The request of an office whose number it mistyped."""
    del visit
    here = listed(house)
    told = {"name": "Ana Ortiz", "organisation": here.name, "npi": "1999941010", "tax_number": "4567", "email": ""}
    actions.ask(audience="provider", roster=uuid4().bytes, born=date(1979, 2, 3), told=told)
    return here, unmatched(house)


def unmatched(house: Cluster) -> UUID:
    answer_all(house)
    ((registration,),) = rows(house, "select id from accounts_registration where state = 'unmatched'")
    assert isinstance(registration, UUID)
    return registration


def state(house: Cluster, registration: UUID) -> object:
    found = rows(house, "select state from accounts_registration where id = %s", registration)
    return found[0][0] if found else None


def test_the_list_has_no_name_and_no_word_of_anybody(visit: Visit, maria: UUID) -> None:
    page = visit("dana").get(LIST).text
    assert f'href="{LIST}{maria}/"' in page
    assert "A member" in page
    assert not re.search("Maria|Canary|M-4410|1984", page)


def test_opening_one_is_in_the_ledger_and_shows_what_was_typed(visit: Visit, staff: Staff, maria: UUID) -> None:
    before = staff.newest()
    page = visit("dana").get(f"{LIST}{maria}/").text
    for word in ("Maria Canary", "M-4410", "G-WRONG", "m@example.org"):
        assert word in page
    (entry,) = staff.entries("dana", before)
    assert (entry["kind"], entry["subjects"], entry["purpose"], entry["categories"]) == (
        "opened", [maria], "MEMADMIN", ["identity"],
    )  # fmt: skip


@pytest.mark.parametrize("who", ["maria", "nora", "priya", "a stranger"])
def test_nobody_but_a_representative_opens_lists_or_decides(
    house: Cluster, visit: Visit, staff: Staff, maria: UUID, who: str
) -> None:
    client = visit(who)
    for path in (LIST, f"{LIST}{maria}/"):
        answer = client.get(path)
        assert answer.status_code in {302, 403}, path
        assert "Canary" not in answer.text
    for path, told in (
        (f"{LIST}{maria}/choose/", {"meant": str(uuid4())}),
        (f"{LIST}{maria}/refuse/", {"reason": "not on our list"}),
    ):
        assert staff.post(client, path, **told).status_code in {302, 403}
    assert state(house, maria) == "unmatched"


def test_a_representative_finds_the_member_who_is_meant_and_a_letter_goes_out(
    house: Cluster, visit: Visit, staff: Staff, maria: UUID
) -> None:
    client, person = visit("dana"), staff.world.people["maria"]
    page = staff.post(client, f"{LIST}{maria}/", **MARIA).text
    assert str(person) in page
    answer = staff.post(client, f"{LIST}{maria}/choose/", meant=str(person))
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert state(house, maria) == "chosen"
    answer_all(house)
    assert state(house, maria) is None
    found = rows(house, "select person_id, email is not null from accounts_accesscode")
    assert found == [(person, True)]
    (entry,) = rows(
        house,
        "select actor, reason, subjects[1] from ledger_entry where kind = 'registration decided'"
        " order by id desc limit 1",
    )
    assert entry == ("Dana R.", "a letter with a code", person)


def test_a_member_who_was_not_just_found_is_not_chosen(house: Cluster, visit: Visit, staff: Staff, maria: UUID) -> None:
    for someone in (staff.world.people["tom"], uuid4()):
        answer = staff.post(visit("dana"), f"{LIST}{maria}/choose/", meant=str(someone))
        assert answer.status_code == 403
    assert state(house, maria) == "unmatched"


def test_an_organisation_is_chosen_from_those_near_it(
    house: Cluster, visit: Visit, staff: Staff, office: tuple[Listed, UUID]
) -> None:
    here, registration = office
    client = visit("dana")
    page = client.get(f"{LIST}{registration}/").text
    assert here.name in page
    assert str(here.id) in page
    assert "Nobody is found" in staff.post(client, f"{LIST}{registration}/", words="zzz-none").text
    assert str(here.id) in staff.post(client, f"{LIST}{registration}/", words=here.name[-20:]).text
    assert staff.post(client, f"{LIST}{registration}/choose/", meant=str(here.id)).status_code == 302
    answer_all(house)
    found = rows(house, "select role, organisation_id, administers, actor from accounts_accesscode")
    assert found == [("provider", here.id, True, "Ana Ortiz")]
    assert rows(house, "select person_id, kind from notices_letter") == [(here.id, "access code")]


def test_an_organisation_of_another_kind_or_of_before_is_not_chosen(
    house: Cluster, visit: Visit, staff: Staff, office: tuple[Listed, UUID]
) -> None:
    _here, registration = office
    for other in (listed(house, "employer"), listed(house, standing="prior")):
        answer = staff.post(visit("dana"), f"{LIST}{registration}/choose/", meant=str(other.id))
        assert answer.status_code == 403
    assert state(house, registration) == "unmatched"


def test_ending_one_destroys_what_was_typed_at_once(house: Cluster, visit: Visit, staff: Staff, maria: UUID) -> None:
    client = visit("dana")
    assert staff.post(client, f"{LIST}{maria}/refuse/", reason="a reason of my own").status_code == 302
    assert state(house, maria) == "unmatched"
    assert staff.post(client, f"{LIST}{maria}/refuse/", reason="not a real request").status_code == 302
    assert rows(house, "select state, told, roster, birth_date from accounts_registration") == [("done", b"", b"", b"")]
    with as_role(house, "jobs"):
        registering.answer_waiting(0)
    assert state(house, maria) is None
    assert CLOSED in client.get(f"{LIST}{maria}/").text


def test_what_is_decided_opens_no_more_and_is_decided_once(
    house: Cluster, visit: Visit, staff: Staff, maria: UUID
) -> None:
    client, person = visit("dana"), staff.world.people["maria"]
    staff.post(client, f"{LIST}{maria}/", **MARIA)
    assert staff.post(client, f"{LIST}{maria}/choose/", meant=str(person)).status_code == 302
    for answer in (
        client.get(f"{LIST}{maria}/"),
        staff.post(visit("paul"), f"{LIST}{maria}/refuse/", reason="not on our list"),
        staff.post(client, f"{LIST}{maria}/choose/", meant=str(person)),
    ):
        assert answer.status_code == 403
    assert state(house, maria) == "chosen"


def test_a_request_that_waits_for_the_program_opens_to_nobody(house: Cluster, visit: Visit) -> None:
    client = visit("dana")
    actions.ask_for_code(member="M-1", group="G-1", name="Canary Waits", born=date(1980, 1, 1))
    ((registration,),) = rows(house, "select id from accounts_registration")
    answer = client.get(f"{LIST}{registration}/")
    assert answer.status_code == 403
    assert "Canary" not in answer.text
    assert str(registration) not in client.get(LIST).text


def test_whoever_asked_reads_the_same_whatever_is_decided(
    house: Cluster, visit: Visit, staff: Staff, maria: UUID
) -> None:
    """No answer goes anywhere but by letter: deciding writes neither mail nor news."""
    staff.post(visit("dana"), f"{LIST}{maria}/refuse/", reason="not on our list")
    answer_all(house)
    assert rows(house, "select 1 from notices_letter") == []
    assert rows(house, "select 1 from accounts_accesscode") == []
