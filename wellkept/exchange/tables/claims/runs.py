"""Rows of a claims table as claims: lines that stand together under one number, each claim whole or put aside whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from wellkept.exchange.tables.claims.fields import OF_CLAIM, REVERSED
from wellkept.exchange.tables.claims.mapping import Plan
from wellkept.exchange.tables.reading import Opened, Row, Wrong

Values = Mapping[str, Any]
MOST_LINES: Final = 1_000
UNREAD: Final = "Another row of this claim cannot be read, and a claim is taken whole or not at all."
# What tells statements about one claim apart: a version, a replacement, a reversal, another day of payment.
TELLING: Final = ("claim_version", "frequency", "decided", "paid_on")


@dataclass(frozen=True, slots=True)
class Line:
    """One row, by our fields. ``number`` is its line in the file."""

    number: int
    values: Values
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """The rows of one claim. ``place`` counts from 1 in the file; ``said`` is what holds for the whole claim."""

    place: int
    key: str
    lines: tuple[Line, ...]

    @property
    def said(self) -> Values:
        """The claim's own fields, as its first line says them."""
        return self.lines[0].values

    @property
    def rows(self) -> list[tuple[int, tuple[str, ...]]]:
        """Line and cells of every row."""
        return [(line.number, line.cells) for line in self.lines]


@dataclass(frozen=True, slots=True)
class Unread:
    """Rows under one number of which some cannot be read: ``wrong`` says what, ``rows`` are all of them.

    ``billed`` and ``paid`` are what could be read of their dollars.
    """

    place: int
    number: str
    wrong: tuple[Wrong, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    kind: str
    billed: Decimal
    paid: Decimal


@dataclass(slots=True)
class Run:
    """Rows that stand together under one claim number, while they are gathered."""

    number: str = ""
    rows: list[Row] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many rows, the unread ones once for each of their mistakes."""
        return len(self.rows) + len(self.wrong)


def claims(opened: Opened, plan: Plan) -> Iterator[Claim | Unread]:
    """Every claim of a table, in order; memory holds one claim at a time."""
    place, run = 1, Run()
    cell = opened.head.places.get(plan.column_of("claim_number"))
    last = 0
    for row in opened.rows:
        number = row.cells[cell].strip() if cell is not None and cell < len(row.cells) else ""
        same_row = isinstance(row, Wrong) and row.line == last
        if run.length and not same_row and (number != run.number or not number or run.length >= MOST_LINES):
            for one in of_run(run, plan, opened, first=place):
                yield one
                place += 1
            run = Run()
        run.number, last = number, row.line
        (run.wrong if isinstance(row, Wrong) else run.rows).append(row)  # type: ignore[arg-type]  # one list for each type
    if run.length:
        yield from of_run(run, plan, opened, first=place)


def of_run(run: Run, plan: Plan, opened: Opened, *, first: int) -> Iterator[Claim | Unread]:
    """The claims of one run: one for each version, reversal or payment; or the whole run where a row is unread."""
    if run.wrong:
        yield unread(run, plan, opened, place=first)
        return
    found: dict[str, list[Line]] = {}
    for row in run.rows:
        values = by_field(row.values, plan)
        found.setdefault(key(values), []).append(Line(row.line, values, row.cells))
    for place, (name, lines) in enumerate(found.items(), start=first):
        yield Claim(place, name, tuple(lines))


def by_field(values: Mapping[str, object], plan: Plan) -> dict[str, Any]:
    """A row by our fields: what its columns say, and the constants."""
    found: dict[str, Any] = dict(plan.constants)
    for column, held in values.items():
        fields = plan.fields[column]
        if len(fields) == 1:
            found[fields[0]] = held
        else:
            found.update(zip(fields, held if isinstance(held, tuple) else (None,) * len(fields), strict=True))
    return found


def key(values: Values) -> str:
    """What names one statement about one claim."""
    told = (str(values.get(name) or "") for name in TELLING)
    return "\x1f".join((values["claim_number"], *told, str(values["status"] == REVERSED)))


def differing(claim: Claim) -> list[str]:
    """The claim's fields on which its lines do not agree, by our name."""
    if len(claim.lines) == 1:
        return []
    first = claim.said
    return sorted(
        name for name in OF_CLAIM & first.keys() if any(line.values[name] != first[name] for line in claim.lines)
    )


def unread(run: Run, plan: Plan, opened: Opened, *, place: int) -> Unread:
    """A run of which some row cannot be read."""
    rows = {row.line: row.cells for row in run.rows} | {one.line: one.cells for one in run.wrong}
    good = [Wrong(row.line, "", UNREAD, row.cells) for row in run.rows]
    whole = sorted((*run.wrong, *good), key=lambda one: one.line)
    money = [readable(cells, plan, opened) for cells in rows.values()]
    kind = {str(values.get("kind") or "") for values in money}
    return Unread(
        place, run.number, tuple(whole), tuple(sorted(rows.items())), kind.pop() if len(kind) == 1 else "",
        billed=sum((values.get("billed") or Decimal() for values in money), Decimal()),
        paid=sum((values.get("paid") or Decimal() for values in money), Decimal()),
    )  # fmt: skip


def readable(cells: tuple[str, ...], plan: Plan, opened: Opened) -> dict[str, Any]:
    """What can be read of a row that is wrong elsewhere: its kind and its dollars."""
    found = {name: plan.constants.get(name) for name in ("kind", "billed", "paid")}
    for column in plan.columns:
        wanted = [name for name in plan.fields[column.name] if name in found]
        place = opened.head.places.get(column.name)
        cell = cells[place].strip() if place is not None and place < len(cells) else ""
        if wanted and cell:
            try:
                held = column.read(cell)
            except ValueError:
                continue
            found |= by_field({column.name: held}, plan)
    return found
