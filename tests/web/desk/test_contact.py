"""P-19: address and telephone change on a call, once the caller is verified; the person reads who changed them."""

import re
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.member.world import hashed

NEW = {
    "street": "77 Canary Lane",
    "more": "",
    "city": "Madison",
    "state": "wi",
    "zip_code": "53703",
    "phone": "608-555-0142",
    "email": "maria@example.org",
}


def test_a_verified_caller_s_address_changes_and_the_person_reads_who_did_it(
    visit: Visit, staff: Staff, call: Call
) -> None:
    address = call("address")
    page = visit("dana").get(f"{address}contact/").text
    assert 'value="1 INVENTED STREET"' in page
    before = staff.newest()
    assert staff.post(visit("dana"), f"{address}contact/", **NEW).headers["Location"] == address
    kinds = [(entry["kind"], sorted(entry["categories"])) for entry in staff.entries("dana", before)]
    assert kinds == [("opened", ["contact", "identity"]), ("changed", ["contact"])]
    assert "77 Canary Lane" in visit("dana").get(address).text
    seen = re.sub("<[^>]+>", "", visit("maria").get("/member/privacy/openings/").text)
    assert "customer service, changed your address and phone to answer your call about your address" in seen
    for (row,) in staff.ask("select c::text from people_contact c"):
        assert "Canary" not in row
        assert b"Canary".hex() not in row
    told = staff.ask("select told, file_id from people_contact where person_id = %s", [staff.world.people["maria"]])
    number = UUID(address.split("/")[3])
    assert [(text.partition(":")[2], file) for text, file in told] == [(f"~{number.hex}", number)]


@pytest.mark.parametrize("about", ["claim", "coverage", "card", "bill", "other"])
def test_a_call_about_something_else_changes_no_address(visit: Visit, staff: Staff, call: Call, about: str) -> None:
    address = call(about)
    assert visit("dana").get(f"{address}contact/").status_code == 403
    assert staff.post(visit("dana"), f"{address}contact/", **NEW).status_code == 403


def test_an_unverified_caller_changes_nothing(visit: Visit, staff: Staff, call: Call) -> None:
    address = call("address", verified=False)
    row = "select told from people_contact where person_id = %s"
    before = staff.ask(row, [staff.world.people["maria"]])
    assert staff.post(visit("dana"), f"{address}contact/", **NEW).status_code == 403
    assert staff.ask(row, [staff.world.people["maria"]]) == before


def test_the_gate_itself_refuses_an_unverified_change(visit: Visit, staff: Staff, call: Call) -> None:
    number = call("address", verified=False).split("/")[3]
    maria = staff.world.people["maria"]
    entered = "select wellkept.gate_enter(%s, array[%s]::uuid[], 'MEMADMIN', array[%s], %s)"
    for category in ("contact", "identity"):
        with staff.house.connect("umr", "web", autocommit=True) as web:
            entry = web.execute(entered, [hashed(staff.secrets["dana"]), maria, category, number]).fetchone()
            web.execute("select wellkept.gate_flush()")
            with pytest.raises(psycopg.Error) as refusal:
                change(web, entry, maria)
        assert refusal.value.sqlstate in ("WK001", "42501")


def change(web: psycopg.Connection, entry: Any, person: UUID) -> None:
    """Change a telephone number in the transaction that an entry opens; where no row shows, say that it was changed."""
    with web.transaction():
        web.execute("select wellkept.gate_hold(%s)", entry)
        changed = web.execute("update wellkept.people_contact set phone = 'x' where person_id = %s", [person])
        assert changed.rowcount == 0
        web.execute("select wellkept.gate_changed(array['contact'])")


def test_nobody_else_changes_it(visit: Visit, staff: Staff, call: Call) -> None:
    address = call("address")
    for who in ("paul", "nora", "priya", "tom", "maria"):
        assert staff.post(visit(who), f"{address}contact/", **NEW).status_code == 403
    assert visit("signed out").get(f"{address}contact/").headers["Location"] == "/sign-in/"


def test_what_is_no_address_is_asked_for_again(visit: Visit, staff: Staff, call: Call) -> None:
    answer = staff.post(visit("dana"), f"{call('address')}contact/", **NEW | {"state": "Wisconsin", "zip_code": "x"})
    assert answer.status_code == 400
    assert 'value="77 Canary Lane"' in answer.text
