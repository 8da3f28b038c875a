"""Days that a law counts, in calendar days."""

from calendar import monthrange
from datetime import date, timedelta

from wellkept.clocks.business import ONE_DAY, is_business_day

APPEAL_DAYS = 180
APPEAL_ANSWER_DAYS = 60
CLAIM_DAYS = 30
EXTENSION_DAYS = 15
INFORMATION_DAYS = 45
REVIEW_MONTHS = 4
REVIEW_CHECK_DAYS = 5
SPECIAL_ENROLMENT_DAYS = 30


def appeal_until(decided_on: date) -> date:
    """The last day to appeal a claim that was decided against one, counted from the decision.

    R-15; 29 CFR 2560.503-1(h)(3)(i). The law counts from the day the notice is received, so whoever appeals by this
    day is in time; the database takes five days more, for the post.
    """
    return decided_on + timedelta(days=APPEAL_DAYS)


def claim_due(received_on: date) -> date:
    """The last day to decide a claim for care that was given already.

    R-15; 29 CFR 2560.503-1(f)(2)(iii)(B). While the plan waits for what it asked of the person, the days stand still
    ((f)(4)), and the person has 45 of them.
    """
    return received_on + timedelta(days=CLAIM_DAYS)


def extended_until(due_on: date) -> date:
    """The last day to decide once the time was made longer: 15 days, once, never where it is urgent.

    R-15; 29 CFR 2560.503-1(f)(2)(iii). The person is told why, and by when, before the first time ends.
    """
    return due_on + timedelta(days=EXTENSION_DAYS)


def information_until(asked_on: date) -> date:
    """Until when, at the least, a person may send what the plan asked for. 29 CFR 2560.503-1(f)(2)(iii)(B)."""
    return asked_on + timedelta(days=INFORMATION_DAYS)


def review_until(decided_on: date) -> date:
    """The last day to ask for an external review of a refused appeal: four months after it.

    45 CFR 147.136(d)(2)(i). Where that month has no such day, the first of the next; a Saturday, a Sunday or a federal
    holiday gives way to the next day that is none.
    """
    month = decided_on.month + REVIEW_MONTHS
    year, month = decided_on.year + (month - 1) // 12, (month - 1) % 12 + 1
    last = monthrange(year, month)[1]
    day = date(year, month, min(decided_on.day, last))
    if decided_on.day > last:
        day += ONE_DAY
    while not is_business_day(day):
        day += ONE_DAY
    return day


def special_enrolment_until(event_on: date) -> date:
    """Until when, at the least, a plan takes a request to enrol after a marriage, a birth or the end of other coverage.

    45 CFR 146.117(a)(4) and (b)(3).
    """
    return event_on + timedelta(days=SPECIAL_ENROLMENT_DAYS)
