"""Plans, their terms and providers by id, which stand in directories; and an organisation to its own people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.organisations.formats import last_four
from wellkept.organisations.models import Plan, Provider
from wellkept.organisations.models import Terms as Row
from wellkept.organisations.terms import SERVICES, Network, Price, Terms, next_year
from wellkept.policy.rows import uuids
from wellkept.policy.words import Retention
from wellkept.vault import forms
from wellkept.vault.queries import Ring

TAX_NUMBER: Final = "organisation.tax_number"
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


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of a roster. ``kind`` is provider, employer, agent or partner; numbers of other kinds are empty.

    ``standing`` is current, prospective or prior: nobody of a prior one works here any more.
    """

    id: UUID
    kind: str
    name: str
    street: str
    city: str
    state: str
    postal_code: str
    npi: str
    groups: tuple[str, ...]
    agreement: str
    producer: str
    standing: str

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of its address on the roster, where codes are posted to."""
        return (self.street, f"{self.city}, {self.state} {self.postal_code}")


def mine(secret: bytes) -> Organisation | None:
    """The organisation that a session acts for, by the hash of its secret; None for members, staff and strangers."""
    rows = _ask("select * from wellkept.organisations_mine(%s)", [secret])
    return _organisation(rows[0]) if rows else None


def my_tax_number_ends(secret: bytes) -> str:
    """The last four digits of that organisation's tax number; empty where there is none or its key was destroyed."""
    own = mine(secret)
    (sealed,) = _ask("select wellkept.organisations_my_tax_number(%s)", [secret])[0]
    if own is None or sealed is None:
        return ""
    with Ring() as ring, suppress(LookupError):
        return last_four(
            ring.unseal(
                subject=own.id, retention=Retention.BENEFITS, field=TAX_NUMBER, row=own.id, sealed=bytes(sealed)
            )
        )
    return ""


def named(ids: Collection[UUID]) -> dict[UUID, Organisation]:
    """Organisations by id, at most 500, for jobs that write to them."""
    rows = _ask("select * from wellkept.organisations_named(%s::uuid[])", [uuids(ids)])
    return {row[0]: _organisation(row) for row in rows}


def organisation(number: UUID) -> Organisation | None:
    """One organisation, for jobs; None where no roster has that id."""
    return named([number]).get(number)


def _organisation(row: tuple[Any, ...]) -> Organisation:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return Organisation(*values)


def _ask(statement: str, arguments: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
