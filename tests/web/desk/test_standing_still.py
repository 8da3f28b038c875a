"""While a request waits for the person its time stands still: nobody reads that we are late, and no day is lost."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import answered, case_of, main, sent, taken, thread
from tests.web.member.world import hashed
from wellkept.policy import packs
from wellkept.web.shell.templatetags.shell import day

pytestmark = pytest.mark.usefixtures("no_appeals")
LATE = "We are late"
# As if all of it had happened so many days ago.
BACK = (
    (
        "update service_thread set sent_at = service_days_after(sent_at, d), due_at = service_days_after(due_at, d),"
        " asked_at = service_days_after(asked_at, d) from (select -%s as d) x where id = %s"
    ),
    (
        "update service_case set due_at = service_days_after(due_at, d), due_on = due_on + d, asked_on = asked_on + d"
        " from (select -%s as d) x where about = %s"
    ),
)
LISTED = "select still, due_on, due_at from wellkept.service_cases(%s) where id = %s"


@pytest.fixture
def waiting(visit: Visit, staff: Staff) -> tuple[str, str]:
    """A request before care that Dana asked about: its address for Maria, and Dana's for it."""
    address = sent(staff, visit("maria"), "care/", setting="before", words="A knee.")
    case = taken(staff, visit, address)
    answered(staff, visit, case, what="asked", words="Which knee?")
    return address, case


def back(staff: Staff, address: str, days: int) -> None:
    for statement in BACK:
        staff.ask(statement, [days, thread(address)])


def due(staff: Staff, address: str) -> date:
    ((found,),) = staff.ask("select due_on from service_case where about = %s", [thread(address)])
    assert isinstance(found, date)
    return found


def on_the_list(staff: Staff, address: str) -> tuple[bool, date, date]:
    """Whether the days stand still, and by when it is due, by the day and by the moment's."""
    with staff.house.connect("umr", "web", autocommit=True) as web:
        given = [hashed(staff.secrets["dana"]), case_of(staff, address)]
        row = web.execute(LISTED, given).fetchone()
    assert row is not None
    return row[0], row[1], row[2].astimezone(ZoneInfo(packs.named("umr").time_zone)).date()


def test_twenty_days_after_the_question_nobody_is_late(visit: Visit, staff: Staff, waiting: tuple[str, str]) -> None:
    address, case = waiting
    first = due(staff, address)
    back(staff, address, 20)
    assert LATE not in main(visit("maria").get(address))
    assert "overdue" not in main(visit("dana").get(case))
    assert on_the_list(staff, address) == (True, first, first)
    staff.post(visit("maria"), f"{address}withdraw/")


def test_after_45_days_of_silence_the_days_that_were_left_are_left(
    visit: Visit, staff: Staff, waiting: tuple[str, str]
) -> None:
    address, case = waiting
    first = due(staff, address)
    back(staff, address, 46)
    last = first - timedelta(days=1)
    assert on_the_list(staff, address) == (False, last, last)
    for page in (main(visit("dana").get(case)), main(visit("maria").get(address))):
        assert LATE not in page
        assert "overdue" not in page
    assert f"due {day(last)}" in re.sub(r"\s+", " ", main(visit("dana").get(case)))
    answered(staff, visit, case, what="refused", words="You did not say which.", rule="Booklet, section 4")
    assert due(staff, address) == last


def test_when_those_are_over_too_it_is_late(visit: Visit, staff: Staff, waiting: tuple[str, str]) -> None:
    address, case = waiting
    back(staff, address, 45 + 17)
    assert LATE in main(visit("maria").get(address))
    assert "overdue" in main(visit("dana").get(case))
    assert staff.post(visit("maria"), address, words="The left one.").status_code == 302
    assert LATE in main(visit("maria").get(address))
    staff.post(visit("maria"), f"{address}withdraw/")
