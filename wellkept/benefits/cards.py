"""What an ID card and an explanation of benefits say of the plan, for the one person who is open (U-29, U-39)."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.benefits.lines import kind_of
from wellkept.organisations.queries import PlanLine, plans, terms
from wellkept.organisations.terms import Terms
from wellkept.policy.words import Key

_COVERED: Final = (
    "select plan_id, line, description from wellkept.benefits_coverage where person_id = %s and plan_id is not null"
    " and begins_on <= %s and (ends_on is null or ends_on >= %s) order by line not in ('HLT', 'MM', 'PPO', 'HMO',"
    " 'EPO', 'POS'), begins_on, line"
)
_PLAN: Final = "select plan_id from wellkept.benefits_claim where person_id = %s and id = %s"


@dataclass(frozen=True, slots=True)
class CardLine:
    """One plan that covers the person on a day: what kinds of care, and its terms where anybody told them."""

    plan: PlanLine
    name: str
    kinds: tuple[str, ...]
    terms: Terms | None


def cards(key: Key, *, on: date) -> tuple[CardLine, ...]:
    """A card for each plan that covers the person on that day, health first. The opening names ``coverage``."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, [person, on, on])
        rows = cursor.fetchall()
    kinds: dict[UUID, list[str]] = {}
    described: dict[UUID, str] = {}
    for plan, line, description in rows:
        kinds.setdefault(plan, []).append(kind_of(line))
        if description:
            described.setdefault(plan, description)
    named, told = plans(kinds), terms(kinds, on=on, named=described)
    return tuple(
        CardLine(named[plan], _name(described.get(plan, ""), told.get(plan)), tuple(dict.fromkeys(of)), told.get(plan))
        for plan, of in kinds.items()
        if plan in named
    )


def plan_of(key: Key, claim: UUID) -> PlanLine | None:
    """The plan a claim of the person was made under; None where no file said it. The opening names ``claims``."""
    (person,) = key.subjects
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, [person, claim])
        row = cursor.fetchone()
    return plans({row[0]}).get(row[0]) if row and row[0] else None


def _name(described: str, told: Terms | None) -> str:
    return told.name if told else described
