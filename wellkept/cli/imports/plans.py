"""``wellkept import plans`` and ``balances``: what plans pay for, and how much of a year's limits was reached."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from wellkept.cli.imports.running import OPERATOR, version
from wellkept.cli.imports.tables import FILE, PREVIEW, REJECTS, at_work, brought

if TYPE_CHECKING:
    from uuid import UUID

    from wellkept.exchange.tables.reading import Row
    from wellkept.intake.balances import Said
    from wellkept.organisations.terms import TermsTold

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

        wrong = brought(
            file, PLANS, partial(terms, today=latest()), write, preview=preview, rejects=rejects, shown=SAID
        )
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

        wrong = brought(
            file, BALANCES, partial(balance, today=latest()), write, preview=preview, rejects=rejects, shown=SAID
        )
    raise click.exceptions.Exit(1 if wrong else 0)


def latest() -> date:
    """The last day of which anything can be true: it is tomorrow already where the day begins first."""
    return datetime.now(UTC).date() + timedelta(days=1)
