"""The days from which a minor's record is their own, worked out while the birth date is open (R-20)."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from wellkept.people.models import Person
from wellkept.people.queries import Identity, identities
from wellkept.policy import minors, states
from wellkept.policy.minors import OwnDays
from wellkept.policy.words import Key


def own_days(birth_date: str, state: str) -> OwnDays:
    """The days of somebody born on that ISO date, who lives in that state; none where either says nothing."""
    today = datetime.now(ZoneInfo(settings.PACK.time_zone)).date()
    birth = date.fromisoformat(birth_date) if birth_date else None
    return minors.own_days(states.law(settings.PACK, state), birth, today=today)


def of_age(who: Identity) -> date | None:
    """The day on which somebody is of age where they live; None where no birth date is known."""
    return minors.of_age(states.law(settings.PACK, who.state), who.birth_date) if who.birth_date else None


def again(key: Key) -> int:
    """Work the days of everybody who is open out again; returns of how many they changed.

    The opening names the category ``identity``; a birth date whose key was destroyed leaves no day.
    """
    return sum(written(who.person_id, birth(who.birth_date), who.state) for who in identities(key).values())


def written(person: UUID, birth_date: str, state: str) -> int:
    """Write one person's days where they differ; returns 1 where they did."""
    own = own_days(birth_date, state)
    rows = Person.objects.filter(person_id=person).exclude(own_care_on=own.care, own_sensitive_on=own.sensitive)
    return rows.update(own_care_on=own.care, own_sensitive_on=own.sensitive)


def birth(day: date | None) -> str:
    """An ISO date, or "" where there is none."""
    return day.isoformat() if day else ""
