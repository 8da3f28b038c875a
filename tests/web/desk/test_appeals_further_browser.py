"""What is late or urgent in a real browser: the pages that lead on, faultless by axe at both widths."""

from datetime import timedelta

import pytest

from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import today
from tests.web.desk.test_appeals_further import OVERDUE
from tests.web.desk.test_browser import Sit, browser, sit  # noqa: F401  (fixtures)
from tests.web.desk.test_telling_browser import Looked
from tests.web.going import follow

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_appeals")]


def test_what_is_late_or_urgent_leads_on(sit: Sit, staff: Staff) -> None:  # noqa: F811  (the fixture)
    looked, maria, dana = Looked(), sit("maria"), sit("dana")
    maria.goto("/member/appeals/care/")
    maria.get_by_label("It is urgent, and I need more").check()
    maria.get_by_label("Which care is it?").fill("More days of therapy.")
    follow(maria.get_by_role("button", name="Send it"))
    looked.at(maria, "further-care")
    maria.get_by_label("It is not urgent").check()
    follow(maria.get_by_role("button", name="Send it"))
    number = maria.url.rstrip("/").split("/")[-1]
    ((case,),) = staff.ask("select id::text from service_case where about = %s", [number])
    dana.goto("/desk/cases/")
    follow(dana.locator(f'form[action="/desk/cases/{case}/take/"] button'))
    looked.at(dana, "further-desk")
    staff.ask(OVERDUE, [number])
    maria.reload()
    looked.at(maria, "further-late")
    follow(maria.get_by_role("link", name="Appeal now"))
    looked.at(maria, "further-appeal")
    maria.goto("/member/appeals/letter/")
    maria.get_by_label("and it is urgent").check()
    day = today() - timedelta(days=9)
    for label, value in (("Month", day.month), ("Day", day.day), ("Year", day.year)):
        maria.get_by_label(label, exact=True).fill(str(value))
    maria.get_by_label("Why should we decide otherwise?").fill("It hurts.")
    follow(maria.get_by_role("button", name="Send it"))
    looked.at(maria, "further-meanwhile")
    follow(maria.get_by_role("link", name="Ask for an external review"))
    looked.at(maria, "further-review")
    assert looked.found == []
