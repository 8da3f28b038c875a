"""What a call leaves: notes the caller reads, something to do, a letter, a code, and what an answer did not settle."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.member.world import hashed

NOTE = "canary-note: she asked when the check comes."
BORN = {"birth_date_month": "5", "birth_date_day": "21", "birth_date_year": "1984"}
REFERENCE = re.compile(r"E-[0-9A-Z]{8}")
NUMBER = re.compile(r"number <strong>([2-9B-Z]{4}-[2-9B-Z]{4})</strong>")


def text(answer: Any) -> str:
    found = re.search(r"<main.*</main>", answer.text, re.DOTALL)
    assert found
    return found[0]


def test_a_caller_without_a_card_is_found_by_how_the_name_sounds(visit: Visit, staff: Staff) -> None:
    before = staff.newest()
    told = {"first": "Mariah", "last": "Alvares", **BORN}
    page = staff.post(visit("dana"), "/desk/find/?by=name", **told)
    assert "MARIA ALVAREZ" in page.text
    (entry,) = staff.entries("dana", before)
    assert (entry["kind"], entry["subjects"]) == ("searched", [staff.world.people["maria"]])
    chosen = {"begin": "yes", "person": str(staff.world.people["maria"]), "about": "card"}
    address = staff.post(visit("dana"), "/desk/find/?by=name", **told, **chosen).headers["Location"]
    assert staff.ask("select way from service_call where id = %s", [address.split("/")[3]]) == [("name",)]
    script = text(visit("dana").get(address))
    assert "read me the member number" in script
    assert "tell me your full name" not in script
    nobody = staff.post(visit("dana"), "/desk/find/?by=name", **told | {"birth_date_day": "22"})
    assert "Nobody is found with a name like this" in nobody.text


def test_the_number_opens_for_a_call_back_and_only_once_that_was_said(visit: Visit, staff: Staff, call: Call) -> None:
    dana, address = visit("dana"), call(verified=False)
    asked = "select wellkept.gate_enter(%s, array[%s]::uuid[], 'HPAYMT', array['contact'], %s)"

    def opens() -> str:
        with staff.house.connect("umr", "web", autocommit=True) as web:
            given = [hashed(staff.secrets["dana"]), staff.world.people["maria"], UUID(address.split("/")[3])]
            row = web.execute(asked, given).fetchone()
        return str(staff.ask("select kind from ledger_entry where id = %s", list(row or ()))[0][0])

    assert opens() == "refused"
    staff.post(dana, f"{address}verified/", how="called")
    assert "Verify the caller first" in dana.get(address).text
    assert staff.post(visit("paul"), f"{address}call-back/").status_code == 403
    assert staff.post(dana, f"{address}call-back/").status_code == 302
    assert opens() == "opened"
    assert "The number on file" in text(dana.get(f"{address}call-back/")) or "No number is on file" in text(
        dana.get(f"{address}call-back/")
    )
    assert dana.get(f"{address}contact/").status_code == 403
    before = staff.newest()
    staff.post(dana, f"{address}verified/", how="called")
    assert [entry["kind"] for entry in staff.entries("dana", before)] == ["called back"]
    assert "Caller verified" in dana.get(address).text


def test_nobody_who_is_reached_in_confidence_is_called_back(visit: Visit, staff: Staff, call: Call) -> None:
    maria = staff.world.people["maria"]
    staff.ask(
        "insert into people_confidential (id, person_id, category, collected_under, restricted, channel, address,"
        " since) values (%s, %s, 'contact', '2026-11-01', true, 'portal', '', now())",
        [maria, maria],
    )
    try:
        address = call(verified=False)
        page = staff.post(visit("dana"), f"{address}call-back/")
        assert "Do not call this person back" in page.text
        asked = "select call_back from service_call where id = %s"
        assert staff.ask(asked, [address.split("/")[3]]) == [(None,)]
    finally:
        staff.ask("delete from people_confidential where person_id = %s", [maria])


def test_a_note_is_read_by_the_caller_and_on_their_later_calls_alone(visit: Visit, staff: Staff, call: Call) -> None:
    dana, address = visit("dana"), call("claim")
    before = staff.newest()
    assert staff.post(dana, f"{address}notes/", words=" ").status_code == 400
    assert staff.post(dana, f"{address}notes/", words=NOTE).status_code == 302
    kinds = [entry["kind"] for entry in staff.entries("dana", before)]
    assert kinds == ["opened", "opened", "call noted"]
    page = text(visit("maria").get("/member/privacy/calls/"))
    assert NOTE in page
    assert "Dana R., customer service, about a claim" in page
    assert NOTE not in visit("tom").get("/member/privacy/calls/").text
    seen = re.sub("<[^>]+>", "", visit("maria").get(f"/member/privacy/openings/{address.split('/')[3]}/").text)
    assert "wrote down what was said on a call with you" in seen
    for (row,) in staff.ask("select c::text from service_note c"):
        assert "canary" not in row
        assert b"canary".hex() not in row
    for who in ("paul", "nora", "priya", "maria"):
        assert visit(who).get(f"{address}notes/").status_code == 403
    staff.post(dana, f"{address}end/")
    assert staff.post(dana, f"{address}notes/", words="Late.").status_code == 403
    later = call("card", verified=False)
    assert NOTE not in dana.get(f"{later}notes/").text
    staff.post(dana, f"{later}verified/")
    assert NOTE in dana.get(f"{later}notes/").text


@pytest.mark.usefixtures("a_short_list")
def test_what_is_left_to_do_is_handed_over_done_and_read_by_the_caller(visit: Visit, staff: Staff, call: Call) -> None:
    dana, paul, address = visit("dana"), visit("paul"), call("other")
    page = staff.post(dana, f"{address}left/", step="employer", words="canary-wrong-birth-date").text
    (number,) = NUMBER.findall(page)
    ((case,),) = staff.ask("select id from service_case where number = %s", [number])
    listed = text(paul.get("/desk/cases/"))
    assert number in listed
    assert "Ask the employer to correct what its list says" in listed
    assert "canary" not in listed
    at = f"/desk/cases/{case}/"
    assert dana.get(at).status_code == 403
    staff.post(dana, f"{at}take/")
    assert "canary-wrong-birth-date" in dana.get(at).text
    assert staff.post(dana, f"{at}next/", step="call").status_code == 302
    assert "Call the member back" in text(dana.get("/desk/cases/"))
    words = dana.get(f"{at}?words=done").text
    assert "What you asked for on the phone is done." in words
    assert "What you asked for" not in dana.get(f"{at}?words=receipt-refused").text.split('id="answer"')[1]
    chosen = {"to": str(staff.accounts["paul"]), "words": "canary-please-call-her"}
    for who in ("nora", "priya", "maria", "paul"):
        assert staff.post(visit(who), f"{at}hand-over/", **chosen).status_code == 403
    nurse = {"to": str(staff.accounts["nora"]), "words": "x"}
    assert staff.post(dana, f"{at}hand-over/", **nurse).status_code == 403
    assert staff.post(dana, f"{at}hand-over/", **chosen).headers["Location"] == "/desk/cases/"
    assert dana.get(at).status_code == 403
    assert staff.post(dana, f"{at}hand-over/", **chosen).status_code == 403
    opened = text(paul.get(at))
    assert "canary-please-call-her" in opened
    assert "Handed over by Dana R." in opened
    assert staff.post(paul, at, what="accepted", words="The employer mended it.").status_code == 302
    page = text(visit("maria").get("/member/privacy/calls/"))
    for part in (number, "canary-wrong-birth-date", "Dana R. handed it to a colleague", "The employer mended it."):
        assert part in page
    found = staff.post(dana, "/desk/find/?by=case", case=number.lower().replace("-", " "))
    assert "MARIA ALVAREZ" in found.text
    assert "Nobody is found" in staff.post(dana, "/desk/find/?by=case", case="2222-2222").text


def test_two_who_hand_over_at_once_do_not_both_do_it(visit: Visit, staff: Staff, call: Call) -> None:
    dana, address = visit("dana"), call("other")
    (number,) = NUMBER.findall(staff.post(dana, f"{address}left/", step="call", words="Call her.").text)
    ((case,),) = staff.ask("select id from service_case where number = %s", [number])
    staff.post(dana, f"/desk/cases/{case}/take/")
    ((occasion,),) = staff.ask("select occasion from service_case where id = %s", [case])
    enter = "select wellkept.gate_enter(%s, array[%s]::uuid[], 'MEMADMIN', array['calls'], %s)"
    hand = "select wellkept.service_hand_over_case(%s, %s, %s, %s, %s, '')"
    secret, maria = hashed(staff.secrets["dana"]), staff.world.people["maria"]
    with (
        staff.house.connect("umr", "web", autocommit=True) as one,
        staff.house.connect("umr", "web", autocommit=True) as two,
    ):
        entries = [web.execute(enter, [secret, maria, occasion]).fetchone() for web in (one, two)]
        one.execute("select wellkept.gate_flush()")
        with two.transaction():
            two.execute("select wellkept.gate_hold(%s)", entries[1])
            with one.transaction():
                one.execute("select wellkept.gate_hold(%s)", entries[0])
                given = [secret, case, staff.accounts["paul"], uuid4(), uuid4()]
                assert one.execute(hand, given).fetchone() == (True,)
            given = [secret, case, staff.accounts["paul"], uuid4(), uuid4()]
            assert two.execute(hand, given).fetchone() == (False,)
    steps = "select count(*) from service_casestep where case_id = %s and what = 'handed over'"
    assert staff.ask(steps, [case]) == [(1,)]


def test_a_new_code_goes_by_letter_to_a_verified_caller_alone(visit: Visit, staff: Staff, call: Call) -> None:
    dana, maria = visit("dana"), staff.world.people["maria"]
    waits = "select count(*) from accounts_registration where meant = %s"
    early = call("card", verified=False)
    assert staff.post(dana, f"{early}code/").status_code == 403
    staff.post(dana, f"{early}verified/")
    for who in ("paul", "nora", "maria"):
        assert staff.post(visit(who), f"{early}code/").status_code == 403
    assert staff.ask(waits, [maria]) == [(0,)]
    try:
        page = staff.post(dana, f"{early}code/")
        assert "A letter with a code is on its way" in page.text
        assert staff.ask(waits, [maria]) == [(1,)]
        seen = re.sub("<[^>]+>", "", visit("maria").get(f"/member/privacy/openings/{early.split('/')[3]}/").text)
        assert "had a new access code posted to you" in seen
    finally:
        staff.ask("delete from accounts_registration where meant = %s", [maria])


def test_one_letter_of_a_call_waits_to_be_printed(visit: Visit, staff: Staff, call: Call) -> None:
    dana, address = visit("dana"), call("claim")
    assert "It waits to be printed" in staff.post(dana, f"{address}letter/", words="canary-of-a-letter").text
    assert "waits already" in staff.post(dana, f"{address}letter/", words="Once more.").text
    waits = "select category from notices_letter where kind = 'call' and person_id = %s and printed_at is null"
    assert staff.ask(waits, [staff.world.people["maria"]]) == [("calls",)]
    staff.ask("delete from notices_letter where kind = 'call'")


def answered(staff: Staff, visit: Visit) -> str:
    """The number of a question of Tom's that was answered."""
    told = {"kind": "question", "words": "Who reads my letters?"}
    at = staff.post(visit("tom"), "/member/privacy/requests/ask/", **told).headers["Location"]
    number: str = at.rstrip("/").rsplit("/", 1)[1]
    assert visit("tom").get(f"{at}letter/?made=yes").status_code == 404
    staff.post(visit("priya"), f"/privacy/requests/{number}/", words="Two people.")
    return number


def test_a_letter_that_follows_an_answer_is_tracked_as_a_request(visit: Visit, staff: Staff) -> None:
    tom, dana = visit("tom"), visit("dana")
    at = f"/member/privacy/requests/{answered(staff, visit)}/letter/"
    page = text(tom.get(staff.post(tom, at).headers["Location"]))
    reference = REFERENCE.search(page)
    assert reference
    assert reference[0] in text(tom.get(f"{at}?made=yes"))
    assert visit("maria").get(f"{at}?made=yes").status_code == 404
    for who in ("nora", "priya", "maria"):
        assert staff.post(visit(who), "/desk/escalations/", reference=reference[0]).status_code == 403
    before = staff.newest()
    typed = reference[0].lower().replace("-", " ")
    assert "The letter is noted" in staff.post(dana, "/desk/escalations/", reference=typed).text
    assert "noted before" in staff.post(dana, "/desk/escalations/", reference=typed).text
    assert "no such reference" in staff.post(dana, "/desk/escalations/", reference="E-00000000").text
    assert staff.post(dana, "/desk/escalations/", reference="R-1").status_code == 400
    (entry,) = staff.entries("dana", before)
    assert (entry["kind"], entry["subjects"]) == ("escalated", [staff.world.people["tom"]])
    listed = text(dana.get("/desk/escalations/"))
    assert "Wait for an answer" in listed
    assert "Tom" not in listed
    assert "Something our answer did not settle" in text(tom.get("/member/privacy/requests/"))
    assert "Not settled by an answer" in visit("priya").get("/privacy/").text
    ((number,),) = staff.ask(
        "select id from rights_request where kind = 'escalation' and person_id = %s", [staff.world.people["tom"]]
    )
    staff.post(visit("priya"), f"/privacy/requests/{number}/", words="We looked again.")
    assert "We looked again." in tom.get(f"/member/privacy/requests/{number}/").text
    staff.ask("delete from rights_letter")


def test_a_caller_says_that_an_answer_did_not_settle_it(visit: Visit, staff: Staff, call: Call) -> None:
    dana = visit("dana")
    early = call("other", verified=False)
    assert staff.post(dana, f"{early}unsettled/", words="x").status_code == 403
    letter = call("letter", verified=False)
    assert "Nobody is verified by a letter" in dana.get(letter).text
    page = staff.post(dana, f"{letter}unsettled/", words="canary-not-settled")
    assert "A person answers by" in page.text
    found = "select id from rights_request where kind = 'escalation' and person_id = %s"
    ((number,),) = staff.ask(found, [staff.world.people["maria"]])
    assert "canary-not-settled" in visit("maria").get(f"/member/privacy/requests/{number}/").text
    assert "canary-not-settled" in visit("priya").get(f"/privacy/requests/{number}/").text
    staff.ask("delete from rights_request where id = %s", [number])


WRITES = (
    ("service_call_back", "%s, %s"),
    ("service_write_note", "%s, %s, gen_random_uuid(), '', '2026-11-01'"),
    ("service_follow_up", "%s, %s, gen_random_uuid(), '2222-3333', 'call', '2026-12-01', gen_random_uuid(), '', 'x'"),
    ("service_replace_code", "%s, %s, gen_random_uuid(), ''"),
)


@pytest.mark.parametrize("name", ["paul", "nora", "priya", "maria"])
def test_no_function_of_a_call_serves_anybody_but_whoever_answers_it(
    visit: Visit, staff: Staff, call: Call, name: str
) -> None:
    number = UUID(call("other").split("/")[3])
    with staff.house.connect("umr", "web", autocommit=True) as web:
        for function, given in WRITES:
            said = web.execute(
                f"select wellkept.{function}({given})",
                [hashed(staff.secrets[name]), number],
            ).fetchone()
            assert said == (False,), function
        answer = web.execute(
            "select wellkept.rights_escalate(%s, %s, gen_random_uuid(), '2026-12-01', '', 'x')",
            [hashed(staff.secrets[name]), number],
        ).fetchone()
        assert answer == (False,)
