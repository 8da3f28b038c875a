"""What became urgent: the choice stands at the door our letter names, and at the desk; a time only gets shorter."""

from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from tests.web.desk.conftest import Call, Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import (
    AT,
    DUE,
    answered,
    case_of,
    main,
    refused_request,
    sent,
    taken,
    thread,
    today,
)  # fmt: skip
from tests.web.desk.test_extending import letters
from tests.web.member.world import hashed

pytestmark = pytest.mark.usefixtures("no_appeals")
BOX = 'name="urgent"'
HURRY = "select wellkept.service_hurry_case(%s, %s, %s)"


def times(staff: Staff, address: str) -> tuple[str, datetime, datetime]:
    asked = "select setting, sent_at, due_at from service_thread where id = %s"
    ((setting, sent_at, due_at),) = staff.ask(asked, [thread(address)])
    return setting, sent_at, due_at


def test_the_appeal_of_a_refused_request_can_be_called_urgent(visit: Visit, staff: Staff) -> None:
    maria, at = visit("maria"), f"before/{thread(refused_request(staff, visit))}/"
    assert BOX in maria.get(f"{AT}{at}").text
    address = sent(staff, maria, at, words="It got worse.", urgent="on")
    assert staff.ask(DUE, [thread(address)]) == [(72,)]
    assert "Urgent: 72 hours" in main(maria.get(address))
    staff.post(maria, f"{address}withdraw/")
    claim = f"{AT}claim/{staff.world.claims['denied']}/"
    assert BOX not in maria.get(claim).text
    assert staff.post(maria, claim, words="x", urgent="on").status_code == 400


@pytest.mark.parametrize("sort", ["request", "appeal"])
def test_the_desk_treats_it_as_urgent_and_the_person_is_told(visit: Visit, staff: Staff, sort: str) -> None:
    maria, dana = visit("maria"), visit("dana")
    if sort == "request":
        address = sent(staff, maria, "care/", setting="before", words="A knee.")
    else:
        address = sent(staff, maria, f"before/{thread(refused_request(staff, visit))}/", words="Look again.")
    case = taken(staff, visit, address, "dana" if sort == "request" else "paul")
    works = dana if sort == "request" else visit("paul")
    assert f'action="{case}urgent/"' in main(works.get(case))
    staff.ask("update service_thread set sent_at = sent_at - interval '2 days' where id = %s", [thread(address)])
    had, before = letters(staff), staff.newest()
    assert works.get(f"{case}urgent/").status_code == 302
    assert times(staff, address)[0] == "before"
    assert staff.post(maria, address, words="My doctor calls it urgent.").status_code == 302
    ((said,),) = staff.ask(
        "select max(s.at) from service_casestep s where s.case_id = %s and s.what = 'wrote'", [case_of(staff, address)]
    )
    assert staff.post(works, f"{case}urgent/").headers["Location"] == case
    setting, _sent, due = times(staff, address)
    assert (setting, due - said) == ("urgent", timedelta(hours=72))
    assert staff.ask("select due_at from service_case where about = %s", [thread(address)]) == [(due,)]
    assert letters(staff) == had + 1
    assert "case urgent" in [one["kind"] for one in staff.entries("dana" if sort == "request" else "paul", before)]
    page = main(maria.get(address))
    for part in ("takes it as urgent", "Urgent: 72 hours"):
        assert part in page
    assert f'href="{address}"' in maria.get("/member/news/").text
    assert "urgent/" not in main(works.get(case))
    assert staff.post(works, f"{case}urgent/").status_code == 403
    staff.post(maria, f"{address}withdraw/")


def test_a_time_that_ends_sooner_stays(visit: Visit, staff: Staff, call: Call) -> None:
    maria = visit("maria")
    address = sent(staff, maria, "care/", setting="before", words="A knee.")
    case = taken(staff, visit, address)
    staff.ask("update service_thread set due_at = now() + interval '1 hour' where id = %s", [thread(address)])
    (_setting, _sent, due) = times(staff, address)
    call()
    staff.post(visit("dana"), f"{case}urgent/")
    assert times(staff, address)[2] == due
    staff.post(maria, f"{address}withdraw/")


@pytest.mark.parametrize("who", ["maria", "tom", "paul", "nora", "priya", "stranger"])
def test_nobody_else_makes_it_urgent(visit: Visit, staff: Staff, who: str) -> None:
    maria = visit("maria")
    address = sent(staff, maria, "care/", setting="before", words="A toe.")
    case = taken(staff, visit, address)
    assert staff.post(visit(who), f"{case}urgent/").status_code in (302, 403, 404)
    assert times(staff, address)[0] == "before"
    with staff.house.connect("umr", "web", autocommit=True) as web:
        for secret in (hashed(staff.secrets.get(who, who)), hashed(staff.secrets["dana"])):
            try:
                came = web.execute(HURRY, [secret, case_of(staff, address), uuid4()]).fetchone()
            except psycopg.errors.InsufficientPrivilege:  # at the desk, with nothing open
                came = (False,)
            assert came == (False,)
    staff.post(maria, f"{address}withdraw/")


def test_after_care_nothing_is_urgent(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    address = sent(staff, maria, f"claim/{staff.world.claims['denied']}/", words="It was needed.")
    case = taken(staff, visit, address)
    assert "Treat it as urgent" not in main(visit("dana").get(case))
    assert staff.post(visit("dana"), f"{case}urgent/").status_code == 403
    assert times(staff, address)[0] == "after"
    staff.post(maria, f"{address}withdraw/")


def ends(days: int) -> dict[str, str]:
    """The boxes of a day so many days from now."""
    day = today() + timedelta(days=days)
    return {"ends_month": str(day.month), "ends_day": str(day.day), "ends_year": str(day.year)}


def test_more_of_care_that_goes_on_is_decided_within_a_day(visit: Visit, staff: Staff) -> None:
    maria = visit("maria")
    given = {"setting": "ongoing", "words": "canary-of-more-days"}
    bare = staff.post(maria, f"{AT}care/", **given)
    assert bare.status_code == 400
    for part in ("Please write the day on which the care ends.", "canary-of-more-days"):
        assert part in main(bare)
    soon, later = (sent(staff, maria, "care/", **given, **ends(days)) for days in (0, 1))
    assert [staff.ask(DUE, [thread(one)]) for one in (soon, later)] == [[(72,)], [(24,)]]
    assert [times(staff, one)[0] for one in (soon, later)] == ["urgent", "urgent"]
    assert "Urgent: 72 hours" in main(maria.get(soon))
    assert "Urgent care that goes on: 24 hours" in main(maria.get(later))
    case = taken(staff, visit, later)
    answered(staff, visit, case, what="asked", words="How many days?")
    assert staff.ask(DUE, [thread(later)]) == [(24,)]
    assert "our question gives us no more days" in main(maria.get(later))
    answered(staff, visit, case, what="refused", words="No.", rule="Booklet, section 4")
    assert 'name="urgent"' not in maria.get(f"{AT}before/{thread(later)}/").text
    staff.post(maria, f"{soon}withdraw/")
