"""FHIR files into intake: read in one pass, staged as they are read, each resource accepted or put aside whole."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from wellkept.exchange.fhir import reading
from wellkept.exchange.fhir.directory import Directory
from wellkept.exchange.fhir.lines import Wrong
from wellkept.intake import actions
from wellkept.intake.naming import Hashes
from wellkept.intake.totals import RECORDS, Sums, add, as_totals, worth
from wellkept.intake.values import DECISION, ENROLMENT, FILING, Counts, Fault, SetRead, Statement
from wellkept.intake.waiting import Key, Row, packed

STAGED_AT_ONCE: Final = 2_000
FAULTS_KEPT: Final = 1_000
MODE: Final = "fhir"
PIECE: Final = 1 << 20


@dataclass(slots=True)
class Bringing:
    """A file while it is brought. ``rows`` are packed and not staged yet."""

    file_id: UUID
    hashes: Hashes
    key: Key
    rows: list[Row] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)
    sums: Sums = field(default_factory=dict)
    taken: int = 0
    seen: int = 0
    aside: int = 0


def nothing(_wrong: Wrong) -> None:
    """Nobody is told."""


def bring(
    path: Path, directory: Directory, *, hashes: Hashes, key: Key, each: Callable[[Wrong], None] = nothing
) -> tuple[UUID, Counts]:
    """Stage one file; returns its id and what came of it. ``each`` is told what was put aside."""
    digest = digest_of(path)
    bringing = Bringing(actions.begin_file(name=path.name, mode=MODE), hashes, key)
    faults: list[Fault] = []
    for line, outcome in reading.read(path, directory):
        bringing.seen += 1
        if isinstance(outcome, Wrong):
            bringing.aside += 1
            each(outcome)
            if bringing.aside <= FAULTS_KEPT:
                faults.append(fault(outcome))
        else:
            stage(outcome, bringing, line=line)
    flush(bringing)
    actions.note(faults, file_id=bringing.file_id)
    actions.keep_sets(bringing.file_id, [SetRead(1, "", "", "FHIR", bringing.taken > 0)])
    counts = counted(bringing)
    totals = as_totals(bringing.sums, bringing.sums)
    named = bringing.senders - {""}
    sender = next(iter(named)) if len(named) == 1 else ""
    actions.end_file(bringing.file_id, digest=digest, sender=sender, counts=counts, totals=totals)
    return bringing.file_id, counts


def stage(statements: list[Statement], bringing: Bringing, *, line: int) -> None:
    """Pack the statements of a resource; stage them when it is enough for a round."""
    bringing.taken += bool(statements)
    for statement in statements:
        bringing.senders.add(statement.sender)
        add(bringing.sums, worth(statement.kind, statement.content))
        bringing.rows.append(
            packed(
                statement, file_id=bringing.file_id, place=bringing.seen, set_number=str(line), hashes=bringing.hashes,
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


def counted(bringing: Bringing) -> Counts:
    """What came of the file."""
    numbers = {kind: int(bringing.sums.get((kind, RECORDS), 0)) for kind in (ENROLMENT, FILING, DECISION)}
    return Counts(
        segments=bringing.seen, sets=bringing.taken, sets_aside=bringing.aside, findings=bringing.aside,
        enrolments=numbers[ENROLMENT], filings=numbers[FILING], decisions=numbers[DECISION],
    )  # fmt: skip


def fault(wrong: Wrong) -> Fault:
    """What was put aside as intake keeps it: the line, the kind of resource, and a sentence without its values."""
    return Fault(
        interchange="", set_number="", segment=wrong.line, element=wrong.element, reason=wrong.sentence, fatal=True
    )


def digest_of(path: Path) -> bytes:
    """SHA-256 of a file."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
    return whole.digest()
