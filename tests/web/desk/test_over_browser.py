"""A call that is over, an appeal chosen on a call and one taken back, at both widths: axe finds nothing."""

import pytest

from tests.web.desk.staff import Staff
from tests.web.desk.test_after_browser import well
from tests.web.desk.test_browser import Sit, browser, find, sit
from tests.web.going import follow

__all__ = ("browser", "sit")
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_appeals")]


def test_what_was_typed_comes_back_and_what_is_asked_first_is_well(sit: Sit, staff: Staff) -> None:
    dana, maria = sit("dana"), sit("maria")
    dana.goto("/desk/find/")
    find(dana)
    dana.check("[name=about][value=claim]")
    follow(dana.get_by_role("button", name="Begin the call"))
    call = dana.url
    follow(dana.get_by_role("button", name="All answers were right"))
    dana.goto(f"{call}appeal/")
    well(dana, "appeal-choose")
    dana.check(f"[name=about][value='claim {staff.world.claims['denied']}']")
    dana.check("[name=setting][value=after]")
    dana.fill("[name=words]", "It was needed.")
    follow(dana.get_by_role("button", name="Send it"))
    well(dana, "appeal-chosen")
    find(dana)
    well(dana, "found-with-a-call")
    dana.goto(f"{call}left/")
    dana.check("[name=step][value=call]")
    dana.fill("[name=words]", "She wants to be called back on Monday.")
    staff.ask("update service_call set ended = now() where id = %s", [call.rstrip("/").split("/")[-1]])
    follow(dana.get_by_role("button", name="Put it on the list"))
    assert dana.locator("[name=words]").input_value() == "She wants to be called back on Monday."
    well(dana, "over")
    maria.goto("/member/appeals/")
    follow(maria.get_by_role("link", name="An appeal").first)
    follow(maria.get_by_role("link", name="Take it back"))
    well(maria, "appeal-back")
    follow(maria.get_by_role("button", name="Yes, take it back"))
    assert maria.get_by_role("link", name="Take it back").count() == 0
