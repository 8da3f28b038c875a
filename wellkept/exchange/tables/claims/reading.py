"""A claims table from beginning to end: each claim taken with its statements, or put aside with its reasons.

A preview and an import go the same way, and count the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from wellkept.exchange.tables.claims.judging import added, judged
from wellkept.exchange.tables.claims.mapping import Plan
from wellkept.exchange.tables.claims.runs import Claim, Unread, claims
from wellkept.exchange.tables.claims.telling import statements
from wellkept.exchange.tables.claims.twice import Places
from wellkept.exchange.tables.reading import Head, Opened, Wrong, opened
from wellkept.intake.totals import BILLED, PAID, RECORDS, Sums, TotalRead, add, as_totals, worth
from wellkept.intake.values import Statement

TWICE: Final = "The lines of this claim stand in several places of the file: sort it by claim number."
CLAIMS: Final = "claims"
ROWS: Final = "rows"
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim that was understood."""

    claim: Claim
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A claim that was put aside whole: why, and all its rows with their lines."""

    place: int
    wrong: tuple[Wrong, ...]
    rows: tuple[tuple[int, Cells], ...] = field(repr=False)


@dataclass(slots=True)
class Table:
    """A claims table while it is read. ``read`` and ``accepted`` are what it comes to, by kind and measure."""

    path: Path
    plan: Plan
    opened: Opened
    read: Sums = field(default_factory=dict)
    accepted: Sums = field(default_factory=dict)

    @property
    def head(self) -> Head:
        """Its first line."""
        return self.opened.head

    def totals(self) -> list[TotalRead]:
        """What was read and accepted."""
        return as_totals(self.read, self.accepted)


def begin(path: Path, plan: Plan) -> Table:
    """A claims table whose first line was understood; raises ``HeadError`` and ``OSError``."""
    return Table(path, plan, opened(path, plan.columns))


def outcomes(table: Table, *, take_back: Callable[[set[int]], None] = lambda _places: None) -> Iterator[Taken | Aside]:
    """Every claim of the table, once. ``take_back`` is told the places of claims that were taken and may not stand.

    That a claim stands in several places is known at the end alone: its places are then read again, and put aside.
    """
    with Places() as places:
        for one in claims(table.opened, table.plan):
            places.note(number(one), one.key if isinstance(one, Claim) else "", place=one.place)
            yield outcome(one, table)
        twice = places.twice()
    if twice:
        take_back(twice)
        yield from again(table, twice)


def number(one: Claim | Unread) -> str:
    """The number under which a claim's rows stand."""
    return one.number if isinstance(one, Unread) else one.key.partition("\x1f")[0]


def outcome(one: Claim | Unread, table: Table) -> Taken | Aside:
    """What becomes of one claim, counted."""
    sums = worth_of(one)
    add(table.read, sums)
    wrong = one.wrong if isinstance(one, Unread) else tuple(judged(one, table.plan))
    if wrong or isinstance(one, Unread):
        return Aside(one.place, wrong, tuple(one.rows))
    told = tuple(statements(one))
    for statement in told:
        add(table.read, worth(statement.kind, statement.content))
        add(table.accepted, worth(statement.kind, statement.content))
    add(table.accepted, sums)
    return Taken(one, told)


def again(table: Table, twice: set[int]) -> Iterator[Aside]:
    """The claims that stand in several places: read again, counted back, and put aside."""
    anew = begin(table.path, table.plan)
    for one in claims(anew.opened, anew.plan):
        if one.place in twice and isinstance(one, Claim) and not judged(one, anew.plan):
            add(table.accepted, worth_of(one), times=-1)
            for statement in statements(one):
                add(table.accepted, worth(statement.kind, statement.content), times=-1)
            first = one.lines[0]
            wrong = Wrong(first.number, table.plan.column_of("claim_number"), TWICE, first.cells)
            yield Aside(one.place, (wrong,), tuple(one.rows))


def worth_of(one: Claim | Unread) -> Sums:
    """A claim as sums: its rows, itself, itself among those of its kind, and their dollars."""
    if isinstance(one, Unread):
        kind, billed, paid = one.kind, one.billed, one.paid
    else:
        kind, billed, paid = one.said.get("kind") or "", added(one, "billed"), added(one, "paid")
    sums: Sums = {(ROWS, RECORDS): Decimal(len(one.rows))}
    for name in (CLAIMS, kind) if kind else (CLAIMS,):
        sums |= {(name, RECORDS): Decimal(1), (name, BILLED): billed, (name, PAID): paid}
    return sums


def reasons(aside: Aside) -> Iterator[tuple[Cells, str]]:
    """Each row of a claim that was put aside, with why: its own mistakes, else those of its claim."""
    own: dict[int, list[str]] = {}
    for wrong in aside.wrong:
        own.setdefault(wrong.line, []).append(f"line {wrong.line}: {wrong.sentence}")
    every = " ".join(dict.fromkeys(sentence for sentences in own.values() for sentence in sentences))
    for line, cells in aside.rows:
        yield cells, " ".join(own[line]) if line in own else every
