"""The clock of a request keeps to the operator's own days (U-33)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from wellkept.clocks.answers import answer_clock, answer_due, days_used, standing
from wellkept.clocks.law import appeal_until

CHICAGO, NEW_YORK = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
NAIVE = datetime.fromisoformat("2020-01-01T00:00:00")
moments = some.datetimes(min_value=NAIVE, max_value=NAIVE.replace(year=2040), timezones=some.just(UTC))
SECOND = timedelta(seconds=1)


def test_the_day_of_receipt_is_the_operators_day_and_not_utcs() -> None:
    late = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)
    assert answer_clock(late, 5, CHICAGO).received_on == date(2026, 3, 2)
    assert answer_due(late, 5, CHICAGO) == date(2026, 3, 9)
    assert answer_due(datetime(2026, 3, 3, 5, 30, tzinfo=UTC), 5, NEW_YORK) == date(2026, 3, 10)


def test_what_comes_in_before_a_holiday_weekend_waits_it_out() -> None:
    assert answer_due(datetime(2026, 7, 2, 15, tzinfo=UTC), 5, CHICAGO) == date(2026, 7, 10)


def test_what_comes_in_on_a_saturday_has_monday_for_its_first_day() -> None:
    assert answer_due(datetime(2026, 3, 7, 15, tzinfo=UTC), 5, CHICAGO) == date(2026, 3, 13)


def test_it_reminds_as_day_two_begins_alarms_as_day_three_ends_and_breaks_as_day_five_ends() -> None:
    clock = answer_clock(datetime(2026, 3, 2, 16, tzinfo=UTC), 5, CHICAGO)
    expected = {
        "reminder": datetime(2026, 3, 4, tzinfo=CHICAGO),
        "alarm": datetime(2026, 3, 6, tzinfo=CHICAGO),
        "broken": datetime(2026, 3, 10, tzinfo=CHICAGO),
    }
    before = ["open", "reminder", "alarm"]
    for (name, moment), earlier in zip(expected.items(), before, strict=True):
        assert standing(clock, now=moment - SECOND) == earlier
        assert standing(clock, now=moment) == name


def test_an_answer_in_time_stays_in_time_and_a_late_one_stays_late() -> None:
    clock = answer_clock(datetime(2026, 3, 2, 16, tzinfo=UTC), 5, CHICAGO)
    years_later = clock.breach_at + timedelta(days=1000)
    assert standing(clock, now=years_later, answered_at=clock.breach_at - SECOND) == "answered"
    assert standing(clock, now=years_later, answered_at=clock.breach_at) == "answered late"


def test_the_days_that_are_used_are_business_days() -> None:
    clock = answer_clock(datetime(2026, 3, 6, 16, tzinfo=UTC), 5, CHICAGO)
    assert days_used(clock, now=datetime(2026, 3, 8, 16, tzinfo=UTC), tz=CHICAGO) == 0
    assert days_used(clock, now=datetime(2026, 3, 10, 16, tzinfo=UTC), tz=CHICAGO) == 2
    assert days_used(clock, now=datetime(2027, 3, 10, 16, tzinfo=UTC), tz=CHICAGO) == 6


def test_a_day_without_its_hour_at_the_clock_change_still_ends() -> None:
    clock = answer_clock(datetime(2026, 3, 6, 16, tzinfo=UTC), 1, CHICAGO)
    assert clock.breach_at == datetime(2026, 3, 10, 5, tzinfo=UTC)


@given(moments, some.integers(min_value=3, max_value=10))
def test_the_moments_stand_in_their_order(received: datetime, days: int) -> None:
    clock = answer_clock(received, days, CHICAGO)
    assert received < clock.reminder_at < clock.alarm_at <= clock.breach_at
    assert clock.received_on < clock.due_on


@given(moments, moments)
def test_what_comes_in_later_is_never_due_earlier(one: datetime, other: datetime) -> None:
    assert answer_due(min(one, other), 5, CHICAGO) <= answer_due(max(one, other), 5, CHICAGO)


def test_an_appeal_may_be_made_for_180_days() -> None:
    assert appeal_until(date(2026, 10, 7)) == date(2027, 4, 5)
