"""Days that a law counts, to the day: leap days, ends of years and months, and the days a federal office rests."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wellkept.clocks.business import holidays_of
from wellkept.clocks.law import (
    appeal_until,
    claim_due,
    extended_until,
    information_until,
    review_until,
    special_enrolment_until,
)

LEAP = date(2028, 2, 1)
DAYS = st.dates(date(2024, 1, 1), date(2060, 12, 31))


def test_each_law_counts_its_own_calendar_days() -> None:
    assert claim_due(LEAP) == date(2028, 3, 2)
    assert extended_until(claim_due(LEAP)) == date(2028, 3, 17)
    assert information_until(LEAP) == date(2028, 3, 17)
    assert special_enrolment_until(LEAP) == date(2028, 3, 2)
    assert appeal_until(LEAP) == date(2028, 7, 30)


def test_the_example_of_the_regulation() -> None:
    """45 CFR 147.136(d)(2)(i): a notice of October 30, and no February 30."""
    assert review_until(date(2028, 10, 30)) == date(2029, 3, 1)
    assert review_until(date(2027, 10, 29)) == date(2028, 2, 29)
    assert review_until(date(2029, 10, 31)) == date(2030, 3, 1)


def test_a_last_day_gives_way_to_rest() -> None:
    """A Saturday to Monday; the Sunday before a holiday on Monday to Tuesday; Christmas on a Friday to Monday."""
    assert review_until(date(2026, 6, 10)) == date(2026, 10, 13)
    assert review_until(date(2026, 8, 25)) == date(2026, 12, 28)
    assert review_until(date(2026, 3, 3)) == date(2026, 7, 6)


@given(DAYS)
def test_nobody_has_less_than_the_law_gives(day: date) -> None:
    assert appeal_until(day) - day == timedelta(days=180)
    assert claim_due(day) - day == timedelta(days=30)
    assert information_until(day) - day == timedelta(days=45)
    until, months = review_until(day), (day.month + 3) % 12 + 1
    year = day.year + (day.month + 3) // 12
    plain = date(year, months, day.day) if day.day < 29 else date(year, months, 28)
    assert until >= plain
    assert until - plain <= timedelta(days=3 + 4)
    assert until.weekday() < 5
    assert until not in holidays_of(until.year)
