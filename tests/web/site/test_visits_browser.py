"""The reports in a real browser: found faultless by axe, narrow and wide, and opened by the keyboard alone."""

import pytest
from playwright.sync_api import Browser

from tests.web.site.test_browser import browser, faults, site  # noqa: F401  (fixtures)
from tests.web.site.test_visits import FEW, FULL, MONTHS, NONE, OCTOBER, SEPTEMBER, VISITS, Counted, months

pytestmark = pytest.mark.browser
PAGES = ("/statistics/", "/statistics/?year=2026", "/how-we-keep-it/requests/")


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VISITS, Counted(SEPTEMBER, OCTOBER))
    monkeypatch.setattr(MONTHS, months(NONE, FULL, FEW))


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser: Browser, site: tuple[str, str], width: int) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in PAGES:
        page.goto(site[1] + path)
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_a_table_opens_by_the_keyboard(browser: Browser, site: tuple[str, str]) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site[1]}/statistics/")
    summary = page.locator("#days summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#days table").is_visible()
    page.keyboard.press("Tab")
    context.close()
