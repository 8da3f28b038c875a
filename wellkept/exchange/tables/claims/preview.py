"""What an import of a claims table would do: how each column is understood, the first claims, every mistake, totals."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from wellkept.exchange.tables import controls
from wellkept.exchange.tables.claims import reading
from wellkept.exchange.tables.claims.fields import FIELDS, PENDING
from wellkept.exchange.tables.claims.judging import adjustments
from wellkept.exchange.tables.claims.mapping import Plan
from wellkept.exchange.tables.claims.reading import Aside, Table, Taken
from wellkept.exchange.tables.claims.runs import Claim
from wellkept.exchange.tables.claims.telling import code
from wellkept.exchange.tables.controls import Stated
from wellkept.intake.reconciling import amount, stated, worded
from wellkept.intake.totals import BILLED, PAID

FIRST: Final = 5
Say = Callable[[str], object]


def show(path: Path, plan: Plan, said: Sequence[Stated], *, values: bool, say: Say) -> bool:
    """Say everything, line by line; returns whether all of it would be taken. People are named where ``values`` is."""
    table = reading.begin(path, plan)
    for line in columns(table):
        say(line)
    shown = aside = 0
    for outcome in reading.outcomes(table):
        if isinstance(outcome, Aside):
            aside += 1
            for wrong in outcome.wrong:
                say(f"Put aside: line {wrong.line}{wrong.column and f', {wrong.column}'}: {wrong.sentence}")
        elif shown < FIRST:
            shown += 1
            for line in claim(outcome, values=values):
                say(line)
    differences = list(compared(table, said))
    for line in (*totals(table), *differences):
        say(line)
    say("Nothing was written.")
    return not aside and not differences


def columns(table: Table) -> Iterator[str]:
    """How each column is understood, what is constant, what is missing, and what nobody reads."""
    plan = table.plan
    yield f"Mapping: {plan.name or 'without a name'}. Days are written {plan.dates}."
    for column, fields in plan.fields.items():
        there = "" if column in table.head.places else " (not in this file)"
        yield f"  {column}{there} is {', '.join(fields)}: {' '.join(FIELDS[one].meaning for one in fields)}"
    for field, value in plan.constants.items():
        yield f"  Every row: {field} is {value}."
    if table.head.unread:
        yield f"  Read by nobody: {len(table.head.unread)} columns more."


def claim(taken: Taken, *, values: bool) -> Iterator[str]:
    """One claim as it would read. Who it is about is said where it was asked for."""
    one: Claim = taken.claim
    said = one.said
    who = f" of {said['first_name']}, born {said['birth_date']}, {said['member_number']}" if values else ""
    number = f" {said['claim_number']}" if values else ""
    lines = f"{len(one.lines)} lines" if len(one.lines) > 1 else "1 line"
    yield f"Claim{number}{who}: line {one.lines[0].number}, {said.get('kind') or 'claim'}, {lines}."
    for line in one.lines:
        told = [f"billed {amount(BILLED, line.values['billed'])}"]
        if line.values["status"] != PENDING:
            told.append(f"paid {amount(PAID, line.values['paid'])}")
            told += [f"{group}-{reason} {amount(PAID, dollars)}" for group, reason, dollars in adjustments(line.values)]
        served = code(line.values) or line.values.get("revenue_code") or ""
        yield f"  {line.values['service_from']} {served}: {line.values['status']}, {', '.join(told)}."


def totals(table: Table) -> Iterator[str]:
    """What the table comes to."""
    for total in table.totals():
        measure = {"billed": " billed", "paid": " paid"}.get(total.measure, "")
        yield (
            f"{worded(total.kind)}{measure}: {amount(total.measure, total.read)} read,"
            f" {amount(total.measure, total.accepted)} accepted."
        )


def compared(table: Table, said: Sequence[Stated]) -> Iterator[str]:
    """What a control file states and the table does not come to."""
    for one in controls.compared(said, table.read):
        if one.stated != one.found:
            yield stated(one.place, one.kind, one.measure, one.source, one.stated, one.found).sentence
