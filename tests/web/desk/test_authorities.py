"""Whoever stands for a member: a paper written down by one of us, confirmed by another, used with a code."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.cluster import Cluster
from tests.households import today
from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.member.test_contact import ELSEWHERE, HERE, printed
from wellkept.people.queries import Identity, identity
from wellkept.policy import packs
from wellkept.policy.minors import age_reached
from wellkept.policy.words import Key
from wellkept.web.desk import authorities

pytestmark = pytest.mark.database
UNTIL = packs.today(packs.named("umr")) + timedelta(days=60)
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
    staff.ask("update accounts_account set closed_at = null where person_id = %s", maria)
    for table in (
        "consent_actsfor",
        "consent_appointment",
        "people_confidential",
        "notices_letter",
        "notices_reference",
    ):
        staff.ask(f"delete from {table} where person_id = %s", maria)
    staff.ask("delete from notices_batch")
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
    visit("paul")
    proved = "update accounts_session set proved_at = now() - %s::interval where account_id = %s"
    staff.ask(proved, ["16 minutes", staff.accounts["paul"]])
    asked = staff.post(visit("paul"), f"/desk/authorities/{number}/", **SEEN)
    assert (asked.status_code, asked.headers["Location"]) == (302, "/sign-in/again/?to=desk-authorities")
    staff.ask(proved, ["0", staff.accounts["paul"]])
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
    assert "We end it at once if the paper is wrong" in mine
    assert "Rita Standing, who stands for you by a paper" in visit("maria").get("/member/privacy/openings/").text
    assert staff.post(visit("maria"), f"/member/helpers/{number}/end/").status_code == 404
    assert staff.post(visit("dana"), f"{address}authority/{number}/end/", reason="danger").status_code == 302
    assert visit("stella").get(place).status_code in (403, 404)


def test_a_paper_about_a_minor_ends_before_they_are_of_age_and_shows_what_it_opens(
    visit: Visit, staff: Staff, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria, own = staff.world.people["maria"], "update people_person set own_care_on = %s where person_id = %s"
    born = age_reached(today("umr") + timedelta(days=9), -18)
    last = age_reached(born, 18) - timedelta(days=1)

    def young(key: Key) -> Identity | None:
        found = identity(key)
        return replace(found, birth_date=born, state="CA") if found else None

    monkeypatch.setattr(authorities, "identity", young)
    refused = staff.post(visit("dana"), f"{call('other', verified=False)}authority/", **PAPER)
    assert refused.status_code == 400
    assert "their own by the law of their state" in refused.text
    staff.ask(own, [last + timedelta(days=1), maria])
    try:
        _address, number = written(visit, staff, call)
        staff.ask('update consent_appointment set opens = \'["claims", "sensitive_claims"]\' where id = %s', [number])
        zone = (
            "select adult, (expires at time zone a.zone)::date from consent_appointment, access_place a where id = %s"
        )
        assert staff.ask(zone, [number]) == [(False, last + timedelta(days=1))]
        mine = visit("maria").get(f"/member/helpers/{number}/").text
        assert "Being checked" in visit("maria").get("/member/helpers/").text
        assert "claims" in mine
        assert "sensitive" not in mine
        assert "sensitive" not in visit("paul").get(f"/desk/authorities/{number}/").text.split("What was written")[1]
    finally:
        staff.ask(own, [None, maria])
    assert "Being checked" in visit("maria").get("/member/helpers/").text
    late = staff.post(visit("paul"), f"/desk/authorities/{number}/", **SEEN)
    assert late.status_code == 400
    assert "their own by the law of their state" in late.text


def test_nobody_else_comes_near(visit: Visit, staff: Staff, call: Call, house: Cluster) -> None:
    address, number = written(visit, staff, call)
    for who in ("nora", "maria", "stella", "nobody at all"):
        for path in ("/desk/authorities/", f"/desk/authorities/{number}/", f"{address}authority/"):
            assert visit(who).get(path).status_code in (302, 403), (who, path)
    assert staff.post(visit("paul"), f"{address}authority/", **PAPER).status_code == 403
    assert staff.post(visit("priya"), f"/desk/authorities/{number}/decline/").status_code == 302
    assert visit("paul").get(f"/desk/authorities/{number}/").status_code == 403


def waiting(staff: Staff) -> int:
    """How many letters about a representative wait to be printed for Maria."""
    found = (
        "select count(*) from notices_letter where person_id = %s and kind = 'representative' and printed_at is null"
    )
    return int(staff.ask(found, [staff.world.people["maria"]])[0][0])


def without_account(staff: Staff, person: UUID) -> None:
    """Nobody signs in for the person, until `nobody_stands` ends; their sessions stay, which other tests share."""
    with staff.house.administer("wellkept_umr") as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update wellkept.accounts_account set closed_at = now() where person_id = %s", [person])


def test_whoever_has_no_account_gets_a_letter_of_each_step_where_they_want_our_letters(
    visit: Visit, staff: Staff, call: Call, house: Cluster, tmp_path: Path
) -> None:
    maria = staff.world.people["maria"]
    staff.ask("delete from notices_letter where printed_at is null")
    assert staff.post(visit("maria"), HERE, **ELSEWHERE).headers["Location"] == HERE
    staff.ask("update people_confidential set since = now() - interval '15 days' where person_id = %s", [maria])
    without_account(staff, maria)
    address, number = written(visit, staff, call)
    assert waiting(staff) == 1
    assert staff.post(visit("paul"), f"/desk/authorities/{number}/", **SEEN).status_code == 200
    assert staff.post(visit("dana"), f"{address}authority/{number}/end/", reason="danger").status_code == 302
    assert waiting(staff) == 3
    texts = [text for text in printed(house, tmp_path) if "act for you" in text or "acts for you" in text]
    assert len(texts) == 3
    assert [text for text in texts if "MARIA ALVAREZ 9 Hidden Lane Farwell, MN 56001" not in text] == []
    told, confirmed, ended = (
        next(text for text in texts if title in text)
        for title in ("Somebody may soon act for you", "Somebody may act for you now", "It ended that somebody acts")
    )
    assert "Rita Standing is your guardian" in told
    assert "your claims, without sensitive care" in confirmed
    assert "Your guardian can no longer see your record, from today." in ended
    assert "danger" not in ended
    assert waiting(staff) == 0


def test_whoever_has_an_account_reads_it_there_and_gets_no_letter(visit: Visit, staff: Staff, call: Call) -> None:
    last = staff.ask("select count(*) from accounts_event where account_id = %s", [staff.accounts["maria"]])[0][0]
    _address, number = written(visit, staff, call)
    assert staff.post(visit("priya"), f"/desk/authorities/{number}/decline/").status_code == 302
    told = "select kind from accounts_event where account_id = %s order by at offset %s"
    kinds = [kind for (kind,) in staff.ask(told, [staff.accounts["maria"], last])]
    assert [kind for kind in kinds if kind.startswith("helper")] == ["helper asked", "helper declined"]
    assert waiting(staff) == 0


def test_the_person_says_no_to_a_power_of_attorney_that_waits_and_to_no_court(
    visit: Visit, staff: Staff, call: Call
) -> None:
    _address, number = written(visit, staff, call)
    assert "Say no" not in visit("maria").get("/member/helpers/").text
    assert staff.post(visit("maria"), f"/member/helpers/{number}/end/").status_code == 404
    staff.ask("update consent_appointment set kind = 'power_of_attorney' where id = %s", [UUID(number)])
    assert "Say no" in visit("maria").get("/member/helpers/").text
    assert "Say no" in visit("maria").get(f"/member/helpers/{number}/").text
    for other in ("stella", "tom"):
        assert staff.post(visit(other), f"/member/helpers/{number}/end/").status_code == 404
    assert staff.post(visit("maria"), f"/member/helpers/{number}/end/").status_code == 302
    assert "Rita Standing" not in visit("maria").get("/member/helpers/").text
    assert number not in visit("paul").get("/desk/authorities/").text
    assert staff.post(visit("paul"), f"/desk/authorities/{number}/", **SEEN).status_code == 403
    told = "select state, ended_by from consent_appointment where id = %s"
    assert staff.ask(told, [UUID(number)]) == [("declined", "person")]
    assert staff.ask("select 1 from consent_authority where id = %s", [UUID(number)]) == []
    entered = "select own, role from ledger_entry where kind = 'authority turned down' and subjects[1] = %s"
    assert staff.ask(entered, [staff.world.people["maria"]]) == [(True, "member")]
    assert staff.post(visit("maria"), f"/member/helpers/{number}/end/").status_code == 404


def test_nobody_is_confirmed_while_their_letter_would_go_where_a_call_just_said(
    visit: Visit, staff: Staff, call: Call
) -> None:
    _address, number = written(visit, staff, call)
    maria = [staff.world.people["maria"]]
    ((before,),) = staff.ask("select told from people_contact where person_id = %s", maria)
    without_account(staff, maria[0])
    told = "(wellkept.access_day(now()) - 13)::text || ':~' || replace(gen_random_uuid()::text, '-', '')"
    staff.ask(f"update people_contact set told = {told} where person_id = %s", maria)
    try:
        page = staff.post(visit("paul"), f"/desk/authorities/{number}/", **SEEN)
        assert (page.status_code, 'class="big"' in page.text) == (400, False)
        assert "less than 14 days ago" in page.text
        assert staff.ask("select state from consent_appointment where id = %s", [UUID(number)]) == [("waits",)]
    finally:
        staff.ask("update people_contact set told = %s where person_id = %s", [before, *maria])
