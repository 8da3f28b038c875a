"""A book of business: invented people and their claims, as the files that employers, billers and payers send.

The same seed, size and day give the same bytes. Memory stays constant: sets are written as soon as they are full.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wellkept.demo import enrolment
from wellkept.demo.families import Family, families
from wellkept.demo.filing import filing
from wellkept.demo.interchange import Interchange, interchange, put
from wellkept.demo.payment import correction, decision, payment
from wellkept.demo.scenes import LAKES, Biller, Employer, Scene
from wellkept.demo.visits import Visit, visits

GUIDES = {"834": "005010X220A1", "837p": "005010X222A1", "837i": "005010X223A2", "835": "005010X221A1"}
PEOPLE_A_SET = 400
CLAIMS_A_SET = 300


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody everybody meets, with what registration asks."""

    part: str
    first: str
    last: str
    born: date
    number: str
    group: str


@dataclass(slots=True)
class Book:
    """What was written: the files in the order in which they are read, who is in them, and how many of each."""

    files: tuple[Path, ...]
    people: dict[str, Named] = field(default_factory=dict)
    members: int = 0
    filings: int = 0
    decisions: int = 0
    segments: int = 0


@dataclass(slots=True)
class Writing:
    """A book while it is written: open files, and what waits for its set to be full."""

    scene: Scene
    today: date
    book: Book
    files: dict[str, Interchange]
    families: dict[str, list[str]] = field(default_factory=dict)
    employed: dict[str, int] = field(default_factory=dict)
    filed: dict[tuple[str, date], list[Visit]] = field(default_factory=dict)
    paid: dict[tuple[Biller, date], tuple[list[str], int, int]] = field(default_factory=dict)


def book(folder: Path, *, members: int, claims_a_member: float, seed: int, today: date, scene: Scene = LAKES) -> Book:
    """Write the four files of a book into ``folder`` and say what is in them. The cast of eight is always in it."""
    paths = {name: folder / f"{name}.x12" for name in GUIDES}
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(
                interchange(paths[name], guide=guide, number=seed * 10 + place, sender=scene.payer_id, today=today)
            )
            for place, (name, guide) in enumerate(GUIDES.items(), 1)
        }
        writing = Writing(scene, today, Book(tuple(paths.values())), files)
        for family in families(scene, members=members, seed=seed, today=today):
            enrol(writing, family)
            for visit in visits(scene, family, claims_a_member=claims_a_member, seed=seed, today=today):
                file(writing, visit)
        finish(writing)
    writing.book.segments = sum(file.segments for file in files.values())
    return writing.book


def enrol(writing: Writing, family: Family) -> None:
    """A family waits for the set of its employer."""
    book, group = writing.book, family.employer.group
    book.members += len(family.people)
    for one in family.people:
        if one.part:
            book.people[one.part] = Named(one.part, one.first, one.last, one.born, family.number, group)
    writing.families.setdefault(group, []).extend(enrolment.members(family))
    writing.employed[group] = writing.employed.get(group, 0) + len(family.people)
    if writing.employed[group] >= PEOPLE_A_SET:
        write_enrolments(writing, family.employer)


def write_enrolments(writing: Writing, employer: Employer) -> None:
    """The set of one employer."""
    into = writing.files["834"]
    head = enrolment.head(writing.scene, employer, number=into.sets + 1, today=writing.today)
    put(into, head, writing.families.pop(employer.group))
    del writing.employed[employer.group]


def file(writing: Writing, visit: Visit) -> None:
    """A claim waits for the set of its day, its decisions for the payments to its biller."""
    writing.book.filings += 1
    key = ("837i" if visit.care.institutional else "837p", visit.filed)
    waiting = writing.filed.setdefault(key, [])
    waiting.append(visit)
    if len(waiting) >= CLAIMS_A_SET:
        write_filings(writing, key)
    if visit.decided:
        pay(writing, visit.biller, visit.decided, *decision(visit), claims=1)
    if visit.corrected_on and visit.corrected_on <= writing.today:
        pay(writing, visit.biller, visit.corrected_on, *correction(visit), claims=2)


def write_filings(writing: Writing, key: tuple[str, date]) -> None:
    """The set of one day of filing."""
    name, filed = key
    into = writing.files[name]
    put(into, filing(writing.scene, filed=filed, number=into.sets + 1, made=writing.filed.pop(key)))


def pay(writing: Writing, biller: Biller, day: date, lines: list[str], cents: int, *, claims: int) -> None:
    """Decisions wait for the payment of their biller and pay day."""
    writing.book.decisions += claims
    told, paid, count = writing.paid.get((biller, day), ([], 0, 0))
    told.extend(lines)
    writing.paid[biller, day] = (told, paid + cents, count + claims)
    if count + claims >= CLAIMS_A_SET:
        write_payment(writing, (biller, day))


def write_payment(writing: Writing, key: tuple[Biller, date]) -> None:
    """The payment of one biller and pay day."""
    (biller, day), into = key, writing.files["835"]
    claims, cents, _ = writing.paid.pop(key)
    put(into, payment(writing.scene, biller, paid=day, number=into.sets + 1, claims=claims, cents=cents))


def finish(writing: Writing) -> None:
    """What waits still."""
    for employer in waiting_employers(writing):
        write_enrolments(writing, employer)
    for filed in list(writing.filed):
        write_filings(writing, filed)
    for paid in list(writing.paid):
        write_payment(writing, paid)


def waiting_employers(writing: Writing) -> Iterator[Employer]:
    """The employers whose last set is not written."""
    return (employer for employer in writing.scene.employers if employer.group in writing.families)
