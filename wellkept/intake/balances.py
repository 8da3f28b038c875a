"""Balances into records: whose each is, by the keyed hashes that find a claim's person, and then written.

A balance is never kept apart until somebody is enrolled, as claims are: the next file tells it again, and newer. What
finds nobody is put aside with its line, to be mended and brought again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from wellkept.access import queries as access
from wellkept.benefits.accumulators import BalanceTold, bring_balances, household
from wellkept.intake import naming as named
from wellkept.intake.naming import Hashes
from wellkept.intake.values import Naming
from wellkept.organisations.queries import plans
from wellkept.people import finders
from wellkept.policy.words import Category, Purpose, Retention
from wellkept.vault import forms
from wellkept.vault.queries import data_keys

STEP: Final = 500
NOBODY: Final = "Nobody on an enrolment file is meant: check the number, the birth date and the names."
OTHER_GROUP: Final = "The person with this number is in another group."
SEVERAL: Final = "More than one person is meant: give birth_date and first_name."
REMOVED: Final = "Somebody whose record was removed is named again. Nothing of it is kept."


@dataclass(frozen=True, slots=True)
class Said:
    """One row of a file of balances. ``told`` orders what several rows say: the day, then a hash."""

    line: int
    number: str
    group: str
    birth_date: str
    first: str
    last: str
    name: str
    network: str
    year_begins: date
    kind: str
    scope: str
    amount: Decimal
    as_of: date
    told: str


@dataclass(frozen=True, slots=True)
class Found:
    """Whose each row is: person and plan by line, and why the others are put aside."""

    people: Mapping[int, tuple[UUID, UUID]]
    wrong: Mapping[int, str]


def found(rows: Sequence[Said], *, hashes: Hashes) -> Found:
    """The one person each row means. Nobody is opened: hashes are compared with hashes."""
    asked = {row.line: asks(row, hashes) for row in rows}
    known: dict[tuple[str, bytes], list[tuple[UUID, UUID]]] = {}
    for kind in {kind for kind, _ in asked.values()}:
        several = finders.found(kind, {index for of, index in asked.values() if of == kind})
        known |= {(kind, index): pairs for index, pairs in several.items()}
    groups = {
        one.id: forms.number(one.group_number)
        for one in plans({plan for pairs in known.values() for _, plan in pairs}).values()
    }
    people: dict[int, tuple[UUID, UUID]] = {}
    wrong: dict[int, str] = {}
    for row in rows:
        pairs = known.get(asked[row.line], [])
        meant = [pair for pair in pairs if groups.get(pair[1]) == forms.number(row.group)]
        if len(meant) == 1:
            people[row.line] = meant[0]
        else:
            wrong[row.line] = SEVERAL if meant else OTHER_GROUP if pairs else NOBODY
    kept = with_keys(person for person, _ in people.values())
    wrong |= {line: REMOVED for line, (person, _) in people.items() if person not in kept}
    return Found({line: pair for line, pair in people.items() if line not in wrong}, wrong)


def asks(row: Said, hashes: Hashes) -> tuple[str, bytes]:
    """The hash that finds a row's person: by card, by birth date and first name, or by both names."""
    naming = Naming(number=row.number, first=row.first, last=row.last, birth_date=row.birth_date)
    if row.birth_date and row.first:
        return named.BY_BIRTH, hashes.by_birth(naming)
    if row.birth_date:
        return named.BY_CARD, hashes.by_card(row.number, row.birth_date)
    return named.BY_NAME, hashes.by_name(naming)


def bring(rows: Sequence[Said], *, file_id: UUID, hashes: Hashes, collected_under: str) -> Mapping[int, str]:
    """Write what these rows say; returns why some of them, by line, were put aside."""
    whose = found(rows, hashes=hashes)
    told = [
        balance(row, person=person, plan=whose.people[row.line][1], file_id=file_id, hashes=hashes)
        for row, people in about(rows, whose)
        for person in people
    ]
    everybody = list(dict.fromkeys(one.person_id for one in told))
    for start in range(0, len(everybody), STEP):
        some = everybody[start : start + STEP]
        with access.enter_as_machine(
            subjects=some, purpose=Purpose.PAYMENT, categories=(Category.COVERAGE, Category.CLAIMS), occasion=file_id,
            relationship="file",
        ):  # fmt: skip
            meant = set(some)
            bring_balances([one for one in told if one.person_id in meant], collected_under=collected_under)
    return whose.wrong


def about(rows: Sequence[Said], whose: Found) -> Iterator[tuple[Said, Sequence[UUID]]]:
    """Each row that finds its person, with everybody it is kept with: a family's figure with each of the family."""
    named_so = {whose.people[row.line][0] for row in rows if row.line in whose.people and row.scope == "family"}
    families = household(named_so) if named_so else {}
    kept = with_keys(person for people in families.values() for person in people)
    for row in rows:
        if row.line in whose.people:
            person, _ = whose.people[row.line]
            family = [one for one in families.get(person, ()) if one in kept]
            yield row, family if row.scope == "family" else [person]


def balance(row: Said, *, person: UUID, plan: UUID, file_id: UUID, hashes: Hashes) -> BalanceTold:
    """The figure of a row as one person's. A plan, network, year, kind and scope has one figure."""
    parts = (str(person), str(plan), forms.letters(row.name), row.network, str(row.year_begins), row.kind, row.scope)
    return BalanceTold(
        id=hashes.row("balance", *parts), person_id=person, plan_id=plan, name=row.name, network=row.network,
        year_begins=row.year_begins, kind=row.kind, scope=row.scope, amount=row.amount, as_of=row.as_of, told=row.told,
        file_id=file_id, line=row.line,
    )  # fmt: skip


def with_keys(people: Iterable[UUID]) -> set[UUID]:
    """Those of whom anything may be written: the key of a removed record was destroyed (B-04)."""
    return {person for person, _ in data_keys(set(people), [Retention.BENEFITS])}
