"""A death takes two of us: told on a call, confirmed by another who saw the paper; the household learns nothing."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.accounts.asking import forget, printed
from tests.cluster import Cluster
from tests.demo.roles import as_role
from tests.notices.writing import write
from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.member.world import hashed
from wellkept.accounts import codes, hashes
from wellkept.people import deaths, finders

pytestmark = pytest.mark.database
SHUT = "Nothing is open here."
TOLD = {"step": "death", "by": "Ana Alvarez", "stands": "child"}
ESTATE = {"name": "Vera Willing", "street": "9 Probate Row", "city": "Madison", "state": "WI", "zip_code": "53703"}
SEEN = {"paper": "certificate", "seen_month": "11", "seen_day": "2", "seen_year": "2026"}
ISSUE = (
    "select wellkept.accounts_issue_code(%s, 'member', %s, %s, null, false, null, %s, %s, null, null,"
    " interval '1 day', interval '1 second')"
)


BACK = (
    "insert into accounts_session select * from jsonb_populate_record(null::accounts_session, %s)"
    " on conflict do nothing"
)


@pytest.fixture(autouse=True)
def _as_before(house: Cluster, staff: Staff) -> Iterator[None]:
    """Nobody is dead, before and after; Maria's account and every session of hers are back."""
    forget(house)
    account = staff.world.accounts["maria"]
    kept = staff.ask("select to_jsonb(s)::text from accounts_session s where account_id = %s", [account])
    yield
    forget(house)
    staff.ask("delete from people_death")
    staff.ask("update accounts_account set closed_at = null where id = %s", [account])
    for row in kept:
        staff.ask(BACK, [*row])


@pytest.fixture
def maria(staff: Staff) -> UUID:
    return staff.world.people["maria"]


def told(visit: Visit, staff: Staff, call: Call, **more: str) -> str:
    """Dana writes a death down on a call; the id of what waits."""
    address = call("other", verified=False)
    assert staff.post(visit("dana"), f"{address}death/", **TOLD, **more).status_code == 302
    return str(staff.ask("select id from people_death where state <> 'ended'")[0][0])


def state(staff: Staff) -> tuple[str, str]:
    found: tuple[str, str] = staff.ask("select state, step from people_death")[0]
    return found


def is_open(staff: Staff, person: UUID) -> bool:
    return staff.ask("select closed_at is null from accounts_account where person_id = %s", [person])[0][0] is True


def test_a_death_waits_for_a_second_person_and_names_nobody_on_the_list(
    visit: Visit, staff: Staff, call: Call, maria: UUID
) -> None:
    number = told(visit, staff, call)
    assert state(staff) == ("told", "death")
    assert is_open(staff, maria)
    for who in ("paul", "priya"):
        listed = visit(who).get("/desk/deaths/").text
        assert number in listed
        assert "written down on" in listed
        assert not re.search("alvarez|maria", listed, re.IGNORECASE)
    page = visit("paul").get(f"/desk/deaths/{number}/").text
    assert "MARIA" in page.upper()
    assert "Ana Alvarez" in page
    assert "Nobody said it" in page
    assert "50 years" in page


def test_what_was_told_lies_sealed(visit: Visit, staff: Staff, call: Call) -> None:
    told(visit, staff, call, **ESTATE)
    for sealed in staff.ask("select told, estate_asked from people_death")[0]:
        assert sealed
        assert b"Ana" not in bytes(sealed)
        assert b"Willing" not in bytes(sealed)


def test_the_second_person_closes_the_account_at_once(visit: Visit, staff: Staff, call: Call, maria: UUID) -> None:
    number = told(visit, staff, call)
    before = staff.newest()
    assert visit("maria").get("/member/").status_code == 200
    assert staff.post(visit("paul"), f"/desk/deaths/{number}/", **SEEN).status_code == 302
    assert state(staff) == ("dead", "")
    assert not is_open(staff, maria)
    assert visit("maria").get("/member/").status_code != 200
    kinds = [one["kind"] for one in staff.entries("paul", before)]
    assert kinds == ["opened", "death confirmed", "account closed"]
    assert number not in visit("dana").get("/desk/deaths/").text
    assert SHUT in visit("paul").get(f"/desk/deaths/{number}/").text


def test_one_person_cannot_do_both_steps(visit: Visit, staff: Staff, call: Call, maria: UUID, house: Cluster) -> None:
    number = told(visit, staff, call)
    assert "Somebody else decides" in visit("dana").get(f"/desk/deaths/{number}/").text
    assert staff.post(visit("dana"), f"/desk/deaths/{number}/", **SEEN).status_code == 403
    assert staff.post(visit("dana"), f"/desk/deaths/{number}/decline/").status_code == 403
    assert state(staff) == ("told", "death")
    assert is_open(staff, maria)
    with pytest.raises(psycopg.errors.CheckViolation):
        staff.ask(
            "update people_death set step = '', state = 'dead', paper = 'certificate', seen_on = now()::date,"
            " decided_by = asked_by, decided_at = now()"
        )


def test_of_two_who_confirm_at_once_one_does(visit: Visit, staff: Staff, call: Call) -> None:
    number = told(visit, staff, call)
    before = {one: visit(one) for one in ("paul", "priya")}
    with ThreadPoolExecutor(2) as both:
        done = both.map(lambda one: staff.post(before[one], f"/desk/deaths/{number}/", **SEEN).status_code, before)
    assert sorted(done) == [302, 403]
    confirmed = staff.ask("select count(*) from ledger_entry where kind = 'death confirmed' and subjects[1] in"
                          " (select person_id from people_death) and at > now() - interval '1 minute'"
                          " and id > (select max(id) from ledger_entry where kind = 'death told')")  # fmt: skip
    assert confirmed == [(1,)]


def test_without_a_call_nothing_is_written_and_without_a_wait_nothing_opens(
    visit: Visit, staff: Staff, call: Call
) -> None:
    address = call("other", verified=False)
    for who in ("paul", "priya", "maria", "tom", "nora", "nobody else"):
        answer = staff.post(visit(who), f"{address}death/", **TOLD)
        assert answer.status_code != 200 or SHUT in answer.text, who
    staff.post(visit("dana"), f"{address}end/")
    assert staff.post(visit("dana"), f"{address}death/", **TOLD).status_code == 403
    assert staff.ask("select count(*) from people_death") == [(0,)]
    assert visit("paul").get(f"/desk/deaths/{uuid4()}/").status_code == 403


def test_only_who_may_decide_reads_and_decides(visit: Visit, staff: Staff, call: Call) -> None:
    number = told(visit, staff, call)
    for who in ("maria", "tom", "nora", "nobody else"):
        for address in ("/desk/deaths/", f"/desk/deaths/{number}/"):
            assert number not in visit(who).get(address).text, who
        staff.post(visit(who), f"/desk/deaths/{number}/", **SEEN)
        staff.post(visit(who), f"/desk/deaths/{number}/decline/")
    assert state(staff) == ("told", "death")


def test_functions_ask_for_an_opening(house: Cluster, visit: Visit, staff: Staff, call: Call) -> None:
    number = told(visit, staff, call)
    paul = hashed(staff.secrets["paul"])
    with house.connect("umr", "web", autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "select wellkept.people_death_decide(%s, %s, true, 'certificate', current_date)", [paul, number]
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from wellkept.people_death")
    assert state(staff) == ("told", "death")


def test_letters_go_to_the_estate(
    house: Cluster, visit: Visit, staff: Staff, call: Call, maria: UUID, tmp_path: Path
) -> None:
    number = told(visit, staff, call, **ESTATE)
    staff.post(visit("priya"), f"/desk/deaths/{number}/", **SEEN)
    write(house, maria)
    (letter,) = printed(house, tmp_path)
    assert "Estate of " in letter
    assert "Vera Willing" in letter
    assert "Madison, WI 53703" in letter
    assert "INVENTED STREET" not in letter


def test_where_nobody_is_named_letters_wait_until_somebody_is(
    house: Cluster, visit: Visit, staff: Staff, call: Call, maria: UUID, tmp_path: Path
) -> None:
    number = told(visit, staff, call)
    staff.post(visit("paul"), f"/desk/deaths/{number}/", **SEEN)
    write(house, maria)
    assert printed(house, tmp_path) == []
    assert staff.ask("select count(*) from service_case where person_id = %s and kind = 'address'", [maria]) == [(0,)]
    address = call("other", verified=False)
    assert "withheld" in visit("dana").get(f"{address}death/").text
    named = {"step": "estate", "by": "Vera Willing", "stands": "estate", **ESTATE}
    assert staff.post(visit("dana"), f"{address}death/", **named).status_code == 302
    assert printed(house, tmp_path) == []
    assert "Represents the estate" in visit("paul").get(f"/desk/deaths/{number}/").text
    assert staff.ask("select told <> '' from people_death") == [(True,)]
    staff.post(visit("paul"), f"/desk/deaths/{number}/", **SEEN | {"paper": "court"})
    (letter,) = printed(house, tmp_path)
    assert "Vera Willing" in letter


def test_a_mistake_is_undone_by_two_and_the_account_stays_closed(
    house: Cluster, visit: Visit, staff: Staff, call: Call, maria: UUID, tmp_path: Path
) -> None:
    number = told(visit, staff, call, **ESTATE)
    staff.post(visit("paul"), f"/desk/deaths/{number}/", **SEEN)
    assert issued(house, maria) is False
    address = call("other", verified=False)
    assert staff.post(visit("dana"), f"{address}death/", step="undo", by="Maria", stands="self").status_code == 302
    assert staff.post(visit("dana"), f"/desk/deaths/{number}/", **SEEN | {"paper": "person"}).status_code == 403
    assert state(staff) == ("dead", "undo")
    staff.post(visit("paul"), f"/desk/deaths/{number}/", **SEEN | {"paper": "person"})
    assert state(staff) == ("ended", "")
    assert not is_open(staff, maria)
    assert issued(house, maria) is True
    write(house, maria)
    (letter,) = printed(house, tmp_path)
    assert "Estate of" not in letter
    assert "INVENTED STREET" in letter.upper()


def test_what_is_not_so_leaves_everything_as_it_was(visit: Visit, staff: Staff, call: Call, maria: UUID) -> None:
    number = told(visit, staff, call)
    assert staff.post(visit("paul"), f"/desk/deaths/{number}/decline/").status_code == 302
    assert state(staff) == ("ended", "")
    assert is_open(staff, maria)
    assert visit("maria").get("/member/").status_code == 200


def test_registering_stops_while_it_waits_and_a_person_decides(
    house: Cluster, visit: Visit, staff: Staff, call: Call, maria: UUID
) -> None:
    with as_role(house, "jobs"):
        assert deaths.life(maria) == ""
    told(visit, staff, call)
    with as_role(house, "jobs"):
        assert deaths.life(maria) == "told"


def test_the_household_learns_nothing(visit: Visit, staff: Staff, call: Call) -> None:
    pages = ("/member/", "/member/family/", "/member/privacy/openings/")
    family = [name for name in ("tom", "stella") if name in staff.secrets]
    seen = {(who, page): spoken(visit(who).get(page).text) for who in family for page in pages}
    number = told(visit, staff, call, **ESTATE)
    staff.post(visit("paul"), f"/desk/deaths/{number}/", **SEEN)
    for who, page in seen:
        assert "death" not in spoken(visit(who).get(page).text).lower()
        assert "Willing" not in visit(who).get(page).text


def test_a_paper_is_asked_and_a_half_address_is_not_taken(visit: Visit, staff: Staff, call: Call) -> None:
    address = call("other", verified=False)
    answer = staff.post(visit("dana"), f"{address}death/", **TOLD, name="Vera Willing")
    assert answer.status_code == 400
    number = told(visit, staff, call)
    assert staff.post(visit("paul"), f"/desk/deaths/{number}/", paper="person").status_code == 400
    assert staff.post(visit("paul"), f"/desk/deaths/{number}/", **SEEN | {"seen_year": "2099"}).status_code == 400
    assert state(staff) == ("told", "death")


def spoken(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def issued(house: Cluster, person: UUID) -> Any:
    """Whether the program that answers requests could issue a code."""
    given = [hashes.code(codes.new()), person, person, person, hashes.birth_date(date(1984, 5, 21))]
    with house.connect("umr", "jobs", autocommit=True) as connection:
        return connection.execute(ISSUE, given).fetchone()[0]  # type: ignore[index]


def test_a_former_name_finds_until_its_day(house: Cluster, visit: Visit, staff: Staff, maria: UUID) -> None:
    index = uuid4().bytes
    add = (
        "insert into people_finder (index, kind, person_id, plan_id, until)"
        " values (%s, 'roster', %s, %s, now()::date + %s)"
    )
    for days, found in ((1, True), (-2, False)):
        staff.ask(add, [index, maria, uuid4(), days])
        with as_role(house, "jobs"):
            assert bool(finders.found("roster", [index])) is found
            finders.sweep()
        assert bool(staff.ask("select 1 from people_finder where index = %s", [index])) is found
        staff.ask("delete from people_finder where index = %s", [index])
