"""From which day a minor's record is their own, by the law of the state they live in (R-20).

A parent acts for a minor where the law gives the parent that authority, and not for care to which the minor may consent
alone: 45 CFR 164.502(g)(3).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from wellkept.policy.shapes import StateLaw


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Days from which a parent no longer opens the record, and sensitive claims in it. None: no parent ever does."""

    care: date | None
    sensitive: date | None


NOBODYS = OwnDays(care=None, sensitive=None)


def own_days(law: StateLaw, birth: date | None, *, today: date) -> OwnDays:
    """Both days of somebody born on ``birth``. A day that has come is None, and so is an unknown one."""
    if birth is None or birth > today:
        return NOBODYS
    care = age_reached(birth, law.own_care)
    sensitive = min(care, age_reached(birth, min(law.minor_consents.values())))
    return OwnDays(care=care if care > today else None, sensitive=sensitive if sensitive > today else None)


def of_age(law: StateLaw, birth: date) -> date:
    """The day on which somebody born on ``birth`` is of age: at 18, or later where the law of their state says so."""
    return age_reached(birth, max(18, law.own_care))


def age_reached(birth: date, years: int) -> date:
    """The day on which that age is reached; without a February 29 it is the 28th, which is the earlier of the two."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1) - timedelta(days=1)
