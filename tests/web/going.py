"""Going on to another page in a real browser."""

from playwright.sync_api import Locator


def follow(locator: Locator) -> None:
    """Click what leads to another page, and wait until that page is the one we look at."""
    with locator.page.expect_navigation():
        locator.click()
