"""Plans, their terms and providers by id. They stand in directories: no key is needed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from wellkept.organisations.models import Plan, Provider
from wellkept.organisations.models import Terms as Row
from wellkept.organisations.terms import SERVICES, Network, Price, Terms, next_year
from wellkept.vault import forms

YEAR: Final = timedelta(days=367)
"""No plan year is longer."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan of one employer's group."""

    id: UUID
    sponsor: str
    group_number: str


def plans(ids: Collection[UUID]) -> dict[UUID, PlanLine]:
    """The plans with these ids."""
    rows = Plan.objects.filter(id__in=ids).values_list("id", "sponsor", "group_number")
    return {row[0]: PlanLine(*row) for row in rows}


def providers(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of the providers with these ids."""
    return dict(Provider.objects.filter(id__in=ids).values_list("id", "name"))


def terms(
    plan_ids: Collection[UUID], *, on: date | None = None, named: Mapping[UUID, str] | None = None
) -> dict[UUID, Terms]:
    """The terms of each plan: those in the network where it has one, of the plan year of ``on``, else of the newest.

    A group may have plans of several names. ``named`` says which is meant by plan id, as a coverage describes it; where
    it is not said and there are several, nobody can know which, and the plan is not in the answer.
    """
    found: dict[UUID, Terms] = {}
    for plan, several in schedules(plan_ids, on=on).items():
        meant = of_name(several, (named or {}).get(plan, ""))
        if meant and len({forms.letters(one.name) for one in meant}) == 1:
            found[plan] = meant[0]
    return found


def schedules(plan_ids: Collection[UUID], *, on: date | None = None) -> dict[UUID, tuple[Terms, ...]]:
    """Every name and network of these plans, by name and in the network first; a plan nobody told of is not in it."""
    rows: dict[tuple[UUID, str, str], list[Row]] = defaultdict(list)
    asked = Row.objects.filter(plan_id__in=plan_ids)
    for row in asked if on is None else asked.filter(year_begins__lte=on, year_begins__gt=on - YEAR):
        if on is None or row.year_begins <= on < next_year(row.year_begins):
            rows[row.plan_id, forms.letters(row.name), row.network].append(row)
    found: dict[UUID, list[Terms]] = defaultdict(list)
    for (plan, _name, _network), told in rows.items():
        found[plan].append(_terms(told))
    order = list(Network)
    return {
        plan: tuple(sorted(several, key=lambda one: (forms.letters(one.name), order.index(one.network))))
        for plan, several in found.items()
    }


def of_name(several: Iterable[Terms], name: str) -> tuple[Terms, ...]:
    """Those of that name; all of them where there is only one name anyway."""
    every = tuple(several)
    if len({forms.letters(one.name) for one in every}) == 1:
        return every
    return tuple(one for one in every if forms.letters(one.name) == forms.letters(name))


def _terms(rows: list[Row]) -> Terms:
    """What was told of the newest plan year; the sums are empty where only prices were told."""
    year = max(row.year_begins for row in rows)
    rows = [row for row in rows if row.year_begins == year]
    sums = next((row for row in rows if not row.service), None)
    words = sums or max(rows, key=lambda row: row.told)
    priced = {row.service: _price(row) for row in rows if row.service}
    return Terms(
        plan_id=words.plan_id, name=words.name, network=Network(words.network), year_begins=year, as_of=words.as_of,
        deductible_person=words.deductible_person, deductible_family=words.deductible_family,
        out_of_pocket_person=words.out_of_pocket_person, out_of_pocket_family=words.out_of_pocket_family,
        otherwise=_price(sums) if sums else None,
        services={name: priced[name] for name in SERVICES if name in priced},
    )  # fmt: skip


def _price(row: Row) -> Price:
    return Price(row.covered, row.copay, row.coinsurance, row.note, row.as_of)
