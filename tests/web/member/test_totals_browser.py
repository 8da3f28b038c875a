"""Totals and costs in a real browser: faultless by axe in each state, narrow and wide, at twice the text."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.cluster import Cluster
from tests.web.member import test_browser as doors
from tests.web.member.household import Household, founded
from tests.web.member.test_browser import RULES
from tests.web.member.world import World

pytestmark = pytest.mark.browser
browser, site = doors.browser, doors.site


@pytest.fixture(scope="module")
def family(house: Cluster, world: World) -> Household:
    """Ada's plan told everything in two networks, Ben is above a limit, Zoe's plan told nothing."""
    found = founded(house, world)
    found.terms(deductible_person=500, deductible_family=1000, out_of_pocket_person=4000, out_of_pocket_family=8000)
    found.terms(network="out", deductible_person=1500, coinsurance=40)
    found.terms(service="primary care", covered=True, copay=30)
    found.terms(service="emergency", covered=True, copay=250, coinsurance=20, note="The copay falls away if admitted")
    found.terms(service="vision", covered=False)
    found.told("ada", "312.40")
    found.told("ada", "845.10", scope="family")
    found.told("ada", "512.40", kind="out_of_pocket")
    found.told("ada", "90", network="out")
    found.told("ben", "530")
    for number in range(22):
        found.claim("ada", str(number), str(number + 30))
    found.claim("ben", "10", "10")
    return found


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_in_any_state_and_nothing_runs_out_of_the_page(
    browser: Browser,
    site: str,
    family: Household,
    width: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    found, pictures = [], tmp_path_factory.mktemp("totals")
    for name in ("ada", "ben", "zoe"):
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "umr_session", "value": family.world.secrets[name], "url": site}])
        page = context.new_page()
        for path in ("totals", "coverage"):
            answer = page.goto(f"{site}/member/{path}/")
            assert answer is not None
            assert answer.status == 200
            page.screenshot(path=pictures / f"{name}-{path}-{width}.png", full_page=True)
            violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            found += [(name, path, one["id"]) for one in violations]
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append((name, path, "runs out at twice the text"))
        context.close()
    assert found == []
