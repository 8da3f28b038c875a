"""Days that a law counts, in calendar days."""

from datetime import date, timedelta

APPEAL_DAYS = 180
APPEAL_ANSWER_DAYS = 60


def appeal_until(decided_on: date) -> date:
    """The last day to appeal a claim that was decided against one, counted from the decision.

    R-15; 29 CFR 2560.503-1(h)(3)(i). The law counts from the day the notice is received, so nobody loses a day by this.
    """
    return decided_on + timedelta(days=APPEAL_DAYS)
