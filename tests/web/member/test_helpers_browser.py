"""Naming a helper, and helping, in a real browser: faultless by axe, narrow and wide."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.cluster import Cluster
from tests.web.desk.test_browser import is_well_in_spanish
from tests.web.going import follow
from tests.web.member.test_browser import RULES, browser  # noqa: F401  (a fixture)
from tests.web.member.test_family_browser import families, site  # noqa: F401  (fixtures)
from tests.web.member.world import World
from wellkept.policy import packs

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def nobody_helps(house: Cluster, families: World) -> Iterator[None]:  # noqa: F811  (pytest passes the fixture)
    yield
    with house.administer("wellkept_umr") as connection:
        people = list(families.people.values())
        ours = "(select id from wellkept.consent_appointment where person_id = any (%s))"
        connection.execute(f"delete from wellkept.accounts_accesscode where place in {ours}", [people])
        for table in ("consent_actsfor", "consent_appointment"):
            connection.execute(f"delete from wellkept.{table} where person_id = any (%s)", [people])


def faults(page: Page, name: str, width: int) -> list[tuple[str, str]]:
    """What axe finds on the page, and whether it runs out sideways with large text."""
    found = [(name, one["id"]) for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
    if folder := os.environ.get("WELLKEPT_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append((name, "runs out at twice the text"))
    page.evaluate("document.documentElement.style.fontSize = ''")
    is_well_in_spanish(page)
    return found


@pytest.mark.parametrize("width", [320, 1440])
def test_a_helper_is_named_and_helps(browser: Browser, site: str, families: World, width: int) -> None:  # noqa: F811
    found, pages = [], {}
    for name in ("ann", "stella"):
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "umr_session", "value": families.secrets[name], "url": site}])
        pages[name] = context.new_page()
    ann, stella = pages["ann"], pages["stella"]
    ann.goto(f"{site}/member/helpers/")
    found += faults(ann, "helpers-none", width)
    follow(ann.get_by_role("link", name="Name a helper"))
    found += faults(ann, "helper-new", width)
    until = packs.today(packs.named("umr")) + timedelta(days=20)
    ann.get_by_label("Name of your helper").fill("Ana Ruiz")
    ann.get_by_label("My claims, without sensitive care").check()
    for field, day in (("birth_date", datetime(1960, 4, 5, tzinfo=UTC).date()), ("until", until)):
        for part in ("month", "day", "year"):
            ann.locator(f"[name={field}_{part}]").fill(str(getattr(day, part)))
    follow(ann.get_by_role("button", name="Make the code"))
    found += faults(ann, "helper-code", width)
    code = ann.locator(".big").inner_text()
    stella.goto(f"{site}/member/helping/")
    found += faults(stella, "helping-none", width)
    stella.get_by_label("The code you were given").fill(code)
    for part, value in (("month", "4"), ("day", "5"), ("year", "1960")):
        stella.locator(f"[name=birth_date_{part}]").fill(value)
    follow(stella.get_by_role("button", name="Take it on"))
    found += faults(stella, "helping", width)
    follow(stella.get_by_role("link", name=re.compile("^Claims of")))
    assert "as their helper" in stella.content()
    found += faults(stella, "helped-claims", width)
    ann.goto(f"{site}/member/helpers/")
    found += faults(ann, "helpers", width)
    ann.goto(f"{site}/member/privacy/choices/")
    found += faults(ann, "choices-with-a-helper", width)
    ann.goto(f"{site}/member/helpers/")
    follow(ann.get_by_role("link", name="Ana Ruiz", exact=True))
    found += faults(ann, "helper", width)
    follow(ann.get_by_role("button", name="End it now"))
    assert "Nobody acts for you." in ann.content()
    for one in pages.values():
        one.context.close()
    assert found == []
