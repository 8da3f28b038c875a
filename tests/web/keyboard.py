"""Ways through a page by keyboard alone."""

from playwright.sync_api import Page

FIELD = "main input:not([type=hidden])"
MOST = 40


def reached(page: Page, wanted: str) -> None:
    """Press the tabulator until what matches ``wanted`` has the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by {MOST} steps of the tabulator")
