"""Where a promise stands, and when it was broken, from tries, spans and reviews."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wellkept.policy.controls import Control
from wellkept.policy.shapes import Clause
from wellkept.proof import history, queries
from wellkept.proof.release import Release
from wellkept.proof.values import Span, Verdict

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def live(name: str) -> Control:
    return Control(name, "live", "It is kept.", "k", "p", "t", None, None, None, 1)


def reviewed(name: str, due: date) -> Control:
    return Control(name, "attested", "People look.", None, None, None, "Facilities", date(2026, 1, 1), due, 1)


def span(number: int, control: str, began: int, ended: int | None) -> Span:
    return Span(number, control, at(began), None if ended is None else at(ended))


def verdict(*several: Control, tried: dict[str, bool], spans: tuple[Span, ...] = ()) -> Verdict | None:
    """The verdict on a clause that these keep, on November 22."""
    names = tuple(one.id for one in several)
    clause = Clause("U-01", "Heading", "", "", names, None, "", 1)
    by_control = {
        name: tuple(sorted((s for s in spans if s.control == name), key=lambda s: s.began, reverse=True))
        for name in names
    }
    rows = {name: [(name, "Try", "We tried.", "Word", held, at(100))] for name, held in tried.items()}
    return queries.verdict(
        clause,
        queries.Evidence(
            house={one.id: one for one in several}, tried=rows, first=dict.fromkeys(tried, at(-60)), due=at(115),
            spans=by_control, release=Release("none"), day=date(2026, 11, 22), zone=CHICAGO,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("several", "times"),
    [
        ((span(1, "a", 0, 16),), [(0, 16)]),
        ((span(1, "a", 0, 16), span(2, "b", 5, 20)), [(0, 20)]),
        ((span(1, "a", 0, 16), span(2, "b", 16, 20)), [(0, 20)]),
        ((span(1, "a", 0, 16), span(2, "b", 17, 20)), [(17, 20), (0, 16)]),
        ((span(1, "a", 0, 30), span(2, "b", 5, 10), span(3, "a", 20, None)), [(0, None)]),
        ((), []),
    ],
)
def test_spans_that_touch_are_one_time(several: tuple[Span, ...], times: list[tuple[int, int | None]]) -> None:
    found = [(one.began, one.ended) for one in history.outages(several)]
    assert found == [(at(began), None if ended is None else at(ended)) for began, ended in times]
    assert sum(len(one.spans) for one in history.outages(several)) == len(several)


def test_it_holds_since_it_was_last_mended() -> None:
    found = verdict(live("a"), live("b"), tried={"a": True, "b": True}, spans=(span(1, "a", 0, 16),))
    assert found is not None
    assert (found.state, found.held_since, len(found.mended)) == ("holding", at(16), 1)
    assert found.mended[0].lasted == timedelta(minutes=16)


def test_it_holds_since_the_first_try_where_nothing_broke_it() -> None:
    found = verdict(live("a"), tried={"a": True})
    assert found is not None
    assert (found.state, found.held_since, found.outages) == ("holding", at(-60), ())


def test_it_is_broken_since_the_open_span_and_else_since_the_failed_try() -> None:
    found = verdict(live("a"), tried={"a": False}, spans=(span(1, "a", 40, None),))
    assert found is not None
    assert (found.state, found.broken_since) == ("broken", at(40))
    found = verdict(live("a"), tried={"a": False})
    assert found is not None
    assert (found.state, found.broken_since) == ("broken", at(100))


def test_a_review_in_time_says_nothing_of_tries() -> None:
    found = verdict(reviewed("door", date(2026, 11, 22)), tried={})
    assert found is not None
    assert (found.state, found.last_tried, found.overdue) == ("attested", None, ())
    found = verdict(live("a"), reviewed("door", date(2026, 11, 22)), tried={"a": True})
    assert found is not None
    assert found.state == "holding"


def test_a_review_that_lapsed_breaks_its_promise_from_that_midnight_whatever_was_tried() -> None:
    for several, tried in (
        ((reviewed("door", date(2026, 11, 21)),), {}),
        ((live("a"), reviewed("door", date(2026, 11, 21))), {"a": True}),
    ):
        found = verdict(*several, tried=tried)
        assert found is not None
        assert (found.state, found.overdue) == ("broken", ("door",))
        assert found.broken_since == datetime(2026, 11, 22, tzinfo=CHICAGO)


def test_what_was_tried_in_part_is_not_said_to_hold() -> None:
    found = verdict(live("a"), live("b"), tried={"a": True})
    assert found is not None
    assert (found.state, found.last_tried) == ("not tried", at(100))
    assert verdict(live("a"), tried={}) is None
