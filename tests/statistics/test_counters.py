"""What a process counts and has not added: exact, bounded, and no name that came fewer than five times."""

import threading
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.statistics.counters import MOST, NAMES, Counters
from wellkept.statistics.dimensions import BY_NAME

CHICAGO = ZoneInfo("America/Chicago")
PAGE = ("pages", "public", "/")


def sums(counted: Counters) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for one in counted.take():
        found[one.dimension, one.value] += one.n
    return found


def at(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let it be that moment, in seconds of 1970."""
    monkeypatch.setattr("wellkept.statistics.counters.time.time", lambda: seconds)


def test_threads_add_up_exactly() -> None:
    counted, taken = Counters(CHICAGO), Counter[tuple[str, str]]()

    def count() -> None:
        for _ in range(500):
            counted.count([PAGE])

    threads = [threading.Thread(target=count) for _ in range(8)]
    for one in threads:
        one.start()
    while any(one.is_alive() for one in threads):
        taken += sums(counted)
    assert taken + sums(counted) == {("pages", "/"): 4000}


def test_a_referrer_is_named_when_it_came_five_times_in_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 1_800_000_000)
    counted = Counters(CHICAGO)
    came = ("referrers", "public", "https://a.example/way")
    counted.count([came] * 4)
    assert sums(counted) == {("referrers", "other"): 4}
    counted.count([came])
    assert sums(counted) == {("referrers", "https://a.example/way"): 5, ("referrers", "other"): -4}
    counted.count([came])
    assert sums(counted) == {("referrers", "https://a.example/way"): 1}


def test_a_referrer_begins_anew_with_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    counted, came = Counters(CHICAGO), ("referrers", "public", "https://a.example/")
    at(monkeypatch, 1_800_000_000)
    counted.count([came] * 4)
    at(monkeypatch, 1_800_003_600)
    counted.count([came] * 4)
    assert sums(counted) == {("referrers", "other"): 8}


def test_day_and_hour_are_those_of_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 1_767_247_199)  # 1 January 2026, 5:59:59 in Greenwich, midnight less a second in Chicago
    counted = Counters(CHICAGO)
    counted.count([PAGE])
    at(monkeypatch, 1_767_247_200)
    counted.count([PAGE])
    assert [(one.day, one.slot) for one in counted.take()] == [("2025-12-31", 23), ("2026-01-01", 0)]


def test_the_hour_that_summer_time_repeats_is_one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counters(CHICAGO)
    for seconds in (1_793_514_600, 1_793_518_200):  # 1:30 twice, on 1 November 2026
        at(monkeypatch, seconds)
        counted.count([PAGE])
    assert [(one.slot, one.n) for one in counted.take()] == [(1, 2)]


def test_hostile_traffic_fills_no_memory() -> None:
    counted = Counters(CHICAGO)
    for number in range(3 * MOST):
        counted.count([("referrers", "public", f"https://{number}.example/")] * 5)
        counted.count([("pages", "public", f"/{number}/")])
    assert len(counted.names) <= NAMES
    waiting = counted.take()
    assert len(waiting) <= MOST + len(BY_NAME)
    assert sum(one.n for one in waiting if one.dimension == "pages") == 3 * MOST
    assert sum(one.n for one in waiting if one.dimension == "referrers") == 15 * MOST


def test_a_stay_is_counted_by_the_hour_and_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 1_767_247_200)
    counted = Counters(CHICAGO)
    counted.stay("public", "/policy/", 3, "30 to 60 seconds")
    found = {(one.dimension, one.slot, one.value, one.n) for one in counted.take()}
    assert found == {("stays", 0, "30 to 60 seconds", 1), ("stays by page", 3, "/policy/", 1)}


@given(st.lists(st.sampled_from(["https://a.example/", "https://b.example/x", "none", "ours", "other"]), max_size=60))
def test_no_order_of_referrers_names_one_under_five_or_loses_one(came: list[str]) -> None:
    counted, found = Counters(CHICAGO), Counter[tuple[str, str]]()
    for name in came:
        counted.count([("referrers", "public", name)])
        if len(came) % 3 == 0:
            found.update(sums(counted))
    found.update(sums(counted))
    named = {name for name, n in Counter(came).items() if n >= 5 or name in ("none", "ours", "other")}
    assert {name: n for (_, name), n in found.items() if n} == +Counter(n if n in named else "other" for n in came)
