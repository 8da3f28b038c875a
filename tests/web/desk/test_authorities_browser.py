"""Papers of representatives, restrictions and releases at 320 and 1440 pixels, in both languages: axe finds nothing."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.accounts.offices import opened
from tests.cluster import Cluster
from tests.web.desk.staff import Staff
from tests.web.desk.test_authorities import PAPER, nobody_stands
from tests.web.desk.test_browser import Sit, browser, find, is_well, sit
from tests.web.going import follow
from tests.web.privacy.test_releases import agreed

__all__ = ("browser", "nobody_stands", "sit")
SHOTS = os.environ.get("WELLKEPT_SHOTS", "")


def well(page: Page, name: str) -> None:
    """Well at both widths and in both languages; kept as pictures where a folder for pictures is named."""
    is_well(page)
    if SHOTS:
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


def test_a_paper_from_the_call_to_its_end(sit: Sit, staff: Staff) -> None:
    paul = sit("paul")
    paul.goto("/desk/authorities/")
    well(paul, "authorities-none")
    dana = sit("dana")
    find(dana)
    dana.check("[name=about][value=other]")
    follow(dana.get_by_role("button", name="Begin the call"))
    address = dana.url
    dana.goto(f"{address}authority/")
    follow(dana.get_by_role("button", name="Write it down"))
    well(dana, "authority-wrong")
    dana.check("[name=kind][value=guardian]")
    dana.check("[name=opens][value=claims]")
    for name, value in PAPER.items():
        if name not in ("kind", "opens"):
            dana.fill(f"[name={name}]", str(value))
    follow(dana.get_by_role("button", name="Write it down"))
    dana.goto("/desk/authorities/")
    well(dana, "authorities-mine")
    paul.goto("/desk/authorities/")
    well(paul, "authorities")
    waiting = "select id from consent_appointment where person_id = %s and state = 'waits'"
    ((number,),) = staff.ask(waiting, [staff.world.people["maria"]])
    follow(paul.locator(f'a[href$="/desk/authorities/{number}/"]'))
    well(paul, "authority-one")
    follow(paul.get_by_role("button", name="Confirm it and make the code"))
    well(paul, "authority-one-wrong")
    paul.check("[name=paper][value=court]")
    for box, value in (("month", "11"), ("day", "2"), ("year", "2026")):
        paul.fill(f"[name=seen_{box}]", value)
    follow(paul.get_by_role("button", name="Confirm it and make the code"))
    well(paul, "authority-code")
    dana.goto(f"{address}authority/")
    well(dana, "authority-stands")
    follow(dana.get_by_role("link", name="End it").first)
    well(dana, "authority-end")


def test_restrictions_and_releases_of_the_privacy_office(sit: Sit, staff: Staff, house: Cluster) -> None:
    tom, office = [staff.world.people["tom"]], opened(house, "partner")
    priya = sit("priya")
    try:
        priya.goto("/privacy/limits/")
        well(priya, "limits-none")
        priya.goto("/privacy/releases/")
        well(priya, "releases-none")
        theirs = sit("tom")
        theirs.goto("/member/privacy/choices/restrict/")
        theirs.check("[name=sort][value=representative]")
        theirs.check("[name=opens][value=claims]")
        theirs.fill("[name=words]", "Please keep it from the desk.")
        follow(theirs.get_by_role("button", name="Ask the privacy office"))
        priya.goto("/privacy/limits/")
        well(priya, "limits")
        ((number,),) = staff.ask("select id from consent_restriction where person_id = %s", tom)
        its = priya.locator(f'main a[href$="/privacy/limits/{number}/"]')
        follow(its)
        well(priya, "limit")
        follow(priya.get_by_role("button", name="Send the decision"))
        well(priya, "limit-wrong")
        priya.check("[name=decision][value=grant]")
        priya.fill("[name=words]", "From now on nobody at the desk sees it.")
        follow(priya.get_by_role("button", name="Send the decision"))
        well(priya, "limits-decided")
        follow(its)
        well(priya, "limit-decided")
        agreed(office, "claims", "coverage")
        priya.goto("/privacy/releases/")
        follow(priya.get_by_role("button", name="Let it leave"))
        well(priya, "releases-wrong")
    finally:
        staff.ask("delete from consent_restriction where person_id = %s", tom)
        office.change("delete from organisations_agreement where organisation_id = %s", office.id)
        office.change("update organisations_organisation set standing = 'prior' where id = %s", office.id)
