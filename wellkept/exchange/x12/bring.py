"""One X12 file into intake: read in one pass, staged set by set, each accepted or put aside whole."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from wellkept.exchange.x12 import Event, Finding, InterchangeEnded, Refusal, SetBegun, SetEnded, Values, read
from wellkept.exchange.x12.statements import statement
from wellkept.exchange.x12.values import Remittance
from wellkept.intake import actions
from wellkept.intake.naming import Hashes
from wellkept.intake.values import DECISION, ENROLMENT, FILING, Counts, Fault, Statement

CHUNK = 1 << 20
FAULTS_KEPT = 1000


@dataclass(slots=True)
class Reading:
    """A file while it is read."""

    file_id: UUID
    hashes: Hashes
    key: actions.Key
    set_id: int = 0
    accepted: list[int] = field(default_factory=list)
    remittance: Remittance | None = None
    senders: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)
    inside: dict[str, int] = field(default_factory=dict)
    faults: int = 0


def bring(
    path: Path, *, mode: str, hashes: Hashes, key: actions.Key, each: Callable[[Event], None] = lambda _event: None
) -> tuple[UUID, Counts]:
    """Stage one file; returns its id and what came of it. ``each`` is told every event, for a progress bar and a 999."""
    reading = Reading(
        file_id=actions.begin_file(name=path.name, digest=digest(path), mode=mode), hashes=hashes, key=key
    )
    for event in read(path, mode=mode):
        take(event, reading)
        each(event)
    counts = Counts(**{name: reading.seen.get(name, 0) for name in Counts.__dataclass_fields__})
    actions.end_file(reading.file_id, sender=one(reading.senders), counts=counts)
    return reading.file_id, counts


def take(event: Event, reading: Reading) -> None:
    """What one event means for the file."""
    if isinstance(event, SetBegun):
        transaction = event.transaction
        reading.remittance, reading.inside = None, {}
        reading.set_id = actions.begin_set(
            reading.file_id,
            interchange=transaction.interchange,
            number=transaction.control_number,
            kind=transaction.kind,
        )
    elif isinstance(event, Values):
        stage(event, reading)
    elif isinstance(event, SetEnded):
        end_set(event, reading)
    elif isinstance(event, InterchangeEnded):
        (actions.accept if event.accepted else actions.put_aside)(reading.accepted)
        reading.accepted = []
    elif isinstance(event, Finding):
        note([fault(event)], reading)
    elif isinstance(event, Refusal):
        note([refused(event)], reading)


def stage(event: Values, reading: Reading) -> None:
    """Stage what is about people."""
    statements = list(said(event, reading))
    reading.senders.update(s.sender for s in statements)
    for kind, name in ((ENROLMENT, "enrolments"), (FILING, "filings"), (DECISION, "decisions")):
        reading.inside[name] = reading.inside.get(name, 0) + sum(s.kind == kind for s in statements)
    if statements:
        number = event.transaction.control_number
        actions.stage(
            statements,
            file_id=reading.file_id,
            set_id=reading.set_id,
            set_number=number,
            hashes=reading.hashes,
            key=reading.key,
        )


def said(event: Values, reading: Reading) -> Iterator[Statement]:
    """The statements among some values; the head of a remittance is kept for the decisions below it."""
    for value in event.values:
        if isinstance(value, Remittance):
            reading.remittance = value
        found = statement(value, remittance=reading.remittance)
        if found is not None:
            yield found


def end_set(event: SetEnded, reading: Reading) -> None:
    """A set is over: it waits for the end of its interchange, or goes."""
    reading.seen["segments"] = reading.seen.get("segments", 0) + event.segments
    if event.accepted:
        reading.accepted.append(reading.set_id)
        reading.seen["sets"] = reading.seen.get("sets", 0) + 1
        for name, number in reading.inside.items():
            reading.seen[name] = reading.seen.get(name, 0) + number
    else:
        actions.put_aside([reading.set_id])
        reading.seen["sets_aside"] = reading.seen.get("sets_aside", 0) + 1
    note([fault(finding) for finding in event.findings], reading)


def note(faults: list[Fault], reading: Reading) -> None:
    """Keep findings: the first thousand of a file in full, and of all how many there were."""
    reading.seen["findings"] = reading.seen.get("findings", 0) + len(faults)
    kept = faults[: max(0, FAULTS_KEPT - reading.faults)]
    reading.faults += len(kept)
    if kept:
        actions.note(kept, file_id=reading.file_id)


def fault(finding: Finding) -> Fault:
    """A finding as intake keeps it."""
    return Fault(
        interchange=finding.interchange, set_number=finding.set_control_number, segment=finding.segment,
        element=finding.element or finding.segment_id, reason=finding.reason, fatal=finding.severity == "error",
    )  # fmt: skip


def refused(refusal: Refusal) -> Fault:
    """A refusal as intake keeps it."""
    return Fault(
        interchange=refusal.interchange, set_number=refusal.set_control_number, segment=refusal.segment,
        element=refusal.element, reason=refusal.sentence, fatal=True,
    )  # fmt: skip


def one(senders: set[str]) -> str:
    """The one organisation a file came from; empty when it carries several, or none said."""
    named = senders - {""}
    return next(iter(named)) if len(named) == 1 else ""


def digest(path: Path) -> bytes:
    """SHA-256 of a file, read in pieces."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            whole.update(piece)
    return whole.digest()
