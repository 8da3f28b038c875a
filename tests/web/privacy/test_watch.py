"""The pages of the watch: looked into by who it is not about; and inquiries that two officers decide."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.web.desk.staff import Staff, hire
from tests.web.privacy.conftest import Visit
from wellkept.intake.naming import hashes

pytestmark = pytest.mark.database
PLACES = ("/privacy/watch/", "/privacy/watch/staff/", "/privacy/unseen/", "/privacy/unseen/ask/")
NUMBER, BORN = "QZ-7781", date(1980, 4, 28)


@pytest.fixture
def quinn(staff: Staff) -> None:
    """A second privacy officer."""
    if "quinn" not in staff.accounts:
        with staff.house.administer("wellkept_umr") as connection:
            connection.execute("set search_path = wellkept")
            hire(connection, staff, "quinn", role="privacy_officer")


@pytest.fixture
def alarm(staff: Staff, quinn: None) -> Iterator[UUID]:
    """Dana's opening of Tom stood out."""
    ((made,),) = staff.ask(
        "insert into access_alarm (reasons, account, role, actor, subject, entry, at, same)"
        " values ('{surname,street}', %s, 'representative', 'Dana R.', %s, 0, now(), gen_random_uuid()::text)"
        " returning id",
        [staff.accounts["dana"], staff.world.people["tom"]],
    )
    yield made
    staff.ask("delete from access_alarm where id = %s", [made])


@pytest.fixture
def card(staff: Staff, visit: Visit) -> Iterator[None]:
    """A card that finds Tom."""
    index = hashes().by_card(NUMBER, BORN.isoformat())
    staff.ask(
        "insert into people_finder (index, kind, plan_id, person_id) values (%s, 'number_birth', %s, %s)",
        [index, uuid4(), staff.world.people["tom"]],
    )
    yield
    staff.ask("delete from people_finder where index = %s", [index])
    staff.ask(
        "delete from ledger_seal where occasion in (select id from access_inquiry where subject = %s)",
        [staff.world.people["tom"]],
    )
    staff.ask("delete from access_inquiry where subject = %s", [staff.world.people["tom"]])


def test_the_list_names_nobody_and_opens_nobody(visit: Visit, staff: Staff, alarm: UUID) -> None:
    before = staff.newest()
    page = visit("priya").get("/privacy/watch/").text
    assert f"/privacy/watch/{alarm}/" in page
    assert "Same family name, A neighbor" in page
    assert "Dana R., customer service" in page
    assert "ALVAREZ" not in page
    assert staff.entries("priya", before) == []


def test_looking_into_one_is_entered_and_says_why(visit: Visit, staff: Staff, alarm: UUID) -> None:
    before = staff.newest()
    page = visit("priya").get(f"/privacy/watch/{alarm}/").text
    assert "TOM ALVAREZ" in page
    assert "The person has the same family name. It may be chance." in page
    assert "The person lives in the same street." in page
    (entry,) = staff.entries("priya", before)
    assert (entry["kind"], entry["purpose"], sorted(entry["categories"])) == (
        "opened",
        "HOPERAT",
        ["identity", "openings"],
    )
    assert entry["subjects"] == [staff.world.people["tom"]]


def test_it_is_closed_with_what_was_found_and_the_person_reads_of_it(visit: Visit, staff: Staff, alarm: UUID) -> None:
    place = f"/privacy/watch/{alarm}/"
    assert staff.post(visit("priya"), place).status_code == 400
    assert staff.post(visit("priya"), place, finding="spoken").headers["Location"] == "/privacy/watch/"
    again = staff.post(visit("quinn"), place, finding="unrelated")
    assert "Somebody else was quicker." in again.text
    page = visit("quinn").get(place).text
    assert "Closed by Priya R." in page
    assert "They were told to hand such work to a colleague" in page
    assert "looked into an opening of your record that stood out" in visit("tom").get("/member/privacy/openings/").text


def test_nobody_sees_what_is_about_themselves(visit: Visit, staff: Staff, alarm: UUID) -> None:
    staff.ask("update access_alarm set account = %s where id = %s", [staff.accounts["priya"], alarm])
    assert f"/privacy/watch/{alarm}/" not in visit("priya").get("/privacy/watch/").text
    assert visit("priya").get(f"/privacy/watch/{alarm}/").status_code == 404
    assert visit("quinn").get(f"/privacy/watch/{alarm}/").status_code == 200


@pytest.mark.parametrize("who", ["dana", "nora", "tom"])
def test_the_watch_is_for_the_privacy_office(visit: Visit, staff: Staff, alarm: UUID, who: str) -> None:
    for place in (*PLACES, f"/privacy/watch/{alarm}/", f"/privacy/watch/staff/{staff.accounts['paul']}/"):
        for page in (visit(who).get(place), staff.post(visit(who), place, finding="spoken")):
            assert page.status_code == 403, place


@pytest.mark.parametrize("place", PLACES)
def test_a_stranger_is_sent_to_sign_in(visit: Visit, place: str) -> None:
    assert visit("a stranger").get(place).headers.get("Location") == "/sign-in/"


def test_who_is_near_is_kept_as_hashes_alone(visit: Visit, staff: Staff, quinn: None) -> None:
    account = staff.accounts["dana"]
    place = f"/privacy/watch/staff/{account}/"
    assert place in visit("priya").get("/privacy/watch/staff/").text
    told = {
        "first": "Dana", "last": "Rivergate", "former": "Oldname, Older", "born_month": "4", "born_day": "28",
        "born_year": "1986", "street": "12 Main Street Apt 4", "zip_code": "53703",
    }  # fmt: skip
    assert staff.post(visit("priya"), place, **told).headers["Location"] == "/privacy/watch/staff/"
    ((row,),) = staff.ask("select n from access_staffnear n where account = %s", [account])
    assert "Rivergate" not in str(row)
    (counts,) = staff.ask(
        "select cardinality(surnames), cardinality(addresses), cardinality(streets), cardinality(persons)"
        " from access_staffnear where account = %s",
        [account],
    )
    assert counts == (3, 1, 1, 3)
    staff.ask("delete from access_staffnear where account = %s", [account])


def test_nobody_enters_their_own(visit: Visit, staff: Staff, quinn: None) -> None:
    own = f"/privacy/watch/staff/{staff.accounts['priya']}/"
    assert own not in visit("priya").get("/privacy/watch/staff/").text
    assert "Nobody enters their own." in visit("priya").get(own).text


def asked(**given: str) -> dict[str, str]:
    """What an inquiry rests on."""
    days: dict[str, date] = {"birth_date": BORN, "paper_on": date.today() - timedelta(days=2)}  # noqa: DTZ011  (two days back)
    days["until"] = date.today() + timedelta(days=20)  # noqa: DTZ011  (a day more or less will do)
    boxes = {
        f"{name}_{part}": str(getattr(day, part)) for name, day in days.items() for part in ("month", "day", "year")
    }
    return {"number": NUMBER, "paper": "memo", "reference": "M 2026-7"} | boxes | given


def made(visit: Visit, staff: Staff) -> str:
    """Priya asks for an inquiry; its address."""
    known = set(re.findall(r"/privacy/unseen/[0-9a-f-]{36}/", visit("priya").get("/privacy/unseen/").text))
    assert staff.post(visit("priya"), "/privacy/unseen/ask/", **asked()).status_code == 302
    found = set(re.findall(r"/privacy/unseen/[0-9a-f-]{36}/", visit("priya").get("/privacy/unseen/").text)) - known
    (place,) = found
    return str(place)


def test_two_decide_and_the_person_reads_it_when_it_ends(visit: Visit, staff: Staff, quinn: None, card: None) -> None:
    place = made(visit, staff)
    assert staff.post(visit("priya"), f"{place}decide/", act="grant").status_code == 409
    assert visit("priya").get(f"{place}record/").status_code == 404
    assert staff.post(visit("quinn"), f"{place}decide/", act="grant").headers["Location"] == place
    before = staff.newest()
    page = visit("priya").get(f"{place}record/").text
    assert "TOM ALVAREZ" in page
    (entry,) = staff.entries("priya", before)
    assert (entry["kind"], entry["purpose"], str(entry["occasion"])) == ("opened", "FRAUD", place.split("/")[3])
    assert visit("quinn").get(f"{place}record/").status_code == 404
    openings = "/member/privacy/openings/"
    assert "inquiry into fraud" not in visit("tom").get(openings).text
    assert visit("tom").get(f"/member/privacy/receipts/{entry['id']}/").status_code == 404
    assert staff.post(visit("quinn"), f"{place}decide/", act="end").status_code == 302
    shown = visit("tom").get(openings).text
    assert "to work on an inquiry into fraud" in shown
    assert "Kept back for an inquiry, and shown since" in shown
    assert visit("priya").get(f"{place}record/").status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"until_year": "2099"}, "These days will not do."),
        ({"reference": "<script>"}, "There is a problem"),
        ({"number": "NOBODY-1"}, "Nobody is found by this number"),
    ],
)
def test_what_will_not_do_says_so(
    visit: Visit, staff: Staff, quinn: None, card: None, given: dict[str, Any], said: str
) -> None:
    page = staff.post(visit("priya"), "/privacy/unseen/ask/", **asked(**given))
    assert page.status_code == 400
    assert said in page.text


def test_anyone_reads_how_many_are_kept_back(visit: Visit) -> None:
    page = visit("a stranger").get("/how-we-keep-it/kept-back/")
    assert page.status_code == 200
    assert "<dt>Inquiries in force</dt><dd>" in page.text
    assert "<dt>Openings kept back</dt><dd>" in page.text
    assert "ALVAREZ" not in page.text


def test_everything_that_left_has_its_page(visit: Visit) -> None:
    assert 'href="/member/privacy/left/"' in visit("tom").get("/member/privacy/").text
    page = visit("tom").get("/member/privacy/left/")
    assert page.status_code == 200
    assert "What left of your record, and to whom" in page.text
