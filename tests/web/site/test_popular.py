"""What many people read comes first, where the operator chose so; without an answer links stand as declared."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import OperationalError
from pytest_django import Settings

from wellkept.web.site import popular
from wellkept.web.site.places import PLACES

DECLARED = [place.href for place in PLACES]
READ = ("/words/", "/policy/<str:clause>/", "/help/", "/policy/")


class Counted:
    """The last finished month, and how often it was asked for."""

    def __init__(self, *routes: str) -> None:
        self.routes, self.asked = routes, 0

    def finished(self) -> tuple[date, ...]:
        self.asked += 1
        return (date(2026, 9, 1), date(2026, 10, 1))

    def popular(self, since: date) -> tuple[str, ...]:
        return self.routes if since == date(2026, 10, 1) else ()


class Silent(Counted):
    """A database that does not answer."""

    def finished(self) -> tuple[date, ...]:
        super().finished()
        raise OperationalError("no answer")


@pytest.fixture(autouse=True)
def _forgotten(settings: Settings) -> Iterator[None]:
    settings.WELLKEPT_OPERATOR = "umr"
    popular._kept.clear()
    yield
    popular._kept.clear()


def order() -> list[str]:
    return [place.href for place in popular.ordered(PLACES)]


def test_scripted_totals_reorder_the_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(popular, "queries", Counted(*READ))
    first = ["/words/", "/help/", "/policy/"]
    assert order() == first + [href for href in DECLARED if href not in first]


def test_the_order_is_kept_for_some_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(*READ)
    monkeypatch.setattr(popular, "queries", counted)
    order()
    order()
    assert counted.asked == 1
    now = time.monotonic() + popular.SECONDS + 1
    monkeypatch.setattr(popular, "monotonic", lambda: now)
    counted.routes = ("/help/",)
    assert order()[0] == "/help/"


def test_a_database_without_an_answer_leaves_the_declared_order(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = Silent()
    monkeypatch.setattr(popular, "queries", silent)
    assert order() == DECLARED
    assert order() == DECLARED
    assert silent.asked == 1


def test_an_operator_that_did_not_choose_it_keeps_the_declared_order(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.WELLKEPT_OPERATOR = "pwer"
    counted = Counted(*READ)
    monkeypatch.setattr(popular, "queries", counted)
    assert order() == DECLARED
    assert counted.asked == 0
