"""What was counted comes to what the report says, and no report says a small count."""

import random
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.statistics import reports
from wellkept.statistics.dimensions import STAYS
from wellkept.statistics.queries import Month, Times
from wellkept.statistics.reports import Report
from wellkept.statistics.values import Division, added, fixed, named, weeks

OCTOBER = date(2026, 10, 1)
NAMES = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 40), max_size=9)


def month(seed: int, size: int, first: date = OCTOBER) -> Month:
    """A month of visits that agrees with itself, as counting leaves it."""
    chance = random.Random(seed)  # noqa: S311  (a draw of a test)
    pages = {name: chance.randrange(size) for name in ("/", "/policy/", "/help/", "/terms/")}
    read = sum(pages.values())
    elsewhere = chance.randint(0, read)
    counts: dict[tuple[str, str], Mapping[str, int]] = {
        ("pages", "public"): pages,
        ("pages", "member"): {"/member/": chance.randrange(size)},
        ("pages", "desk"): {"/desk/": chance.randrange(12)},
        ("referrers", "public"): {"none": elsewhere // 2, "other": elsewhere - elsewhere // 2},
        ("next", "public"): {"/ > /policy/": (read - elsewhere) // 3},
        ("visits", "public"): {"first": chance.randrange(size), "again": chance.randrange(20), "unknown": 3},
        ("stays", "public"): dict.fromkeys(STAYS[:4], read // 9),
        ("left", "public"): {"www.example": chance.randrange(20)},
        ("crawlers", ""): {"requests": chance.randrange(30)},
        ("lost", ""): {"process": 2},
    }
    whole = sum(sum(pages.values()) for (name, _audience), pages in counts.items() if name == "pages")
    times = Times(spread(chance, whole, 24), spread(chance, whole, 31))
    return Month(first, counts, {("pages", "public"): times})


def spread(chance: random.Random, whole: int, places: int) -> tuple[int, ...]:
    found = [0] * places
    for _ in range(whole):
        found[chance.randrange(places)] += 1
    return tuple(found)


def divisions(report: Report) -> Iterator[Division]:
    yield report.whole
    yield report.hours
    yield from report.divisions.values()
    yield from report.pages.values()


def printed(report: Report) -> Iterator[int | None]:
    for division in divisions(report):
        yield division.total
        yield division.rest
        yield from (part.count for part in division.parts)
    for week in report.weeks:
        yield week.count
        yield from (count for _day, count in week.days)
    yield report.crawlers


@pytest.mark.parametrize("size", [4, 12, 30, 120, 2000])
@pytest.mark.parametrize("seed", range(12))
def test_a_report_prints_no_count_from_one_to_ten(seed: int, size: int) -> None:
    report = reports.of_month(month(seed, size), "totals")
    assert [count for count in printed(report) if count and count < 11] == []


@pytest.mark.parametrize("size", [12, 30, 120, 2000])
@pytest.mark.parametrize("seed", range(12))
def test_what_a_section_withholds_is_never_one_part_alone_nor_few_together(seed: int, size: int) -> None:
    for division in divisions(reports.of_month(month(seed, size), "totals")):
        hidden = [part for part in division.parts if part.count is None]
        if division.total and hidden:
            assert len(hidden) > 1
            assert division.rest > 10
        shown = sum(part.count or 0 for part in division.parts)
        assert division.total is None or shown + division.rest == division.total


@given(NAMES)
def test_names_are_listed_only_with_a_count_that_is_printed(counts: dict[str, int]) -> None:
    division = named(counts)
    assert all(part.count is not None and part.count > 10 for part in division.parts)
    assert [part.count for part in division.parts] == sorted((part.count or 0 for part in division.parts), reverse=True)


@given(st.lists(st.integers(0, 30), min_size=31, max_size=31))
def test_a_day_is_printed_only_in_a_week_that_is(days: list[int]) -> None:
    found = weeks(OCTOBER, days)
    assert [day for week in found for day, _count in week.days] == [OCTOBER.replace(day=n) for n in range(1, 32)]
    for week in found:
        shown = [count for _day, count in week.days if count is not None]
        assert not shown or week.count is not None
        if week.count is not None and len(shown) < len(week.days):
            assert week.count - sum(shown) > 10
            assert len(week.days) - len(shown) > 1


def test_a_year_adds_up_what_its_months_print_and_nothing_else() -> None:
    each = [month(seed, 60, date(2026, seed, 1)) for seed in range(1, 11)]
    year = reports.of_year(date(2026, 1, 1), each, "totals")
    ones = [reports.of_month(one, "totals") for one in each]
    assert year.whole.total == sum(one.whole.total or 0 for one in ones)
    for key, division in year.divisions.items():
        for part in division.parts:
            assert (part.count or 0) == sum(one.divisions[key].of(part.name) or 0 for one in ones), (key, part)
    assert year.lost == 20
    assert [count for count in printed(year) if count and count < 11] == []


def test_a_part_that_no_month_prints_stays_withheld_in_the_year() -> None:
    small = fixed({"first": 12, "again": 3, "unknown": 40})
    assert added([small, small], order=False).of("again") is None


def test_hits_are_divided_by_each_dimension_alone() -> None:
    counts = {
        ("status", ""): {"200": 80, "404": 20},
        ("query", ""): {"none": 90, "page": 15},
        ("bytes", ""): {"nothing": 100},
        ("agents", ""): {"Firefox": 60, "Safari": 37, "Opera": 3},
        ("cookie", ""): {"present": 50, "absent": 50},
        ("referrers", ""): {"ours": 100},
    }
    times = Times((100, *(0,) * 23), (100, *(0,) * 30))
    report = reports.of_month(Month(OCTOBER, counts, {("status", ""): times}), "hits")
    assert report.whole.total == 100
    assert report.divisions["status"].of("404") == 20
    assert [part.name for part in report.divisions["agents"].parts] == ["Firefox"]
    assert report.divisions["agents"].rest == 40
    assert set(report.divisions) == set(reports.HITS)
    assert report.pages == {}


def test_nothing_is_divided_where_the_whole_is_small() -> None:
    report = reports.of_month(
        Month(OCTOBER, {("pages", "public"): {"/": 10}, ("next", "public"): {"/ > /": 3}}, {}), "totals"
    )
    assert report.whole.total is None
    assert report.pages == {}
    assert report.divisions["next"].total is None
    assert report.weeks == ()
