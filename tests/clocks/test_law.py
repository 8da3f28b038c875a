"""Days that a law counts, to the day."""

from datetime import date

from wellkept.clocks.law import appeal_until, claim_due, information_until, special_enrolment_until

LEAP = date(2028, 2, 1)


def test_each_law_counts_its_own_calendar_days() -> None:
    assert claim_due(LEAP) == date(2028, 3, 2)
    assert information_until(LEAP) == date(2028, 3, 17)
    assert special_enrolment_until(LEAP) == date(2028, 3, 2)
    assert appeal_until(LEAP) == date(2028, 7, 30)
