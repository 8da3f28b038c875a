"""What a call leaves, at 320 and 1440 pixels: axe finds nothing, and nothing runs over the edge."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import Sit, browser, find, is_well, sit
from tests.web.going import follow

__all__ = ("browser", "sit")
SHOTS = os.environ.get("WELLKEPT_SHOTS", "")


def well(page: Page, name: str) -> None:
    """Well at both widths; kept as a picture where a folder for pictures is named."""
    is_well(page)
    if SHOTS:
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


def test_what_a_call_leaves_is_well_in_every_state(sit: Sit, staff: Staff) -> None:
    page = sit("paul")
    page.goto("/desk/find/?by=name")
    well(page, "find-name")
    page.goto("/desk/find/?by=case")
    follow(page.get_by_role("button", name="Find", exact=True))
    well(page, "find-case")
    find(page)
    page.check("[name=about][value=other]")
    follow(page.get_by_role("button", name="Begin the call"))
    call = page.url
    follow(page.get_by_role("link", name="Call back"))
    well(page, "call-back")
    follow(page.get_by_role("button", name="I will call them back"))
    well(page, "call-back-number")
    page.goto(call)
    follow(page.get_by_role("button", name="All answers were right"))
    well(page, "call")
    for place in ("letter", "code", "unsettled", "number", "appeal"):
        page.goto(f"{call}{place}/")
        well(page, place)
    page.goto(f"{call}notes/")
    page.fill("[name=words]", "Asked when the check comes. Told her: within ten days.")
    follow(page.get_by_role("button", name="Keep it"))
    well(page, "notes")
    page.goto(f"{call}left/")
    page.check("[name=step][value=employer]")
    page.fill("[name=words]", "The employer's list has a wrong birth date.")
    follow(page.get_by_role("button", name="Put it on the list"))
    well(page, "left")
    number = page.locator(".notice strong").last.inner_text()
    page.goto("/desk/cases/")
    well(page, "cases")
    follow(page.locator("li", has_text=number).get_by_role("button"))
    well(page, "case")
    follow(page.get_by_role("link", name="It is done"))
    well(page, "case-canned")
    case = page.url.partition("?")[0]
    for place in ("hand-over", "next"):
        page.goto(f"{case}{place}/")
        well(page, place)
    for place in ("escalations", "alarms"):
        page.goto(f"/desk/{place}/")
        well(page, place)
    page = sit("maria")
    page.goto("/member/privacy/calls/")
    well(page, "member-calls")
    page.goto(f"/member/appeals/ask/{staff.world.claims['denied']}/")
    well(page, "member-ask")
    page.goto("/member/privacy/left/")
    well(page, "member-left")
    staff.ask("delete from service_case where number = %s", [number])
