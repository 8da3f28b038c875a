"""Business days against lists that others computed, and against their own definition."""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wellkept.clocks.business import business_day_after, business_days_between, holidays_of, is_business_day

CODES = Path(os.environ.get("WELLKEPT_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "codes"
needs_lists = pytest.mark.skipif(not CODES.is_dir(), reason="the folder with other people's lists of days is not here")
days = some.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


def rows(name: str) -> list[dict[str, str]]:
    with (CODES / name).open(newline="") as lines:
        return list(csv.DictReader(lines))


@needs_lists
def test_it_counts_as_the_published_cases_do() -> None:
    cases = rows("business_day_cases.csv")
    assert len(cases) == 60
    for case in cases:
        found = business_day_after(date.fromisoformat(case["start"]), int(case["business_days_after"]))
        assert found == date.fromisoformat(case["expected_date"]), case


@needs_lists
def test_no_observed_federal_holiday_is_a_business_day() -> None:
    for row in rows("us_federal_holidays_2024_2031.csv"):
        assert not is_business_day(date.fromisoformat(row["date"])), row


def test_a_holiday_on_a_weekend_is_observed_beside_it() -> None:
    assert date(2026, 7, 3) in holidays_of(2026)
    assert date(2027, 7, 5) in holidays_of(2027)
    assert date(2027, 12, 31) in holidays_of(2027), "New Year's Day 2028 is a Saturday"
    assert is_business_day(date(2026, 7, 6))


@given(days, some.integers(min_value=1, max_value=60))
def test_the_nth_business_day_is_one_and_has_n_of_them_up_to_it(day: date, count: int) -> None:
    found = business_day_after(day, count)
    assert is_business_day(found)
    assert business_days_between(day, found) == count


@given(days, days)
def test_counting_by_parts_is_counting_whole(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    middle = first + (last - first) / 2
    assert business_days_between(first, middle) + business_days_between(middle, last) == business_days_between(
        first, last
    )


@given(days)
def test_no_five_days_in_a_row_are_free(day: date) -> None:
    assert any(is_business_day(day + timedelta(days=n)) for n in range(5))
