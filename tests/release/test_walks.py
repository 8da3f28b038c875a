"""Tries in a browser, before a release: they hold on both portals, and find what was put there to be found."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.proof.conftest import template
from tests.release import walks
from tests.release.conftest import Told, Without, failed
from wellkept.cli import proof

OF_A_KIND = 1000 if "WELLKEPT_RELEASE_TRIES" in os.environ else 1
"""Before a release every page is read; in the ordinary run one of each kind."""
ELSEWHERE = """
settings.MIDDLEWARE.remove("wellkept.web.shell.headers.Headers")
"""
MARKED = """
from wellkept.statistics import remembered
from itertools import count
numbers = count(1)
remembered.visit = lambda value, today: remembered.Visit("first", f"{today:%Y%m%d}.{next(numbers)}")
"""


@pytest.mark.release
def test_nothing_is_asked_on_any_public_page(
    playwright: Playwright, portals: dict[str, str], told: Told, tmp_path: Path
) -> None:
    tries = []
    for operator, base in portals.items():
        with walks.refusing(playwright, tmp_path / operator) as context:
            tries += walks.nothing_is_asked(context, base, of_a_kind=OF_A_KIND)
    told("walk-asks-nothing", tries)


@pytest.mark.release
def test_no_request_of_a_browser_leaves(browser: Browser, portals: dict[str, str], told: Told) -> None:
    told(
        "walk-stays-here",
        [one for base in portals.values() for one in walks.nothing_leaves(browser, base, of_a_kind=OF_A_KIND)],
    )


@pytest.mark.release
def test_two_fresh_browsers_hold_the_same(browser: Browser, portals: dict[str, str], told: Told) -> None:
    told("equal-cookies", [one for base in portals.values() for one in walks.cookies_are_alike(browser, base)])


def test_it_finds_a_page_that_asks(playwright: Playwright, without: Without, tmp_path: Path) -> None:
    page = template("site/terms.html").replace("<h1>", '<input type="email" aria-label="Mail"><h1>', 1)
    with without(templates={"site/terms.html": page}) as base, walks.refusing(playwright, tmp_path / "b") as context:
        assert failed(walks.nothing_is_asked(context, base, of_a_kind=0)) == ["Find a page that asks for something"]


def test_it_finds_a_request_that_leaves(browser: Browser, without: Without) -> None:
    page = template("site/terms.html").replace("<h1>", '<img src="http://127.0.0.1:1/x" alt=""><h1>', 1)
    with without(before=ELSEWHERE, templates={"site/terms.html": page}) as base:
        assert failed(walks.nothing_leaves(browser, base, of_a_kind=0)) == ["Find a request that leaves this site"]


def test_it_finds_a_mark_that_tells_browsers_apart(browser: Browser, without: Without) -> None:
    with without(after=MARKED) as base:
        assert failed(walks.cookies_are_alike(browser, base)) == ["Tell two fresh browsers apart by their cookies"]


def test_the_tests_of_a_release_are_given_no_operator_and_no_state() -> None:
    assert not [name for name in proof.plain() if name.startswith(("WELLKEPT_STATE", "WELLKEPT_OPERATOR", "DJANGO_"))]
    assert set(proof.plain()) <= set(os.environ)
