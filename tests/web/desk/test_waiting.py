"""What waits too long does not wait for ever, and nothing urgent is hidden behind what is old."""

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from tests.web.desk import test_cases as told
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import case_of, main, sent
from wellkept.service.cases import MOST

OLD = (
    "insert into service_case (id, person_id, category, collected_under, restricted, number, kind, about, state,"
    " opened_at, due_on, due_at) select gen_random_uuid(), %s, 'claims', 'x', false, 'OLD-' || n, 'claim',"
    " gen_random_uuid(), 'waiting', now(), current_date - 90, now() - interval '90 days' from generate_series(1, %s) n"
)
STILL = "select service_still(c), service_due_on(c) - c.due_on from service_case c where id = %s"


@pytest.fixture
def old(staff: Staff) -> Iterator[None]:
    """More cases of nobody wait, and for longer, than the list holds."""
    nobody = uuid4()
    staff.ask(OLD, [nobody, MOST + 10])
    yield
    staff.ask("delete from service_case where person_id = %s", [nobody])


@pytest.mark.usefixtures("old", "no_appeals")
def test_what_is_urgent_stands_first_and_one_s_own_always(visit: Visit, staff: Staff) -> None:
    dana = visit("dana")
    mine = told.taken(staff, visit, told.told(staff, visit("tom")))
    theirs = case_of(staff, sent(staff, visit("maria"), "care/", setting="before", words="A knee."))
    staff.post(visit("paul"), f"/desk/cases/{theirs}/take/")
    urgent = case_of(staff, sent(staff, visit("maria"), "care/", setting="urgent", words="It hurts."))
    page = main(dana.get("/desk/cases/"))
    assert re.findall(r'action="/desk/cases/([^/]+)/take/"', page)[0] == urgent
    assert f'href="{mine}"' in page
    assert staff.ask("select number from service_case where id = %s", [theirs])[0][0] in page
    assert page.count("came in ") == MOST
    assert f"Only {MOST} cases stand here" in page
    staff.ask("update service_case set account_id = %s where number like 'OLD-%%'", [staff.accounts["dana"]])
    assert dana.get(mine).status_code == 200
    staff.ask("update service_case set state = 'asked', asked_on = current_date where id = %s", [mine.split("/")[3]])
    staff.ask("update service_case set account_id = null where number like 'OLD-%%' and number > 'OLD-20'")
    rows = re.findall(r'href="/desk/cases/([^/]+)/"', main(dana.get("/desk/cases/")))
    assert rows[-1] == mine.split("/")[3]
    assert dana.get(f"/desk/cases/{theirs}/").status_code == 403


def test_silence_about_a_change_ends_after_45_days_as_the_member_reads(visit: Visit, staff: Staff) -> None:
    address = told.told(staff, visit("maria"), at="/member/changes/", form=told.CHANGE)
    case, dana = told.taken(staff, visit, address), visit("dana")
    number = UUID(case.split("/")[3])
    staff.post(dana, case, what="asked", words="Which day?")
    assert "until then our days stand still" in main(visit("maria").get(address))
    assert "for 45 days at most" in main(dana.get(case))
    waits = "update service_case set asked_on = asked_on - %s where id = %s"
    staff.ask(waits, [45, number])
    assert staff.ask(STILL, [number]) == [(True, 45)]
    assert staff.post(dana, case, what="refused", words="No.").status_code == 403
    staff.ask(waits, [1, number])
    page = main(dana.get(case))
    for part in ("The member did not answer in 45 days", "You decide without the answer"):
        assert part in page
    for kind in ("other_insurance", "change"):
        staff.ask("update service_case set kind = %s where id = %s", [kind, number])
        assert staff.ask(STILL, [number]) == [(False, 45)]
    assert staff.post(dana, case, what="asked", words="And?").status_code == 400
    assert staff.post(dana, case, what="refused", words="You did not say which day.").status_code == 302
    assert staff.ask("select state from service_case where id = %s", [number]) == [("refused",)]


def test_what_is_answered_late_has_the_days_it_had_left(visit: Visit, staff: Staff) -> None:
    address = told.told(staff, visit("maria"), at="/member/changes/", form=told.CHANGE)
    case = told.taken(staff, visit, address)
    number = UUID(case.split("/")[3])
    staff.post(visit("dana"), case, what="asked", words="Which day?")
    ((due,),) = staff.ask("select due_on from service_case where id = %s", [number])
    staff.ask("update service_case set asked_on = asked_on - 60 where id = %s", [number])
    assert staff.post(visit("maria"), f"{address}answer/", words="The second.").status_code == 302
    assert staff.ask("select due_on - %s, state from service_case where id = %s", [due, number]) == [(45, "working")]
