"""What a file was counted as: records and dollars by kind, and what its sender says they are (U-43).

Amounts are exact sums of the decimals that stand in the file; none is rounded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

from wellkept.intake.models import Control, Total
from wellkept.intake.values import DECISION, ENROLMENT, FILING, PREMIUM, Content

RECORDS: Final = "records"
BILLED: Final = "billed"
PAID: Final = "paid"
MEASURES: Final = (RECORDS, BILLED, PAID)
# A measure that a kind does not have is not counted: an enrolment bills nothing, a claim as filed pays nothing.
OF_KIND: Final[Mapping[str, Sequence[str]]] = {
    ENROLMENT: (RECORDS,),
    FILING: (RECORDS, BILLED),
    DECISION: (RECORDS, BILLED, PAID),
    PREMIUM: (RECORDS, PAID),
}
Sums = dict[tuple[str, str], Decimal]
"""Kind and measure, and how much."""


@dataclass(frozen=True, slots=True)
class TotalRead:
    """What was read of one kind, in one measure, and how much of it was accepted. The rest was put aside."""

    kind: str
    measure: str
    read: Decimal
    accepted: Decimal


@dataclass(frozen=True, slots=True)
class ControlRead:
    """What a sender states and what was found. ``source`` says where: "control file", "BPR02", "SE01", "QTY" ...

    ``place`` is the set it is about, 0 for the whole file; ``stated`` is None where no number stands in its place.
    """

    place: int
    kind: str
    measure: str
    source: str
    stated: Decimal | None
    found: Decimal


def worth(kind: str, content: Content) -> Sums:
    """One statement as sums: itself, and the dollars it states."""
    sums = {(kind, RECORDS): Decimal(1)}
    if BILLED in OF_KIND[kind]:
        sums[kind, BILLED] = Decimal(content["charge"] or 0)
    if PAID in OF_KIND[kind]:
        sums[kind, PAID] = Decimal(content["paid"] or 0)
    return sums


def add(sums: Sums, more: Sums, *, times: int = 1) -> None:
    """Add to sums what others come to."""
    for name, amount in more.items():
        sums[name] = sums.get(name, Decimal()) + amount * times


def as_totals(read: Sums, accepted: Sums) -> list[TotalRead]:
    """Sums as rows of a file."""
    return [TotalRead(*name, read=amount, accepted=accepted.get(name, Decimal())) for name, amount in read.items()]


def keep(file_id: UUID, *, totals: Iterable[TotalRead], controls: Iterable[ControlRead]) -> None:
    """Keep what a file was counted as: once, in the transaction that ends its reading."""
    Total.objects.bulk_create(Total(file_id=file_id, **asdict(one)) for one in totals)
    Control.objects.bulk_create(Control(file_id=file_id, **asdict(one)) for one in controls)


def became(file_id: UUID, what: str, sums: Sums) -> None:
    """Count what became of statements: ``what`` is applied, dropped or repeated. In the transaction that did it."""
    with connection.cursor() as cursor:
        for (kind, measure), amount in sums.items():
            cursor.execute(
                f"update wellkept.intake_total set {what} = {what} + %s"  # noqa: S608  (one of three words of ours)
                " where file_id = %s and kind = %s and measure = %s",
                [amount, file_id, kind, measure],
            )
