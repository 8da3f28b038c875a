"""The law's time to decide is made longer once, in time, with a letter that says why; and silence holds nothing up."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.web.desk import test_cases as receipts
from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import DUE, answered, case_of, letter, main, sent, taken, thread
from tests.web.desk.test_appeals_acting import helping  # noqa: F401  (a fixture)
from tests.web.member.world import hashed
from wellkept.policy import packs
from wellkept.web.desk import appeal_letter

pytestmark = pytest.mark.usefixtures("no_appeals")
LONGER = 'value="extended"'
WHY = {"what": "extended", "words": "The hospital's paper is late."}
LETTERS = "select count(*) from notices_letter where kind = 'claim answer' and person_id = %s and printed_at is null"
EXTEND = "select wellkept.service_extend_case(%s, %s, %s, 'x')"


def letters(staff: Staff) -> int:
    return int(staff.ask(LETTERS, [staff.world.people["maria"]])[0][0])


def extended(staff: Staff, case: str) -> str:
    """What the database says to Dana who makes the time of a case longer, past every page; then it is taken back."""
    (row,) = staff.ask("select person_id, occasion from service_case where id = %s", [case])
    secret = hashed(staff.secrets["dana"])
    with staff.house.connect("umr", "web", autocommit=True) as web:
        asked = "select wellkept.gate_enter(%s, array[%s]::uuid[], 'HPAYMT', '{claims}', %s)"
        entry = web.execute(asked, [secret, *row]).fetchone()
        web.execute("select wellkept.gate_flush()")
        with web.transaction(force_rollback=True):
            web.execute("select wellkept.gate_hold(%s)", entry)
            came = web.execute(EXTEND, [secret, case, uuid4()]).fetchone()
    assert came is not None
    return str(came[0])


def test_a_request_before_care_is_made_longer_once_and_the_person_is_told(visit: Visit, staff: Staff) -> None:
    maria, dana = visit("maria"), visit("dana")
    address = sent(staff, maria, "care/", setting="before", words="A knee.")
    case, had = taken(staff, visit, address), letters(staff)
    assert LONGER in main(dana.get(case))
    answered(staff, visit, case, **WHY)
    assert staff.ask(DUE, [thread(address)]) == [(30 * 24,)]
    days = "select due_on - (opened_at at time zone 'America/Chicago')::date from service_case where about = %s"
    assert staff.ask(days, [thread(address)]) == [(30,)]
    assert letters(staff) == had + 1
    page = main(maria.get(address))
    for part in ("needs 15 days more, and says why", "The hospital&#x27;s paper is late."):
        assert part in page
    assert f'href="{address}"' in maria.get("/member/news/").text
    assert LONGER not in main(dana.get(case))
    assert extended(staff, case_of(staff, address)) == "used"
    assert staff.post(dana, case, **WHY).status_code == 400
    answered(staff, visit, case, what="asked", words="Which knee?")
    staff.ask("update service_case set asked_on = asked_on - 4 where about = %s", [thread(address)])
    assert "our question gives us no more days" in main(maria.get(address))
    assert staff.post(maria, address, words="The left one.").status_code == 302
    assert staff.ask(DUE, [thread(address)]) == [(30 * 24,)]
    answered(staff, visit, case, what="accepted", words="Yes.")


def test_the_letter_says_why_and_by_when() -> None:
    pack = packs.named("umr")
    made = appeal_letter.later(pack, number="7KQ2-MWXD", due_on=date(2028, 2, 29), said="The paper is late.")
    says = str(made["says"])
    for part in ("7KQ2-MWXD", "The paper is late.", "We expect to decide by February 29, 2028."):
        assert part in says


@pytest.mark.parametrize("sort", ["care/", "letter/"])
def test_what_is_urgent_and_what_is_an_appeal_is_never_made_longer(visit: Visit, staff: Staff, sort: str) -> None:
    given = {"setting": "urgent", "words": "It hurts."} if sort == "care/" else letter()
    address = sent(staff, visit("maria"), sort, **given)
    case = taken(staff, visit, address)
    assert LONGER not in main(visit("dana").get(case))
    assert staff.post(visit("dana"), case, **WHY).status_code == 400
    assert extended(staff, case_of(staff, address)) == "no"
    staff.post(visit("maria"), f"{address}withdraw/")


def test_when_the_first_time_is_over_it_is_too_late(visit: Visit, staff: Staff) -> None:
    address = sent(staff, visit("maria"), "care/", setting="before", words="A hip.")
    case = taken(staff, visit, address)
    staff.ask("update service_thread set due_at = now() - interval '1 minute' where id = %s", [thread(address)])
    assert LONGER not in main(visit("dana").get(case))
    assert extended(staff, case_of(staff, address)) == "late"
    answered(staff, visit, case, what="asked", words="Which hip?")
    assert staff.ask("select asked_at, asked_on from service_thread t join service_case c on c.about = t.id"
                     " where t.id = %s", [thread(address)]) == [(None, None)]  # fmt: skip
    answered(staff, visit, case, what="accepted", words="Yes.")


def test_a_question_is_the_one_extension_and_silence_of_45_days_ends_it(visit: Visit, staff: Staff) -> None:
    maria, dana = visit("maria"), visit("dana")
    address = sent(staff, maria, "care/", setting="before", words="An elbow.")
    case = taken(staff, visit, address)
    answered(staff, visit, case, what="asked", words="Which elbow?")
    assert "Send the answer" not in main(dana.get(case))
    staff.ask("update service_thread set asked_at = asked_at - interval '46 days' where id = %s", [thread(address)])
    assert "Send the answer" in main(dana.get(case))
    assert staff.post(maria, address, words="The left one.").status_code == 302
    assert staff.ask(DUE, [thread(address)]) == [((15 + 45) * 24,)]
    assert LONGER not in main(dana.get(case))
    assert extended(staff, case_of(staff, address)) == "used"
    answered(staff, visit, case, what="refused", words="No.", rule="Booklet, section 4")


def test_an_urgent_question_waits_48_hours_and_then_is_decided(visit: Visit, staff: Staff) -> None:
    address = sent(staff, visit("maria"), "care/", setting="urgent", words="It hurts.")
    case = taken(staff, visit, address)
    answered(staff, visit, case, what="asked", words="Where?")
    assert staff.post(visit("dana"), case, what="accepted", words="Too early.").status_code == 403
    staff.ask("update service_thread set asked_at = asked_at - interval '49 hours' where id = %s", [thread(address)])
    answered(staff, visit, case, what="accepted", words="Yes.")


def test_an_appeal_that_was_asked_about_is_decided_without_the_answer(visit: Visit, staff: Staff) -> None:
    address = sent(staff, visit("maria"), f"claim/{staff.world.claims['denied']}/", words="It was needed.")
    case = taken(staff, visit, address)
    answered(staff, visit, case, what="asked", words="Which doctor?")
    page = main(visit("dana").get(case))
    assert "The time goes on all the same" in page
    assert not re.search(r'value="asked"', page)
    answered(staff, visit, case, what="accepted", words="We pay.")
    assert "Decided for you" in main(visit("maria").get(address))


def test_a_receipt_is_made_longer_once_with_a_letter(visit: Visit, staff: Staff) -> None:
    maria, dana = visit("maria"), visit("dana")
    address = receipts.told(staff, maria)
    case, had = receipts.taken(staff, visit, address), letters(staff)
    about = [address.split("/")[3]]
    assert LONGER in main(dana.get(case))
    assert staff.post(dana, case, **WHY).headers["Location"] == "/desk/cases/"
    days = "select due_on - (opened_at at time zone 'America/Chicago')::date from service_case where about = %s"
    assert staff.ask(days, about) == [(45,)]
    assert letters(staff) == had + 1
    page = main(maria.get(address))
    assert "needs 15 days more, and says why" in page
    assert "the law gives 30 days" not in page
    assert LONGER not in main(dana.get(case))
    assert extended(staff, case.split("/")[3]) == "used"
    assert staff.post(dana, case, what="asked", words="Which day?").status_code == 302
    assert "our question gives us no more days" in main(maria.get(address))
    assert staff.post(dana, case, what="accepted", words="We pay.").status_code == 302


def test_silence_about_a_receipt_ends_after_45_days(visit: Visit, staff: Staff) -> None:
    address = receipts.told(staff, visit("maria"))
    case = receipts.taken(staff, visit, address)
    staff.post(visit("dana"), case, what="asked", words="Which day?")
    staff.ask("update service_case set asked_on = asked_on - 45 where about = %s", [address.split("/")[3]])
    assert staff.post(visit("dana"), case, what="refused", words="No.", rule="Booklet").status_code == 403
    staff.ask("update service_case set asked_on = asked_on - 1 where about = %s", [address.split("/")[3]])
    given = {"what": "refused", "words": "No day is named.", "rule": "Booklet, section 2"}
    assert staff.post(visit("dana"), case, **given).status_code == 302


@pytest.fixture
def uncovered(staff: Staff) -> Iterator[None]:
    """Maria's coverage ended a month ago."""
    maria = staff.world.people["maria"]
    had = staff.ask("select id, ends_on from benefits_coverage where person_id = %s", [maria])
    staff.ask("update benefits_coverage set ends_on = current_date - 30 where person_id = %s", [maria])
    yield
    for coverage, ends_on in had:
        ending = "update benefits_coverage set ends_on = %s where person_id = %s and id = %s"
        staff.ask(ending, [ends_on, maria, coverage])


@pytest.mark.usefixtures("uncovered")
def test_whoever_is_covered_no_more_is_heard_on_a_call_and_on_their_pages(
    call: Call, visit: Visit, staff: Staff
) -> None:
    at = call()
    page = main(staff.post(visit("dana"), f"{at}appeal/", **letter(about="letter")))
    number = re.search(r"<strong>([2-9B-Z]{4}-[2-9B-Z]{4})</strong>", page)
    assert number
    ((case, about),) = staff.ask("select id::text, about::text from service_case where number = %s", [number[1]])
    # Not Dana: she refused something, and of this nobody knows whether it was that.
    assert staff.post(visit("paul"), f"/desk/cases/{case}/take/").status_code == 302
    answered(staff, visit, f"/desk/appeals/{case}/", who="paul", what="accepted", words="We pay.")
    assert "Decided for you" in main(visit("maria").get(f"/member/appeals/{about}/"))
    own = sent(staff, visit("maria"), f"ask/{staff.world.claims['paid']}/", words="Why?")
    assert staff.post(visit("maria"), f"{own}withdraw/").status_code == 302


@pytest.fixture
def helped(staff: Staff, helping: UUID) -> Iterator[None]:  # noqa: F811  (pytest passes the fixture)
    """Tom helps Maria for the length of the test."""
    yield
    staff.ask("delete from consent_actsfor where id = %s", [helping])
    staff.ask("delete from consent_appointment where id = %s", [helping])


@pytest.mark.usefixtures("helped")
def test_what_a_helper_takes_back_is_news_for_the_person(visit: Visit, staff: Staff) -> None:
    maria, at = staff.world.people["maria"], f"/member/family/{staff.world.people['maria']}/appeals/"
    answer = staff.post(visit("tom"), f"{at}claim/{staff.world.claims['denied']}/", words="It was needed.")
    number = thread(answer.headers["Location"])
    assert staff.post(visit("tom"), f"{at}{number}/withdraw/").status_code == 302
    news = "select kind, category from notices_news where person_id = %s and about = %s"
    assert staff.ask(news, [maria, number]) == [("answers", "claims")]
    own = sent(staff, visit("maria"), "care/", setting="before", words="A toe.")
    assert staff.post(visit("maria"), f"{own}withdraw/").status_code == 302
    assert staff.ask(news, [maria, thread(own)]) == []


@pytest.mark.parametrize("who", ["maria", "tom", "paul", "nora", "priya"])
def test_nobody_else_makes_it_longer(visit: Visit, staff: Staff, who: str) -> None:
    address = sent(staff, visit("maria"), "care/", setting="before", words="A toe.")
    case = taken(staff, visit, address)
    assert staff.post(visit(who), case, **WHY).status_code in (302, 403, 404)
    assert staff.ask("select extended_on from service_case where about = %s", [thread(address)]) == [(None,)]
    staff.post(visit("maria"), f"{address}withdraw/")
