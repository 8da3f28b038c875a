"""The Spanish pages in a real browser: axe finds nothing, nothing runs over the edge, and a key leads back."""

import pytest
from playwright.sync_api import Browser

from tests.web.going import follow
from tests.web.site.test_browser import browser, faults, site

__all__ = ["browser", "site"]

pytestmark = pytest.mark.browser
PAGES = ("/es/", "/es/policy/", "/es/how-we-keep-it/", "/es/contact/", "/es/preferences/", "/es/no-such-page/")


@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_in_spanish(browser: Browser, site: tuple[str, str], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in PAGES:
        page.goto(site[1] + path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_the_language_changes_without_scripts_and_by_keyboard(browser: Browser, site: tuple[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site[1] + "/policy/")
    page.get_by_role("link", name="Español").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(site[1] + "/es/policy/")
    page.get_by_role("link", name="Contacto", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(site[1] + "/es/contact/")
    follow(page.get_by_role("link", name="English"))
    page.wait_for_url(site[1] + "/contact/")
    assert context.cookies() == []
    context.close()
