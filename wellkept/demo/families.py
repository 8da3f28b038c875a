"""Families, one after another, from a seed: whose the same numbers are, the same people come."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wellkept.demo.names import FAMILY, MEN, WOMEN
from wellkept.demo.scenes import STREETS, Employer, Scene, Town

SUBSCRIBER, SPOUSE, CHILD = "18", "01", "19"  # INS02, 005010X220A1
MODULUS, FACTOR = 899_999_981, 48_271  # a prime, so that no two families get one number
YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Person:
    """One person. ``part`` is theirs among the people everybody meets, or nothing."""

    first: str
    middle: str
    last: str
    suffix: str
    born: date
    gender: str
    relationship: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A subscriber and their people, covered since ``began`` and maybe ``ended``. ``index`` seeds what they do."""

    index: int
    number: str
    employer: Employer
    plan: str
    street: str
    town: Town
    phone: str
    email: str
    began: date
    ended: date | None
    people: tuple[Person, ...]

    @property
    def subscriber(self) -> Person:
        """Whose number it is."""
        return self.people[0]


def families(scene: Scene, *, members: int, seed: int, today: date) -> Iterator[Family]:
    """Families until there are ``members`` people; those everybody meets come first and always."""
    left, index = members, 0
    for family in cast(scene, seed=seed, today=today):
        yield family
        left, index = left - len(family.people), index + 1
    while left > 0:
        family = anybody(scene, index=index, seed=seed, today=today, most=left)
        yield family
        left, index = left - len(family.people), index + 1


def cast(scene: Scene, *, seed: int, today: date) -> Iterator[Family]:
    """The family of four, and four others who each live alone."""
    subscriber, spouse, teenager, child = scene.firsts
    four = (
        Person(subscriber, "", scene.family, "", years_ago(today, 41.3), "F", SUBSCRIBER, "subscriber"),
        Person(spouse, "", scene.family, "", years_ago(today, 43.1), "M", SPOUSE, "spouse"),
        Person(teenager, "", scene.family, "", years_ago(today, 16.4), "M", CHILD, "teenager"),
        Person(child, "", scene.family, "", years_ago(today, 9.2), "F", CHILD, "child"),
    )
    yield household(scene, index=0, seed=seed, today=today, people=four)
    for place, (part, (first, last)) in enumerate(zip(OTHERS, scene.others, strict=True)):
        gender = "F" if first in WOMEN else "M"
        alone = Person(first, "", last, "", years_ago(today, 36.5 + 4 * place), gender, SUBSCRIBER, part)
        ended = today - timedelta(days=75) if part == "ended" else None
        yield household(scene, index=place + 1, seed=seed, today=today, people=(alone,), ended=ended)


OTHERS = ("stranger", "ended", "without claims", "unknown reason")


def anybody(scene: Scene, *, index: int, seed: int, today: date, most: int) -> Family:
    """One family of at most ``most`` people."""
    rng = chance(seed, index)
    last, age = rng.choice(FAMILY), rng.uniform(22, 64)
    people = [person(rng, last=last, born=years_ago(today, age), gender=rng.choice("FM"), relationship=SUBSCRIBER)]
    if rng.random() < 0.6:
        theirs = last if rng.random() < 0.7 else rng.choice(FAMILY)
        gender = "M" if people[0].gender == "F" else "F"
        gender = gender if rng.random() < 0.93 else people[0].gender
        born = years_ago(today, max(20.0, age + rng.uniform(-5, 5)))
        people.append(person(rng, last=theirs, born=born, gender=gender, relationship=SPOUSE))
    if rng.random() < 0.5:
        for _ in range(rng.choice((1, 1, 2, 2, 2, 3, 4))):
            born = years_ago(today, rng.uniform(0.2, max(1.0, min(25.5, age - 19))))
            people.append(person(rng, last=last, born=born, gender=rng.choice("FM"), relationship=CHILD))
    ended = today - timedelta(days=rng.randrange(10, 200)) if rng.random() < 0.05 else None
    return household(scene, index=index, seed=seed, today=today, people=distinct(people)[:most], ended=ended)


def person(rng: random.Random, *, last: str, born: date, gender: str, relationship: str) -> Person:
    """Somebody with a first name of their own."""
    first = rng.choice(WOMEN if gender == "F" else MEN)
    middle = rng.choice(WOMEN if gender == "F" else MEN) if rng.random() < 0.4 else ""
    suffix = "JR" if gender == "M" and rng.random() < 0.03 else ""
    return Person(first, middle, last, suffix, born, gender, relationship)


def distinct(people: list[Person]) -> tuple[Person, ...]:
    """The same people without those who bear the first name of another of the family."""
    return tuple({one.first: one for one in reversed(people)}.values())[::-1]


def household(
    scene: Scene, *, index: int, seed: int, today: date, people: tuple[Person, ...], ended: date | None = None
) -> Family:
    """Where a family lives, for whom its subscriber works, and since when it is covered."""
    rng = chance(seed, -1 - index)
    town = rng.choice(scene.towns)
    number = f"{scene.prefix}{100_000_000 + (index * FACTOR + seed * 7919) % MODULUS}"
    began = date(today.year - rng.choice((1, 2, 2, 3, 5, 8)), rng.choice((1, 1, 4, 7, 10)), 1)
    return Family(
        index=index,
        number=number,
        employer=scene.employers[0] if index < 2 else rng.choice(scene.employers),
        plan=rng.choice(scene.plans),
        street=f"{rng.randrange(1, 990)} {rng.choice(STREETS)}",
        town=town,
        phone=f"{town.area}55501{rng.randrange(100):02}",
        email=f"{plain(people[0].first)}.{plain(people[0].last)}{rng.randrange(1000)}@example.com",
        began=min(began, ended - timedelta(days=400)) if ended else began,
        ended=ended,
        people=people,
    )


def chance(seed: int, index: int) -> random.Random:
    """The generator of one family, the same whichever family came before."""
    return random.Random(seed * 1_000_003 + index)


def years_ago(today: date, years: float) -> date:
    """The day so many years before."""
    return today - timedelta(days=round(years * YEAR))


def plain(name: str) -> str:
    """A name as a mail address writes it: ASCII letters alone."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(one for one in folded if one.isalpha()) or "someone"
