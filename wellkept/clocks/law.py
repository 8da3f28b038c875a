"""Days that a law counts, in calendar days."""

from datetime import date, timedelta

APPEAL_DAYS = 180
APPEAL_ANSWER_DAYS = 60
CLAIM_DAYS = 30
INFORMATION_DAYS = 45
SPECIAL_ENROLMENT_DAYS = 30


def appeal_until(decided_on: date) -> date:
    """The last day to appeal a claim that was decided against one, counted from the decision.

    R-15; 29 CFR 2560.503-1(h)(3)(i). The law counts from the day the notice is received, so nobody loses a day by this.
    """
    return decided_on + timedelta(days=APPEAL_DAYS)


def claim_due(received_on: date) -> date:
    """The last day to decide a claim for care that was given already.

    R-15; 29 CFR 2560.503-1(f)(2)(iii)(B). While the plan waits for what it asked of the person, the days stand still
    ((f)(4)), and the person has 45 of them.
    """
    return received_on + timedelta(days=CLAIM_DAYS)


def information_until(asked_on: date) -> date:
    """Until when, at the least, a person may send what the plan asked for. 29 CFR 2560.503-1(f)(2)(iii)(B)."""
    return asked_on + timedelta(days=INFORMATION_DAYS)


def special_enrolment_until(event_on: date) -> date:
    """Until when, at the least, a plan takes a request to enrol after a marriage, a birth or the end of other coverage.

    45 CFR 146.117(a)(4) and (b)(3).
    """
    return event_on + timedelta(days=SPECIAL_ENROLMENT_DAYS)
