"""How far one person and their family are towards what they pay in a plan year at most (U-29, R-17).

A figure the plan told wins over one added up here, and each says of which day it is true. What we add up counts the
cost-sharing of the decisions that stand (``shares``), by the day of care, whatever the network: a remittance does not
say which one the office was in.

Of everybody else a person sees one figure, the family's. As the plan told it, it is shown with its day. Where the plan
told none, the gate adds one up (``wellkept.benefits_add_up_family``): until the end of last month and once for that
month, without other people's sensitive care and without what they had restricted. So what is left after subtracting
one's own figure is one sum of a year, never a visit: within a month nothing that happens to anybody moves it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from wellkept.benefits.rows import ask
from wellkept.organisations.queries import of_name, providers, schedules
from wellkept.organisations.terms import Network, Terms, next_year
from wellkept.policy.words import Key
from wellkept.vault import forms

PAGE: Final = 20
# Coverage for one person alone (X12 834, HD05).
ALONE: Final = frozenset({"EMP", "IND"})


class Kind(StrEnum):
    """What is reached: the deductible, or the out-of-pocket maximum."""

    DEDUCTIBLE = "deductible"
    OUT_OF_POCKET = "out_of_pocket"


class Scope(StrEnum):
    """Whose figure it is."""

    PERSON = "person"
    FAMILY = "family"


class Source(StrEnum):
    """Where a figure comes from."""

    TOLD = "told"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in US dollars. ``limit`` is None where no plan told it, ``plan`` is "" where the file named none."""

    kind: Kind
    scope: Scope
    network: Network
    plan: str
    amount: Decimal
    limit: Decimal | None
    source: Source
    as_of: date

    @property
    def left(self) -> Decimal | None:
        """What is left until the limit; zero once it is reached."""
        return None if self.limit is None else max(self.limit - self.amount, Decimal())

    @property
    def percent(self) -> int:
        """How much of the limit was reached, from 0 to 100; 100 only once it was."""
        if self.limit is None:
            return 0
        if self.amount >= self.limit:
            return 100
        return max(0, int(self.amount * 100 / self.limit))


@dataclass(frozen=True, slots=True)
class Balances:
    """One plan's year of one person. ``terms`` has one entry a network; it is empty where the plan told no terms.

    ``year_told`` says that the plan named its year; otherwise it is the calendar's. ``family`` says that the coverage
    is for more than one person, as the enrolment file has it.
    """

    plan_id: UUID | None
    year_begins: date
    year_ends: date
    year_told: bool
    figures: tuple[Figure, ...]
    terms: tuple[Terms, ...]
    family: bool


@dataclass(frozen=True, slots=True)
class Movement:
    """One decided claim of the person's own, and what it counts. ``deductible`` is part of ``shared``."""

    id: UUID
    provider: str
    served_from: date | None
    decided_on: date
    deductible: Decimal
    shared: Decimal


@dataclass(frozen=True, slots=True)
class MovementPage:
    """One page of movements, newest decision first. ``first`` counts from 1."""

    lines: tuple[Movement, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last one on the page."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class _Covered:
    """A plan of the person, how its coverages call it, and whether one of them is for more than one person."""

    plan_id: UUID | None
    names: tuple[str, ...]
    family: bool


NOBODYS: Final = _Covered(None, (), family=False)
"""The plan of somebody whom no file covers."""


def balances(key: Key, *, on: date) -> Balances:
    """Those of the plan that answers first: covered on that day before others, health before dental."""
    return every(key, on=on)[0]


def every(key: Key, *, on: date) -> tuple[Balances, ...]:
    """The year that holds ``on`` of every plan of the one person who is open, at least one.

    The opening names ``coverage``, ``claims`` and ``sensitive_claims``; without the last, sensitive care is left out of
    what is added up.
    """
    (person,) = key.subjects
    covered = _covered(person, on=on)
    told = schedules([one.plan_id for one in covered if one.plan_id], on=on)
    rows = _rows(person, on=on)
    return tuple(_balances(person, one, _named(told, one), rows, on=on) for one in covered or [NOBODYS])


def plan_terms(key: Key, *, on: date) -> dict[UUID, tuple[Terms, ...]]:
    """The terms, in each network, of each plan that covers the person who is open. The opening names ``coverage``."""
    (person,) = key.subjects
    covered = _covered(person, on=on)
    told = schedules([one.plan_id for one in covered if one.plan_id], on=on)
    return {one.plan_id: terms for one in covered if one.plan_id and (terms := _named(told, one))}


def movements(key: Key, year: Balances, *, page: int = 1, size: int = PAGE) -> MovementPage:
    """The person's own decided claims of that plan year, newest decision first. Nobody else's are ever in it."""
    (person,) = key.subjects
    rows = ask(MOVEMENTS, [person, year.plan_id, year.year_begins, year.year_ends, size, (page - 1) * size])
    names = providers({row[1] for row in rows if row[1]})
    lines = tuple(
        Movement(row[0], names.get(row[1], ""), row[2], row[3], row[4] or Decimal(), row[5] or Decimal())
        for row in rows
    )
    return MovementPage(lines=lines, first=(page - 1) * size + 1, total=rows[0][-1] if rows else 0)


def _balances(
    person: UUID, of: _Covered, terms: tuple[Terms, ...], rows: Sequence[Sequence[Any]], *, on: date
) -> Balances:
    plan = of.plan_id
    told = [row for row in rows if row[0] in (plan, None) or plan is None]
    begins = [row[1] for row in told if row[7] == Source.TOLD]
    first = terms[0].year_begins if terms else max(begins, default=date(on.year, 1, 1))
    ends = next_year(first) - timedelta(days=1)
    figures = [_figure(row, terms) for row in told if row[1] == first and row[7] == Source.TOLD]
    figures += _added(person, plan, figures, terms, first=first, ends=ends, on=on)
    return Balances(
        plan_id=plan, year_begins=first, year_ends=ends, year_told=bool(terms or begins),
        figures=tuple(sorted(figures, key=_order)), terms=terms, family=of.family,
    )  # fmt: skip


def _added(
    person: UUID,
    plan: UUID | None,
    told: Sequence[Figure],
    terms: tuple[Terms, ...],
    *,
    first: date,
    ends: date,
    on: date,
) -> list[Figure]:
    """What we add up of the kinds the plan told nothing of."""
    said = {(one.kind, one.scope) for one in told}
    found: list[Figure] = []
    own = ask(OWN, [person, plan, first, min(ends, on)])
    if own and own[0][2]:
        deductible, shared, as_of = own[0]
        found += [
            _sum(kind, Scope.PERSON, amount, as_of, terms)
            for kind, amount in ((Kind.DEDUCTIBLE, deductible), (Kind.OUT_OF_POCKET, shared))
        ]
    if not {(Kind.DEDUCTIBLE, Scope.FAMILY), (Kind.OUT_OF_POCKET, Scope.FAMILY)} <= said:
        ask("select wellkept.benefits_add_up_family()", [])
        added = [row for row in _rows(person, on=on) if row[0] == plan and row[1] == first and row[7] == Source.ADDED]
        found += [_sum(Kind(row[4]), Scope.FAMILY, row[6], row[8], terms) for row in added]
    return [one for one in found if (one.kind, one.scope) not in said]


def _sum(kind: Kind, scope: Scope, amount: Decimal, as_of: date, terms: Sequence[Terms]) -> Figure:
    """A sum of ours. Set against a limit only where there is one network: a claim does not say in which it was."""
    limit = _limit(terms[0], kind, scope) if len(terms) == 1 else None
    return Figure(kind, scope, Network.ANY, "", amount or Decimal(), limit, Source.ADDED, as_of)


def _figure(row: Sequence[Any], terms: Sequence[Terms]) -> Figure:
    _plan, _year, name, network, kind, scope, amount, source, as_of = row
    known = [one for one in terms if not name or forms.letters(one.name) == forms.letters(name)]
    meant = next((one for one in known if one.network == network), None) or (known[0] if len(known) == 1 else None)
    limit = _limit(meant, Kind(kind), Scope(scope)) if meant else None
    return Figure(Kind(kind), Scope(scope), Network(network), name, amount, limit, Source(source), as_of)


def _limit(terms: Terms, kind: Kind, scope: Scope) -> Decimal | None:
    found: Decimal | None = getattr(terms, f"{kind.value}_{scope.value}")
    return found


def _order(one: Figure) -> tuple[str, int, int, int]:
    return one.plan, list(Network).index(one.network), list(Kind).index(one.kind), list(Scope).index(one.scope)


def _named(told: Mapping[UUID, Sequence[Terms]], of: _Covered) -> tuple[Terms, ...]:
    """The terms that a coverage of this plan means: by its own words where the group has plans of several names."""
    several = told.get(of.plan_id, ()) if of.plan_id else ()
    return next((found for name in ("", *of.names) if (found := of_name(several, name))), ())


def _covered(person: UUID, *, on: date) -> list[_Covered]:
    """The plans of a person's coverages in the order in which they answer."""
    found: dict[UUID, list[tuple[str, str]]] = {}
    for plan, description, level in ask(COVERED, [person, on, on, on, on]):
        found.setdefault(plan, []).append((description, level))
    return [
        _Covered(
            plan,
            tuple(description for description, _ in several if description),
            family=any(level and level not in ALONE for _, level in several),
        )
        for plan, several in found.items()
    ]


def _rows(person: UUID, *, on: date) -> list[tuple[Any, ...]]:
    """Every balance of the plan years that hold a day."""
    return [row for row in ask(BALANCE, [person, on]) if on < next_year(row[1])]


_YEAR: Final = (
    " from wellkept.benefits_claim where person_id = %s and plan_id is not distinct from %s"
    " and status in ('paid', 'denied') and decided_on is not null"
    " and coalesce(served_from, decided_on) between %s and %s"
)
OWN: Final = f"select sum(deductible), sum(shared), max(decided_on){_YEAR}"
MOVEMENTS: Final = (
    f"select id, provider_id, served_from, decided_on, deductible, shared, count(*) over (){_YEAR}"
    " order by decided_on desc, served_from desc nulls last, id limit %s offset %s"
)
BALANCE: Final = (
    "select plan_id, year_begins, name, network, kind, scope, amount, source, as_of from wellkept.benefits_balance"
    " where person_id = %s and year_begins <= %s"
)
COVERED: Final = (
    "select plan_id, description, level from wellkept.benefits_coverage where person_id = %s and plan_id is not null"
    " order by coalesce(begins_on, %s) <= %s and coalesce(ends_on, %s) >= %s desc,"
    " line not in ('HLT', 'MM', 'PPO', 'HMO', 'EPO', 'POS'), begins_on desc nulls last, line"
)
