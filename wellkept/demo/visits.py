"""What happens to a family: visits, filed monthly, decided on the monthly pay day, and what each decision takes off."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from wellkept.demo.care import BY_NAME, CARE, SCRIPTS, Care
from wellkept.demo.families import SPOUSE, YEAR, Family, Person, chance
from wellkept.demo.scenes import Biller, Scene

MOST_DUE = 25000  # cents that one line takes off for a deductible: the smallest of a plan here is $500
# How often each outcome comes of a decision, in a hundred.
OUTCOMES = {"paid": 60, "deductible": 22, "bundled": 6, "denied": 6, "other payer": 3, "reversed": 3}
LOOK_BACK = 400
FORTUNE = (0.0, 0.0, 0.5, 0.5, 1.0, 1.0, 1.5, 3.5)  # on average 1: a few people have most visits

Cut = tuple[str, str, int]
"""Group and reason of an adjustment (X12 code sources 974 and 139), and cents."""


@dataclass(slots=True)
class Line:
    """One billed line: cents charged, allowed and paid, and what was taken off."""

    code: str
    revenue: str
    units: int
    charge: int
    allowed: int
    paid: int = 0
    cuts: tuple[Cut, ...] = ()


@dataclass(slots=True)
class Visit:
    """One claim. ``decided`` is None while it waits; ``corrected`` are its lines after the reversal."""

    number: str
    family: Family
    person: Person
    care: Care
    biller: Biller
    diagnosis: str
    served: date
    filed: date
    outcome: str
    lines: list[Line] = field(default_factory=list)
    decided: date | None = None
    corrected_on: date | None = None
    corrected: list[Line] = field(default_factory=list)

    @property
    def until(self) -> date:
        """The last day of a stay, or the day of the visit."""
        return self.served + timedelta(days=self.care.nights)


def visits(scene: Scene, family: Family, *, claims_a_member: float, seed: int, today: date) -> Iterator[Visit]:
    """Every visit of a family, each with a number that no other visit has."""
    rng = chance(seed + 77, family.index)
    count = 0
    for person in family.people:
        for care, days_ago, outcome in happenings(person, rng, claims_a_member=claims_a_member, today=today):
            served = today - timedelta(days=days_ago)
            if family.began <= served <= (family.ended or today) and served >= person.born:
                number = f"{family.index:X}-{count:X}"
                count += 1
                yield visit(
                    scene, family, person, rng, care=care, served=served, outcome=outcome, number=number, today=today
                )


def happenings(
    person: Person, rng: random.Random, *, claims_a_member: float, today: date
) -> Iterator[tuple[Care, int, str]]:
    """Kind of care, how many days ago, and the outcome its decision will have."""
    if person.part:
        for name, days_ago, outcome in SCRIPTS[person.part]:
            yield BY_NAME[name], days_ago, outcome
        return
    kinds, weights = suitable(int((today - person.born).days / YEAR), person.gender)
    for _ in range(int(claims_a_member * rng.choice(FORTUNE) + rng.random())):
        outcome = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        yield rng.choices(kinds, weights)[0], rng.randrange(2, LOOK_BACK), outcome


@cache
def suitable(age: int, gender: str) -> tuple[tuple[Care, ...], tuple[int, ...]]:
    """The kinds of care for somebody of that age in years, and how often each comes."""
    kinds = tuple(care for care in CARE if care.from_age <= age <= care.to_age and care.gender in ("", gender))
    return kinds, tuple(care.weight for care in kinds)


def visit(
    scene: Scene,
    family: Family,
    person: Person,
    rng: random.Random,
    *,
    care: Care,
    served: date,
    outcome: str,
    number: str,
    today: date,
) -> Visit:
    """One visit, filed, and decided where a pay day has come."""
    ended = served + timedelta(days=care.nights)
    filed = min(today, next_of(ended + timedelta(days=1), (1, 15)))
    if outcome == "other payer" and person.relationship != SPOUSE:
        outcome = "paid"
    made = Visit(
        number,
        family,
        person,
        care,
        rng.choice(scene.billers[care.kind]),
        rng.choice(care.diagnoses),
        served,
        filed,
        outcome,
    )
    made.lines = [line(rng, item.code, item.revenue, item.units, item.least, item.most) for item in care.items]
    decided = next_of(filed + timedelta(days=9), (20,))
    if outcome != "waiting" and decided <= today:
        made.decided = decided
        decide(made)
    return made


def line(rng: random.Random, code: str, revenue: str, units: int, least: int, most: int) -> Line:
    """A line at a price, of which the plan allows half or more."""
    charge = rng.randrange(least, most, 25) * units
    return Line(code, revenue, units, charge, allowed=charge * rng.randrange(45, 85) // 100)


def decide(made: Visit) -> None:
    """Reckon what the plan pays of each line."""
    for place, one in enumerate(made.lines):
        cuts(one, outcome=made.outcome, first=place == 0, copay=made.care.copay)
    if made.outcome != "reversed" or made.decided is None:
        return
    made.corrected_on = next_of(made.decided + timedelta(days=20), (20,))
    made.corrected = [Line(one.code, one.revenue, one.units, one.charge, one.allowed) for one in made.lines]
    for one in made.corrected:
        cuts(one, outcome="paid", first=False, copay=0)


def cuts(one: Line, *, outcome: str, first: bool, copay: int) -> None:
    """What is taken off one line, and why. The rest is paid: charge - adjustments = paid (005010X221A1, 1.10.2)."""
    agreed = ("CO", "45", one.charge - one.allowed)
    match outcome:
        case "denied":
            taken: tuple[Cut, ...] = (("PR", "96", one.charge),)
        case "bundled" if not first:
            taken = (("CO", "97", one.charge),)
        case "other payer":
            taken = (agreed, ("OA", "23", one.allowed * 8 // 10))
        case "unknown":
            taken = (agreed, ("CO", "X99", one.allowed // 4))
        case "deductible" | "reversed":
            due = min(one.allowed * 6 // 10, MOST_DUE)
            taken = (agreed, ("PR", "1", due), ("PR", "2", (one.allowed - due) // 5))
        case _:
            taken = (agreed, ("PR", "3", min(copay, one.allowed))) if first and copay else (agreed,)
    one.cuts = tuple(cut for cut in taken if cut[2])
    one.paid = one.charge - sum(cents for _, _, cents in one.cuts)


def next_of(day: date, days: tuple[int, ...]) -> date:
    """The first day, from ``day`` on, that is one of some days of a month, given in order."""
    for number in days:
        if day.day <= number:
            return day.replace(day=number)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=days[0])
