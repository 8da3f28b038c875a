"""Whether a person is covered on a day is said only from days that files stated."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from wellkept.benefits.queries import covered, health_first
from wellkept.benefits.values import CoverageLine, Standing

TODAY = date(2026, 11, 20)
ONE_DAY = timedelta(days=1)
days = some.none() | some.dates(min_value=date(2020, 1, 1), max_value=date(2032, 1, 1))


def line(begins_on: date | None, ends_on: date | None, *, code: str = "HLT") -> CoverageLine:
    return CoverageLine(code, code, "", "", begins_on, ends_on, "", "")


def test_the_first_and_the_last_day_are_covered_and_the_days_beside_them_are_not() -> None:
    one = line(TODAY, TODAY)
    assert one.on(TODAY) is Standing.COVERED
    assert one.on(TODAY - ONE_DAY) is Standing.COMING
    assert one.on(TODAY + ONE_DAY) is Standing.ENDED


def test_without_a_first_day_nobody_says_covered() -> None:
    assert line(None, None).on(TODAY) is Standing.UNKNOWN
    assert line(None, TODAY + ONE_DAY).on(TODAY) is Standing.UNKNOWN
    assert line(None, TODAY - ONE_DAY).on(TODAY) is Standing.ENDED


def test_one_line_that_covers_is_enough_and_health_speaks_first() -> None:
    ended, dental, health = line(TODAY, TODAY - ONE_DAY), line(TODAY, None, code="DEN"), line(TODAY, None)
    assert covered([ended, dental, health], on=TODAY).line is health
    assert covered([ended, dental], on=TODAY).line is dental
    assert covered([ended], on=TODAY).standing is Standing.ENDED
    assert health_first([dental, health]) == [health, dental]


def test_nothing_on_file_is_not_ended() -> None:
    assert covered([], on=TODAY).standing is Standing.NONE


@given(
    some.lists(some.tuples(days, days), max_size=5), some.dates(min_value=date(2019, 1, 1), max_value=date(2033, 1, 1))
)
def test_covered_means_that_a_stated_first_day_has_come_and_no_stated_last_day_has_passed(
    spans: list[tuple[date | None, date | None]], day: date
) -> None:
    is_covered = any(first and first <= day and (last is None or day <= last) for first, last in spans)
    found = covered([line(first, last) for first, last in spans], on=day)
    assert (found.standing is Standing.COVERED) == is_covered
