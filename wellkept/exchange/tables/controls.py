"""A control file: what a sender says its table comes to, kind by kind (U-43)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from wellkept.exchange.tables.columns import Column, money, number, one_of
from wellkept.exchange.tables.reading import HeadError, Wrong, opened
from wellkept.intake.totals import BILLED, PAID, RECORDS, ControlRead, Sums

SOURCE: Final = "control file"
KINDS: Final = (
    "rows", "claims", "professional", "institutional", "dental", "pharmacy", "enrolment", "filing", "decision",
)  # fmt: skip
COLUMNS: Final = (
    Column("kind", "What is counted.", one_of(*KINDS), "claims", required=True),
    Column("count", "How many.", number(0, 10**15), "1200"),
    Column("billed", "Billed dollars in all.", money, "88140.25"),
    Column("paid", "Paid dollars in all.", money, "61020.00"),
)
MEASURES: Final = {"count": RECORDS, "billed": BILLED, "paid": PAID}
Stated = tuple[str, str, Decimal]


def read(path: Path) -> list[Stated]:
    """Kind, measure and number of everything a control file states; raises ``HeadError`` where it cannot be read."""
    found: list[Stated] = []
    for row in opened(path, COLUMNS).rows:
        if isinstance(row, Wrong):
            raise HeadError(f"The control file, line {row.line}: {row.sentence}")
        found += of_row(row.values)
    if not found:
        raise HeadError("The control file states nothing.")
    return found


def of_row(values: Any) -> Iterator[Stated]:  # noqa: ANN401  (what the columns above read)
    """What one row states."""
    for name, measure in MEASURES.items():
        if values[name] is not None:
            yield values["kind"], measure, Decimal(values[name])


def compared(stated: Sequence[Stated], read_: Sums) -> list[ControlRead]:
    """Each stated total beside what was read."""
    return [
        ControlRead(0, kind, measure, SOURCE, said, read_.get((kind, measure), Decimal()))
        for kind, measure, said in stated
    ]
