"""``wellkept import plans`` and ``balances``: what plans pay for, and how much of a year's limits was reached."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from wellkept.cli.imports.care import FILE, PREVIEW, REJECTS, at_work, report, rounds, version
from wellkept.cli.imports.running import OPERATOR, Stopped

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.exchange.tables.columns import Column
    from wellkept.exchange.tables.reading import Row, Wrong
    from wellkept.intake.balances import Said
    from wellkept.organisations.terms import TermsTold

Told = TypeVar("Told")
FIRST: Final = 10
# Whoever a row names is not repeated on a terminal: line, figure and day are enough to know it again.
SAID: Final = ("sponsor", "plan", "network", "plan_year_begins", "service", "kind", "scope", "amount", "as_of")


@click.command()
@OPERATOR
@PREVIEW
@REJECTS
@FILE
def plans(operator: str, file: Path, rejects: Path | None, *, preview: bool) -> None:
    """Read what plans pay for from a CSV file. Its columns: docs/files/plans.md."""
    with at_work(operator):
        from wellkept.exchange.tables.plans import PLANS, terms
        from wellkept.organisations.actions import bring_terms
        from wellkept.organisations.queries import plans as known

        strange: dict[UUID, str] = {}

        def write(told: "Sequence[tuple[Row, TermsTold]]", _file: "UUID | None") -> Mapping[int, str]:
            named = {one.plan_id: f"line {row.line}" for row, one in reversed(told)}
            enrolled = known(named)
            strange.update({plan: line for plan, line in named.items() if plan not in enrolled and plan not in strange})
            if not preview:
                bring_terms([one for _, one in told], collected_under=version())
            return {}

        wrong = brought(file, PLANS, partial(terms, today=latest()), write, preview=preview, rejects=rejects)
        for line in strange.values():
            click.echo(f"  Noted: {line}: no enrolment file has named this sponsor and group number yet.", err=True)
    raise click.exceptions.Exit(1 if wrong else 0)


@click.command()
@OPERATOR
@PREVIEW
@REJECTS
@FILE
def balances(operator: str, file: Path, rejects: Path | None, *, preview: bool) -> None:
    """Read how much of deductibles and maximums was reached from a CSV file. Its columns: docs/files/balances.md."""
    with at_work(operator):
        from wellkept.exchange.tables.balances import BALANCES, balance
        from wellkept.intake import balances as intake
        from wellkept.intake.naming import hashes

        keyed = hashes()

        def write(told: "Sequence[tuple[Row, Said]]", file_id: "UUID | None") -> Mapping[int, str]:
            said = [one for _, one in told]
            if file_id is None:
                return intake.found(said, hashes=keyed).wrong
            return intake.bring(said, file_id=file_id, hashes=keyed, collected_under=version())

        wrong = brought(file, BALANCES, partial(balance, today=latest()), write, preview=preview, rejects=rejects)
    raise click.exceptions.Exit(1 if wrong else 0)


def brought(
    file: Path,
    columns: "Sequence[Column]",
    understand: "Callable[[Row], Told]",
    write: "Callable[[Sequence[tuple[Row, Told]], UUID | None], Mapping[int, str]]",
    *,
    preview: bool,
    rejects: Path | None,
) -> "list[Wrong]":
    """Read a table, a thousand rows at once; returns what was put aside.

    ``understand`` raises ``ValueError`` with a sentence; ``write`` gets the file's id, None in a preview, and returns
    why it put rows aside, by line.
    """
    from wellkept.exchange.tables import reading
    from wellkept.exchange.tables.rejects import write as write_rejects
    from wellkept.intake import actions
    from wellkept.intake.balances import begin, end

    try:
        table = reading.opened(file, columns)
    except reading.HeadError as error:
        raise Stopped(f"{file.name}: {error}") from None
    wrong: list[Wrong] = []
    taken = 0
    with ExitStack() as stack:
        if not preview:
            stack.enter_context(actions.reading())
        file_id = None if preview else begin(file.name)
        for rows in rounds(table, wrong):
            told = understood(rows, understand, wrong)
            if preview and not taken:
                show([row for row, _ in told[:FIRST]])
            reasons = write(told, file_id)
            wrong += [
                reading.Wrong(row.line, "", reasons[row.line], row.cells) for row, _ in told if row.line in reasons
            ]
            taken += len(told) - len(reasons)
        if file_id is not None:
            faults = [(one.line, one.column, one.sentence) for one in wrong]
            end(file_id, digest=hashlib.sha256(file.read_bytes()).digest(), taken=taken, wrong=faults)
    wrong.sort(key=lambda one: one.line)
    report(file, table, wrong, taken=taken, preview=preview)
    if rejects is not None and not preview:
        write_rejects(rejects, table.head, wrong)
    return wrong


def understood(
    rows: "Sequence[Row]", understand: "Callable[[Row], Told]", wrong: "list[Wrong]"
) -> "list[tuple[Row, Told]]":
    """The rows with what they say; those whose cells contradict each other go into the list."""
    from wellkept.exchange.tables.reading import Wrong

    told: list[tuple[Row, Told]] = []
    for row in rows:
        try:
            told.append((row, understand(row)))
        except ValueError as error:
            wrong.append(Wrong(row.line, "", str(error), row.cells))
    return told


def show(rows: "Sequence[Row]") -> None:
    """The first rows as they are understood, without whom they name."""
    for row in rows:
        told = ", ".join(f"{name}: {row.values[name]}" for name in SAID if row.values.get(name) is not None)
        click.echo(f"  line {row.line}: {told}")


def latest() -> date:
    """The last day of which anything can be true: it is tomorrow already where the day begins first."""
    return datetime.now(UTC).date() + timedelta(days=1)
