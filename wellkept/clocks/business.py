"""Business days: Monday to Friday without the federal holidays of the United States, on the days they are observed.

Source: 5 U.S.C. 6103 (which days; one on a Saturday is observed the Friday before, one on a Sunday the Monday after).
"""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)


@cache
def holidays_of(year: int) -> frozenset[date]:
    """The federal holidays observed in a year. New Year's Day of the next year may be observed in this one."""
    found = holidays.country_holidays("US", years=year, observed=True)
    return frozenset(day for day in found if day.year == year)


def is_business_day(day: date) -> bool:
    """Whether the operator works on that day."""
    return day.weekday() < 5 and day not in holidays_of(day.year)


def business_day_after(day: date, days: int) -> date:
    """The business day that is the ``days``-th after ``day``, which itself is day 0 whatever day it is."""
    while days > 0:
        day += ONE_DAY
        days -= is_business_day(day)
    return day


def business_days_between(first: date, last: date) -> int:
    """How many business days lie after ``first`` up to ``last`` and with it; 0 where ``last`` is not later."""
    return sum(is_business_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
