"""One claims table into intake: read in one pass, staged as it is read, each claim accepted or put aside whole."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from wellkept.exchange.tables import controls
from wellkept.exchange.tables.claims import reading
from wellkept.exchange.tables.claims.mapping import Plan
from wellkept.exchange.tables.claims.reading import ROWS, Aside, Table, Taken
from wellkept.exchange.tables.controls import Stated
from wellkept.exchange.tables.reading import Wrong
from wellkept.exchange.tables.rejects import Put
from wellkept.intake import actions
from wellkept.intake.naming import Hashes
from wellkept.intake.totals import RECORDS
from wellkept.intake.values import DECISION, FILING, Counts, Fault, SetRead
from wellkept.intake.waiting import Key, Row, packed

STAGED_AT_ONCE: Final = 2_000
FAULTS_KEPT: Final = 1_000
MODE: Final = "table"
KIND: Final = "claims table"
PIECE: Final = 1 << 20
Told = Callable[[Taken | Aside], None]


@dataclass(slots=True)
class Bringing:
    """A table while it is brought. ``rows`` are packed and not staged yet."""

    file_id: UUID
    hashes: Hashes
    key: Key
    rows: list[Row] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)
    taken: int = 0
    aside: int = 0
    findings: int = 0


def nothing(_outcome: Taken | Aside) -> None:
    """Nobody is told."""


def bring(
    path: Path,
    plan: Plan,
    *,
    hashes: Hashes,
    key: Key,
    stated: Sequence[Stated] = (),
    put: Callable[[Table], Put] | None = None,
    each: Told = nothing,
) -> tuple[UUID, Counts]:
    """Stage one table; returns its id and what came of it. Raises ``HeadError`` before anything was kept.

    ``stated`` is what a control file says; ``put`` opens the file of rows that were put aside once the first line is
    understood; ``each`` is told every outcome.
    """
    table = reading.begin(path, plan)
    putting = put(table) if put else None
    digest = digest_of(path)
    bringing = Bringing(actions.begin_file(name=path.name, mode=MODE), hashes, key)
    for outcome in reading.outcomes(table, take_back=lambda places: take_back(bringing, places)):
        if isinstance(outcome, Taken):
            stage(outcome, bringing)
        else:
            put_aside(outcome, bringing, putting)
        each(outcome)
    flush(bringing)
    actions.keep_sets(bringing.file_id, [SetRead(1, "", "", KIND, bringing.taken > 0)])
    counts = counted(table, bringing)
    actions.end_file(
        bringing.file_id, digest=digest, sender=one_of(bringing.senders), counts=counts,
        totals=table.totals(), controls=controls.compared(stated, table.read),
    )  # fmt: skip
    return bringing.file_id, counts


def digest_of(path: Path) -> bytes:
    """SHA-256 of a file."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
    return whole.digest()


def stage(taken: Taken, bringing: Bringing) -> None:
    """Pack the statements of a claim; stage them when it is enough for a round."""
    bringing.taken += 1
    place, line = taken.claim.place, str(taken.claim.lines[0].number)
    for statement in taken.statements:
        bringing.senders.add(statement.sender)
        bringing.rows.append(
            packed(
                statement, file_id=bringing.file_id, place=place, set_number=line, hashes=bringing.hashes,
                key=bringing.key,
            )
        )  # fmt: skip
    if len(bringing.rows) >= STAGED_AT_ONCE:
        flush(bringing)


def flush(bringing: Bringing) -> None:
    """Stage what is packed."""
    if bringing.rows:
        actions.stage(bringing.rows)
        bringing.rows = []


def take_back(bringing: Bringing, places: set[int]) -> None:
    """These claims were staged and may not stand."""
    flush(bringing)
    actions.put_aside(bringing.file_id, places)


def put_aside(aside: Aside, bringing: Bringing, put: Put | None) -> None:
    """Keep why a claim was put aside, and its rows where they were asked for."""
    bringing.aside += 1
    faults = [fault(wrong) for wrong in aside.wrong]
    kept = faults[: max(0, FAULTS_KEPT - bringing.findings)]
    bringing.findings += len(faults)
    if kept:
        actions.note(kept, file_id=bringing.file_id)
    if put:
        for cells, reason in reading.reasons(aside):
            put(cells, reason)


def fault(wrong: Wrong) -> Fault:
    """A mistake as intake keeps it: the line, the column as the mapping names it, and a sentence without the cell."""
    return Fault(
        interchange="", set_number="", segment=wrong.line, element=wrong.column, reason=wrong.sentence, fatal=True
    )


def counted(table: Table, bringing: Bringing) -> Counts:
    """What came of the table. A claim that was taken and stands twice is put aside: it was counted as both."""
    accepted = {kind: int(table.accepted.get((kind, RECORDS), 0)) for kind in (reading.CLAIMS, FILING, DECISION)}
    return Counts(
        segments=int(table.read.get((ROWS, RECORDS), 0)),
        sets=accepted[reading.CLAIMS],
        sets_aside=bringing.aside,
        filings=accepted[FILING],
        decisions=accepted[DECISION],
        findings=bringing.findings,
    )


def one_of(senders: set[str]) -> str:
    """The one organisation that says everything; empty where there are several, or none is named."""
    named = senders - {""}
    return next(iter(named)) if len(named) == 1 else ""
