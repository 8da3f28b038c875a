"""Whoever stands for a member: a paper written down by one of us, confirmed by another, used with a code."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.cluster import Cluster
from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff

pytestmark = pytest.mark.database
UNTIL = datetime.now(UTC).date() + timedelta(days=60)
PAPER = {
    "kind": "guardian", "name": "Rita Standing", "opens": ["claims"],
    "birth_date_month": "2", "birth_date_day": "3", "birth_date_year": "1970",
    "until_month": str(UNTIL.month), "until_day": str(UNTIL.day), "until_year": str(UNTIL.year),
}  # fmt: skip
BORN = {"birth_date_month": "2", "birth_date_day": "3", "birth_date_year": "1970"}
SEEN = {"paper": "court", "seen_month": "11", "seen_day": "2", "seen_year": "2026"}


@pytest.fixture(autouse=True)
def nobody_stands(staff: Staff) -> Iterator[None]:
    yield
    maria = [staff.world.people["maria"]]
    ours = "(select id from consent_appointment where person_id = %s)"
    staff.ask(f"delete from accounts_accesscode where place in {ours}", maria)
    staff.ask(f"delete from consent_authority where id in {ours}", maria)
    for table in ("consent_actsfor", "consent_appointment"):
        staff.ask(f"delete from {table} where person_id = %s", maria)
    staff.ask("delete from access_spent")
    staff.ask("delete from access_spent_count")


def written(visit: Visit, staff: Staff, call: Call) -> tuple[str, str]:
    """Dana writes the paper down on a call; the call's address and the number of what waits."""
    address = call("other", verified=False)
    answer = staff.post(visit("dana"), f"{address}authority/", **PAPER)
    assert answer.status_code == 302, answer.text
    found = "select id from consent_appointment where person_id = %s and state = 'waits'"
    return address, str(staff.ask(found, [staff.world.people["maria"]])[0][0])


def test_a_paper_waits_for_a_second_person_and_lies_sealed(visit: Visit, staff: Staff, call: Call) -> None:
    address, number = written(visit, staff, call)
    for who in ("paul", "priya"):
        listed = visit(who).get("/desk/authorities/").text
        assert number in listed
        assert "Rita" not in listed
    assert "You wrote it" in visit("dana").get("/desk/authorities/").text
    name = staff.ask("select name from consent_appointment where id = %s", [UUID(number)])[0][0]
    assert b"Rita" not in bytes(name)
    assert "Waits for a second person" in visit("dana").get(f"{address}authority/").text
    again = staff.post(visit("dana"), f"{address}authority/", **PAPER)
    assert again.status_code == 400
    assert "waits already" in again.text
    page = visit("paul").get(f"/desk/authorities/{number}/").text
    assert "Rita Standing" in page
    assert "1970" not in page


def test_the_second_one_gets_a_code_that_opens_what_the_paper_says(visit: Visit, staff: Staff, call: Call) -> None:
    address, number = written(visit, staff, call)
    assert staff.post(visit("dana"), f"/desk/authorities/{number}/", **SEEN).status_code == 403
    page = staff.post(visit("paul"), f"/desk/authorities/{number}/", **SEEN)
    assert page.status_code == 200
    code = page.text.split('class="big">')[1].split("<")[0]
    assert (
        staff.post(visit("stella"), "/member/helping/", code=code, **BORN | {"birth_date_year": "1971"}).status_code
        == 400
    )
    assert staff.post(visit("stella"), "/member/helping/", code=code, **BORN).status_code == 302
    listed = visit("stella").get("/member/helping/").text
    assert "Guardian" in listed
    place = f"/member/family/{staff.world.people['maria']}/claims/"
    assert place in listed
    shown = visit("stella").get(place)
    assert shown.status_code == 200
    assert "by a paper we saw" in shown.text
    assert visit("tom").get(place).status_code in (403, 404)
    mine = visit("maria").get("/member/helpers/").text
    assert "Rita Standing" in mine
    assert "Only the court, or two of us, can end this" in mine
    assert "Rita Standing, who stands for you by a paper" in visit("maria").get("/member/privacy/openings/").text
    assert staff.post(visit("maria"), f"/member/helpers/{number}/end/").status_code == 404
    assert staff.post(visit("dana"), f"{address}authority/{number}/end/", reason="danger").status_code == 302
    assert visit("stella").get(place).status_code in (403, 404)


def test_nobody_else_comes_near(visit: Visit, staff: Staff, call: Call, house: Cluster) -> None:
    address, number = written(visit, staff, call)
    for who in ("nora", "maria", "stella", "nobody at all"):
        for path in ("/desk/authorities/", f"/desk/authorities/{number}/", f"{address}authority/"):
            assert visit(who).get(path).status_code in (302, 403), (who, path)
    assert staff.post(visit("paul"), f"{address}authority/", **PAPER).status_code == 403
    assert staff.post(visit("priya"), f"/desk/authorities/{number}/decline/").status_code == 302
    assert visit("paul").get(f"/desk/authorities/{number}/").status_code == 403
