"""``wellkept import roster``: offices, employers, agents and partners whose people may register (P-13, P-15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wellkept.cli.imports.plans import latest
from wellkept.cli.imports.running import OPERATOR, version
from wellkept.cli.imports.tables import FILE, PREVIEW, REJECTS, at_work, brought

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.exchange.tables.reading import Row, Wrong
    from wellkept.organisations.rosters import Keys, Listed

KINDS: Final = ("provider", "employer", "agent", "partner")
# A tax number may be one person's own: no number of that kind is printed.
SHOWN: Final = ("name", "city", "state", "standing", "as_of")


@dataclass(slots=True)
class Reading:
    """A roster while it is read: what became of its rows, the lines of who was named, and its days."""

    kind: str
    keys: "Keys"
    applied: int = 0
    unchanged: int = 0
    left: int = 0
    stayed: bool = False
    lines: "dict[UUID, int]" = field(default_factory=dict)
    days: set[date] = field(default_factory=set)


@click.command()
@OPERATOR
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Whose roster.")
@click.option("--full", is_flag=True, help="It is the whole roster of that kind: whom it does not name has left.")
@click.option("--leave", type=click.IntRange(0), help="With --full: let this many leave although they are many.")
@PREVIEW
@REJECTS
@FILE
def roster(  # every option is one thing an operator can say of a roster
    operator: str, file: Path, rejects: Path | None, *, kind: str, full: bool, leave: int | None, preview: bool
) -> None:
    """Read whose people may register from a CSV file. Its columns: docs/files/roster.md."""
    if leave is not None and not full:
        raise click.UsageError("--leave goes with --full.")
    with at_work(operator):
        from wellkept.exchange.tables.rosters import ROSTERS
        from wellkept.organisations.rosters import keys_here

        reading = Reading(kind, keys_here())

        def count(file_id: "UUID", wrong: "Sequence[Wrong]") -> Mapping[str, int]:
            if full:
                end(reading, wrong, file_id=file_id, leave=leave)
            return totals(reading, wrong)

        wrong = brought(
            file, ROSTERS[kind], partial(understand, reading), partial(write, reading), preview=preview,
            rejects=rejects, shown=SHOWN, count=count,
        )  # fmt: skip
        tell(reading, wrong, preview=preview)
    raise click.exceptions.Exit(1 if wrong or reading.stayed else 0)


def understand(reading: Reading, row: "Row") -> "Listed":
    """What a row says; raises ``ValueError`` where its organisation was named by a line before."""
    from wellkept.exchange.tables.rosters import organisation
    from wellkept.organisations import rosters

    listed = organisation(row, kind=reading.kind, today=latest())
    before = reading.lines.setdefault(rosters.one(listed, reading.keys), row.line)
    if before != row.line:
        raise ValueError(f"The row names the organisation of line {before} again: keep one of the two.")
    return listed


def write(reading: Reading, told: "Sequence[tuple[Row, Listed]]", file_id: "UUID | None") -> Mapping[int, str]:
    """Keep what rows say, and count them; a preview only counts."""
    from wellkept.organisations import rosters

    listed = [one for _, one in told]
    reading.days.update(one.as_of for one in listed)
    if file_id is None:
        changed = rosters.would_change(listed, keys=reading.keys)
    else:
        changed = rosters.bring(listed, keys=reading.keys, file_id=file_id, collected_under=version())
    reading.applied += changed
    reading.unchanged += len(listed) - changed
    return {}


def end(reading: Reading, wrong: "Sequence[Wrong]", *, file_id: "UUID", leave: int | None) -> None:
    """Let those leave whom a whole roster does not name; where they stay, say why."""
    from wellkept.organisations import rosters

    reading.stayed = True
    if wrong or len(reading.days) != 1:
        reason = "rows were put aside" if wrong else "its rows bear no day, or several"
        click.echo(f"Nobody has left: the roster is not whole, for {reason}.", err=True)
        return
    (since,) = reading.days
    found = rosters.leaving(reading.kind, since=since)
    if found.too_many and leave != found.gone:
        click.echo(
            f"Nobody has left: {found.gone:,} of {found.standing:,} would, which is more than you allow unasked"
            f" (full_file_ends_at_most_percent). If that is right, say it again with --leave {found.gone}.",
            err=True,
        )
        return
    reading.left = rosters.end_absent(reading.kind, since=since, file_id=file_id)
    reading.stayed = False


def totals(reading: Reading, wrong: "Sequence[Wrong]") -> dict[str, int]:
    """The control totals of a roster: rows read are those applied, unchanged and refused."""
    refused = len({one.line for one in wrong})
    return {
        "rows_read": reading.applied + reading.unchanged + refused,
        "rows_applied": reading.applied,
        "rows_unchanged": reading.unchanged,
        "rows_refused": refused,
        "organisations_left": reading.left,
    }


def tell(reading: Reading, wrong: "Sequence[Wrong]", *, preview: bool) -> None:
    """Print the control totals."""
    told = totals(reading, wrong)
    would = "would be " if preview else ""
    click.echo(
        f"  {told['rows_read']:,} rows read: {told['rows_applied']:,} {would}applied,"
        f" {told['rows_unchanged']:,} unchanged, {told['rows_refused']:,} refused. {told['organisations_left']:,} left."
    )
