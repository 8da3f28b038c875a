"""Questions about claims and appeals: sent, taken, answered within the law's time; nobody else sees any of it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.files import papers
from tests.web.desk.conftest import Call, Visit
from tests.web.desk.reviewing import passed_on
from tests.web.desk.staff import Staff
from tests.web.member.world import hashed
from wellkept.policy import packs

DUE = """
select case when t.setting = 'urgent' then floor(extract(epoch from t.due_at - t.sent_at) / 3600)::int
  else 24 * ((t.due_at at time zone a.zone)::date - (coalesce(t.passed_at, t.sent_at) at time zone a.zone)::date) end
  from service_thread t, access_place a where t.id = %s
"""
pytestmark = pytest.mark.usefixtures("no_appeals")
AT = "/member/appeals/"


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def thread(address: str) -> str:
    return address.rstrip("/").split("/")[-1]


def case_of(staff: Staff, address: str) -> str:
    return str(staff.ask("select id from service_case where about = %s", [thread(address)])[0][0])


def sent(staff: Staff, client: Client, at: str, **form: Any) -> str:
    answer = staff.post(client, f"{AT}{at}", **form)
    assert answer.status_code == 302, main(answer)
    address: str = answer.headers["Location"]
    return address


def taken(staff: Staff, visit: Visit, address: str, who: str = "dana") -> str:
    case = case_of(staff, address)
    answer = staff.post(visit(who), f"/desk/cases/{case}/take/")
    assert answer.status_code == 302
    assert visit(who).get(answer.headers["Location"]).headers["Location"] == f"/desk/appeals/{case}/"
    return f"/desk/appeals/{case}/"


def answered(staff: Staff, visit: Visit, case: str, *, who: str = "dana", **form: Any) -> None:
    assert staff.post(visit(who), case, **form).headers["Location"] == "/desk/cases/"


def main(answer: Any) -> str:
    found = re.search(r"<main.*</main>", answer.text, re.DOTALL)
    assert found
    return found[0]


def today() -> date:
    return packs.today(packs.named("umr"))


def letter(**more: str) -> dict[str, str]:
    day = today() - timedelta(days=10)
    boxes = {"decided_month": str(day.month), "decided_day": str(day.day), "decided_year": str(day.year)}
    return boxes | {"setting": "after", "words": "canary-of-a-reason"} | more


def refused_request(staff: Staff, visit: Visit, setting: str = "before") -> str:
    """A request that Dana refused."""
    address = sent(staff, visit("maria"), "care/", setting=setting, words="Please decide.")
    case = taken(staff, visit, address)
    answered(staff, visit, case, what="refused", words="canary-of-a-refusal", rule="Booklet, section 4")
    return address


def test_a_question_with_a_paper_is_taken_answered_and_seen(visit: Visit, staff: Staff) -> None:
    maria, dana = visit("maria"), visit("dana")
    claim = staff.world.claims["paid"]
    assert f'href="{AT}ask/{claim}/"' in maria.get(f"/member/claims/{claim}/").text
    two = [uploaded("canary-bill.html", papers.pdf()), uploaded("photo.jpg", papers.jpeg())]
    address = sent(staff, maria, f"ask/{claim}/", words="canary-of-a-question", papers=two)
    assert "canary-of-a-question" in main(maria.get(address))
    assert "canary" not in main(dana.get("/desk/cases/"))
    before = staff.newest()
    case = taken(staff, visit, address)
    page = main(dana.get(case))
    for part in ("MARIA ALVAREZ", "canary-of-a-question", "canary-bill.pdf"):
        assert part in page
    (kept,) = re.findall(r'href="(/desk/appeals/[^"]+/papers/[^"]+/)">canary-bill.pdf<', page)
    given = dana.get(kept)
    assert given.content == papers.pdf()
    assert given.headers["Content-Disposition"].startswith("attachment")
    opened = {tuple(sorted(one["categories"])) for one in staff.entries("dana", before) if one["kind"] == "opened"}
    assert opened == {("claims", "coverage", "identity")}
    answered(staff, visit, case, what="accepted", words="You owe 20 dollars.", papers=uploaded("b.png", papers.png()))
    page = main(maria.get(address))
    for part in ("You owe 20 dollars.", "Answered", "Dana R."):
        assert part in page
    (back,) = re.findall(rf'href="({address}papers/[^"]+/)">b.png<', page)
    assert maria.get(back).headers["Content-Type"] == "image/png"
    assert f'href="{address}"' in maria.get("/member/news/").text
    assert dana.get(case).status_code == 403
    assert dana.get(kept).status_code == 403
    assert "to work on your question about a claim" in maria.get("/member/privacy/openings/").text


def test_an_appeal_of_a_claim_has_sixty_days_and_waits_for_nothing(visit: Visit, staff: Staff) -> None:
    maria, claim = visit("maria"), staff.world.claims["denied"]
    assert f'href="{AT}claim/{claim}/"' in maria.get(f"/member/claims/{claim}/").text
    assert maria.get(f"{AT}claim/{staff.world.claims['paid']}/").status_code == 404
    address = sent(staff, maria, f"claim/{claim}/", words="It was needed.")
    assert staff.ask(DUE, [thread(address)]) == [(60 * 24,)]
    again = staff.post(maria, f"{AT}claim/{claim}/", words="Once more.")
    assert again.status_code == 400
    assert "already" in main(again)
    case = taken(staff, visit, address, "paul")
    answered(staff, visit, case, who="paul", what="asked", words="Which doctor?")
    assert staff.ask(DUE, [thread(address)]) == [(60 * 24,)]
    assert "our question gives us no more days" in main(maria.get(address))
    assert staff.post(maria, address, words="Dr. Canary.").status_code == 302
    assert staff.ask(DUE, [thread(address)]) == [(60 * 24,)]
    bare = staff.post(visit("paul"), case, what="refused", words="No.")
    assert bare.status_code == 400
    assert "Please name the rule" in main(bare)
    answered(staff, visit, case, who="paul", what="refused", words="It stands.", rule="Booklet, section 9")
    page = main(maria.get(address))
    for part in ("The decision stands", "Booklet, section 9", "section 502(a)", f"{AT}before/{thread(address)}/"):
        assert part in page
    late = staff.post(maria, f"{AT}claim/{claim}/", words="Once more.")
    assert "looked at again already" in main(late)
    review = sent(staff, maria, f"before/{thread(address)}/", words="Look again.", agree="on")
    assert staff.ask("select kind, due_at from service_thread where id = %s", [thread(review)]) == [("review", None)]
    assert staff.post(visit("paul"), f"/desk/cases/{case_of(staff, review)}/take/").status_code == 403
    case = taken(staff, visit, review)
    passed_on(staff, visit, case)
    assert staff.ask(DUE, [thread(review)]) == [(45 * 24,)]
    answered(staff, visit, case, what="accepted", words="The reviewer decided for you.")
    assert "Decided for you" in main(maria.get(review))
    printed = "select id from notices_letter where kind = 'claim answer' and person_id = %s and printed_at is null"
    assert len(staff.ask(printed, [staff.world.people["maria"]])) >= 4


def test_whoever_decided_never_looks_again(visit: Visit, staff: Staff) -> None:
    request = refused_request(staff, visit)
    address = sent(staff, visit("maria"), f"before/{thread(request)}/", words="Look again.")
    assert staff.ask(DUE, [thread(address)]) == [(30 * 24,)]
    case = case_of(staff, address)
    assert staff.post(visit("dana"), f"/desk/cases/{case}/take/").status_code == 403
    taken(staff, visit, address, "paul")
    page = main(visit("paul").get(f"/desk/appeals/{case}/"))
    assert "canary-of-a-refusal" in page
    colleague = [staff.accounts["dana"]]
    moved = "update service_case set account_id = %s, actor = 'Dana R.', occasion = gen_random_uuid() where id = %s"
    staff.ask(moved, [*colleague, case])
    staff.ask(
        "insert into ledger_occasion (id, kind, account, role, actor, label)"
        " select occasion, 'case', account_id, 'representative', actor, kind from service_case where id = %s",
        [case],
    )
    answer = staff.post(visit("dana"), f"/desk/appeals/{case}/", what="accepted", words="Yes.")
    assert answer.status_code == 400
    assert "You decided this before" in main(answer)


def test_an_urgent_request_has_72_hours_and_what_the_law_adds(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    address = sent(staff, maria, "care/", setting="urgent", words="It hurts.")
    assert staff.ask(DUE, [thread(address)]) == [(72,)]
    case = taken(staff, visit, address)
    assert "urgent" in main(visit("dana").get(case))
    answered(staff, visit, case, what="asked", words="Where?")
    assert 95 <= staff.ask(DUE, [thread(address)])[0][0] <= 96
    assert staff.post(maria, address, words="Here.").status_code == 302
    assert 47 <= staff.ask(DUE, [thread(address)])[0][0] <= 48
    assert staff.post(maria, f"{address}withdraw/").status_code == 302
    assert "Taken back" in main(maria.get(address))
    assert visit("dana").get(case).status_code == 403


def test_a_request_before_care_stands_still_while_it_waits(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    address = sent(staff, maria, "care/", setting="before", words="A knee.")
    assert staff.ask(DUE, [thread(address)]) == [(15 * 24,)]
    answered(staff, visit, taken(staff, visit, address), what="asked", words="Which knee?")
    staff.ask("update service_thread set asked_at = service_days_after(asked_at, -4) where id = %s", [thread(address)])
    assert staff.post(maria, address, words="The left one.").status_code == 302
    assert staff.ask(DUE, [thread(address)]) == [(19 * 24,)]
    staff.post(maria, f"{address}withdraw/")


def test_of_a_question_the_page_says_as_the_list_that_the_days_stand_still(visit: Visit, staff: Staff) -> None:
    address = sent(staff, visit("maria"), f"ask/{staff.world.claims['paid']}/", words="Why?")
    case = taken(staff, visit, address)
    assert "You answer" in main(visit("dana").get(case))
    answered(staff, visit, case, what="asked", words="Which bill?")
    page = main(visit("dana").get(case))
    assert "until then the days stand still" in page
    assert "You answer" not in page
    staff.post(visit("maria"), f"{address}withdraw/")


def test_180_days_and_four_months_are_held_to(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    old = today() - timedelta(days=190)
    boxes = {"decided_month": str(old.month), "decided_day": str(old.day), "decided_year": str(old.year)}
    late = staff.post(maria, f"{AT}letter/", **letter(**boxes))
    assert late.status_code == 400
    assert "The time for this has ended" in main(late)
    assert "canary-of-a-reason" in main(late)
    address = sent(staff, maria, "letter/", **letter(setting="before"))
    assert staff.ask(DUE, [thread(address)]) == [(30 * 24,)]
    assert maria.get(f"{AT}before/{uuid4()}/").status_code == 404
    assert maria.get(f"{AT}before/{thread(address)}/").status_code == 404
    assert staff.post(maria, f"{AT}before/{thread(address)}/", words="x", agree="on").status_code == 404
    staff.ask("update service_thread set due_at = now() - interval '1 hour' where id = %s", [thread(address)])
    assert "You can now ask for an external review, or go to court." in main(maria.get(address))
    review = sent(staff, maria, f"before/{thread(address)}/", words="You are late.", agree="on")
    assert "An external review" in main(maria.get(review))
    for one in (address, review):
        staff.post(maria, f"{one}withdraw/")


def test_two_appeals_at_once_are_one(visit: Visit, staff: Staff) -> None:
    request = refused_request(staff, visit)
    before, given = thread(request), [hashed(staff.secrets["maria"])]

    def send(number: int) -> str:
        with staff.house.connect("umr", "web", autocommit=True) as web:
            row = web.execute("select wellkept.gate_enter(%s, null, 'PATRQT', '{claims}', null)", given).fetchone()
            web.execute("select wellkept.gate_flush()")
            with web.transaction():
                web.execute("select wellkept.gate_hold(%s)", row)
                asked = (
                    "select wellkept.service_send_thread(%s, %s, 'claims', 'v', %s, 'appeal', 'before', null, %s, null,"
                    " current_date, %s, 'x')"
                )
                values = [uuid4(), staff.world.people["maria"], f"RACE-{number}{before[:6]}", before, uuid4()]
                came = web.execute(asked, values).fetchone()
                assert came is not None
                return str(came[0])

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == ["sent", "waits", "waits", "waits"]


def test_it_holds_a_hundred_messages_and_what_is_typed_then_comes_back(visit: Visit, staff: Staff) -> None:
    address = sent(staff, visit("maria"), f"ask/{staff.world.claims['paid']}/", words="The first.")
    staff.ask(
        "insert into service_casestep (id, person_id, category, plan_id, collected_under, restricted, case_id, at,"
        " what) select gen_random_uuid(), c.person_id, c.category, c.plan_id, c.collected_under, c.restricted, c.id,"
        " now(), 'wrote'"
        " from service_case c, generate_series(1, 98) where c.id = %s",
        [case_of(staff, address)],
    )
    assert staff.post(visit("maria"), address, words="The hundredth.").status_code == 302
    page = main(visit("maria").get(address))
    assert "You have written 100 messages here" in page
    assert "<textarea" not in page
    again = staff.post(visit("maria"), address, words="canary-of-one-more")
    assert (again.status_code, "canary-of-one-more" in main(again)) == (400, True)
    assert "This takes no more messages." in main(again)
    assert "canary-of-one-more" not in main(visit("maria").get(address))
    assert staff.post(visit("maria"), f"{address}withdraw/").status_code == 302


def test_a_paper_that_is_nothing_we_take_is_refused_and_nothing_typed_is_lost(visit: Visit, staff: Staff) -> None:
    maria, claim = visit("maria"), staff.world.claims["paid"]
    count = "select count(*) from service_thread where person_id = %s"
    had = staff.ask(count, [staff.world.people["maria"]])
    bad = [uploaded("bill.pdf", b"MZ" + bytes(100)), uploaded("page.pdf", b"<html>")]
    answer = staff.post(maria, f"{AT}ask/{claim}/", words="kept words", papers=bad)
    assert answer.status_code == 400
    page = main(answer)
    assert "kept words" in page
    assert "bill.pdf: This is a program" in page
    many = staff.post(maria, f"{AT}ask/{claim}/", words="x", papers=[uploaded("a.pdf", papers.pdf())] * 6)
    assert "at most five papers" in main(many)
    assert staff.post(maria, f"{AT}ask/{claim}/", words="x", more="y").status_code == 400
    assert staff.ask(count, [staff.world.people["maria"]]) == had


def test_sensitive_care_opens_to_whoever_took_the_question_about_it_alone(visit: Visit, staff: Staff) -> None:
    address = sent(staff, visit("maria"), f"ask/{staff.world.claims['sensitive']}/", words="canary-of-what-is-private")
    before = staff.newest()
    case = taken(staff, visit, address)
    assert "canary-of-what-is-private" in main(visit("dana").get(case))
    kinds = [set(one["categories"]) for one in staff.entries("dana", before) if one["kind"] == "opened"]
    assert kinds == [{"identity", "coverage", "sensitive_claims"}]
    assert staff.post(visit("dana"), f"/desk/cases/{thread(case)}/give-back/").status_code == 302
    assert visit("dana").get(case).status_code == 403


def test_an_urgent_appeal_is_taken_down_on_a_verified_call_alone(call: Call, visit: Visit, staff: Staff) -> None:
    bare = call(verified=False)
    assert visit("dana").get(f"{bare}appeal/").status_code == 403
    assert staff.post(visit("dana"), f"{bare}appeal/", **letter()).status_code == 403
    at = call()
    assert f'href="{at}appeal/"' in visit("dana").get(at).text
    page = main(staff.post(visit("dana"), f"{at}appeal/", **letter(setting="urgent", about="letter")))
    number = re.search(r"<strong>([2-9B-Z]{4}-[2-9B-Z]{4})</strong>", page)
    assert number
    sent_as = "select about::text from service_case where number = %s"
    ((mine,),) = staff.ask(sent_as, [number[1]])
    assert staff.ask(DUE, [mine]) == [(72,)]
    shown = main(visit("maria").get(f"{AT}{mine}/"))
    for part in ("Dana R. sent it for you", "canary-of-a-reason", "Urgent: 72 hours"):
        assert part in shown
    assert staff.post(visit("paul"), f"{at}appeal/", **letter()).status_code == 403
    staff.post(visit("dana"), f"{at}end/")
    assert staff.post(visit("dana"), f"{at}appeal/", **letter()).status_code == 403
    staff.post(visit("maria"), f"{AT}{mine}/withdraw/")


@pytest.mark.parametrize("who", ["tom", "nobody", "nora", "priya", "dana", "paul", "stranger"])
def test_nobody_else_sees_or_writes_in_it(visit: Visit, staff: Staff, who: str) -> None:
    address = sent(staff, visit("maria"), f"ask/{staff.world.claims['paid']}/", words="canary-of-mine")
    case, client = case_of(staff, address), visit(who)
    for path in (address, f"{address}withdraw/", f"/desk/appeals/{case}/", f"/desk/appeals/{case}/papers/{uuid4()}/"):
        for answer in (client.get(path), staff.post(client, path, words="x", what="accepted")):
            assert answer.status_code in (302, 400, 403, 404)
            assert "canary-of-mine" not in answer.text
    assert staff.ask("select state from service_case where id = %s", [case]) == [("waiting",)]
    staff.post(visit("maria"), f"{address}withdraw/")


def test_the_database_says_no_to_whoever_has_nothing_open(staff: Staff) -> None:
    calls = {
        "select * from wellkept.service_threads(%s)": [uuid4()],
        "select wellkept.service_write_thread(%s, %s, %s, 'x')": [uuid4()] * 3,
        "select wellkept.service_withdraw_thread(%s, %s)": [uuid4()] * 2,
        "select * from wellkept.service_thread": [],
    }
    with staff.house.connect("umr", "web", autocommit=True) as web:
        shown = [outcome(web, statement, given) for statement, given in calls.items()]
    assert set(shown) == {"nothing"}


def outcome(web: psycopg.Connection[Any], statement: str, given: list[Any]) -> str:
    rows = web.execute(statement, given).fetchall()
    return "nothing" if rows in ([], [(False,)], [(None,)]) else "shown"
