"""One X12 file into intake: read in one pass, staged as it is read, each set accepted or put aside whole."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from wellkept.exchange.x12 import Event, Finding, InterchangeBegun, InterchangeEnded, Refusal, SetEnded, Values, read
from wellkept.exchange.x12.asides import Asides
from wellkept.exchange.x12.roster import Roster
from wellkept.exchange.x12.statements import statement
from wellkept.exchange.x12.totals import Tally
from wellkept.exchange.x12.values import Enrolment, PremiumPart, Remittance
from wellkept.intake import actions, answers, ends, premiums
from wellkept.intake.naming import Hashes
from wellkept.intake.totals import worth
from wellkept.intake.values import DECISION, ENROLMENT, FILING, PREMIUM, Counts, Fault, SetRead
from wellkept.intake.waiting import Key, Row, packed

STAGED_AT_ONCE: Final = 2_000
SETS_AT_ONCE: Final = 1_000
FAULTS_KEPT: Final = 1_000
COUNTED: Final = {ENROLMENT: "enrolments", FILING: "filings", DECISION: "decisions", PREMIUM: "premiums"}
# ISA13 and ST02 as the standard writes them. Anything else in their place might name somebody.
CONTROL: Final = re.compile(r"[0-9A-Za-z]{1,9}", re.ASCII)


class Passing:
    """A stream that is hashed and measured as it passes by, so that a file is read once."""

    def __init__(self, stream: BinaryIO, each: Callable[[int], None]) -> None:
        self._stream = stream
        self._each = each
        self._hash = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        piece = self._stream.read(size)
        self._hash.update(piece)
        self._each(len(piece))
        return piece

    def digest(self) -> bytes:
        """SHA-256 of what has passed."""
        return self._hash.digest()


@dataclass(slots=True)
class Reading:
    """A file while it is read. ``rows`` are packed and not staged yet, ``sets`` are ended and not kept yet."""

    file_id: UUID
    hashes: Hashes
    key: Key
    place: int = 1
    first: int = 1  # place of the first set of this interchange
    rows: list[Row] = field(default_factory=list)
    sets: list[SetRead] = field(default_factory=list)
    staged: bool = False  # some of the present set
    inside: dict[str, int] = field(default_factory=dict)
    interchange: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    roster: Roster = field(default_factory=Roster)
    asides: Asides = field(default_factory=Asides)
    remittance: Remittance | None = None
    senders: set[str] = field(default_factory=set)
    faults: int = 0


def bring(
    path: Path,
    *,
    mode: str,
    hashes: Hashes,
    key: Key,
    each: Callable[[Event], None] = lambda _event: None,
    passed: Callable[[int], None] = lambda _bytes: None,
) -> tuple[UUID, Counts]:
    """Stage one file; returns its id and what came of it.

    ``each`` is told every event, for a 999 and for the terminal; ``passed`` how many bytes have been read since.
    """
    with path.open("rb") as stream:
        passing = Passing(stream, passed)
        reading = Reading(file_id=actions.begin_file(name=path.name, mode=mode), hashes=hashes, key=key)
        for event in read(passing, mode=mode, name=path.name):
            take(event, reading)
            each(event)
    flush(reading)
    counts = Counts(**{one.name: reading.seen.get(one.name, 0) for one in fields(Counts)})
    with transaction.atomic():
        ends.keep(reading.file_id, reading.roster.spoken, whole=reading.roster.whole)
        premiums.keep(reading.file_id, reading.asides.payments)
        answers.keep(reading.file_id, reading.asides.answers)
        actions.end_file(
            reading.file_id, digest=passing.digest(), sender=one_of(reading.senders), counts=counts,
            totals=reading.tally.totals(), controls=reading.tally.controls(),
        )  # fmt: skip
    return reading.file_id, counts


def take(event: Event, reading: Reading) -> None:
    """What one event means for the file."""
    reading.tally.take(event, place=reading.place)
    reading.roster.take(event)
    reading.asides.take(event)
    if isinstance(event, Values):
        stage(event, reading)
    elif isinstance(event, SetEnded):
        end_set(event, reading)
    elif isinstance(event, InterchangeBegun):
        reading.first, reading.interchange = reading.place, {}
    elif isinstance(event, InterchangeEnded):
        end_interchange(event, reading)
    elif isinstance(event, Finding):
        note([fault(event)], reading)
    elif isinstance(event, Refusal):
        count(reading.seen, {"refused": 1})
        note([refused(event)], reading)


def stage(event: Values, reading: Reading) -> None:
    """Pack what is about people; stage it when it is enough for a round."""
    number = control(event.transaction.control_number)
    for value in event.values:
        if isinstance(value, Remittance):
            reading.remittance = value
            continue
        if isinstance(value, PremiumPart):
            found = reading.asides.part(value)
        else:
            found = statement(value, remittance=reading.remittance)
        if found is not None:
            if isinstance(value, Enrolment):
                reading.roster.add(value, found.content)
            reading.senders.add(found.sender)
            count(reading.inside, {COUNTED[found.kind]: 1})
            reading.tally.say(worth(found.kind, found.content))
            reading.rows.append(
                packed(
                    found, file_id=reading.file_id, place=reading.place, set_number=number, hashes=reading.hashes,
                    key=reading.key,
                )
            )  # fmt: skip
    if len(reading.rows) >= STAGED_AT_ONCE:
        flush_rows(reading)


def end_set(event: SetEnded, reading: Reading) -> None:
    """A set is over: it waits for the end of its interchange, or goes."""
    transaction = event.transaction
    count(reading.seen, {"segments": event.segments})
    if event.accepted:
        count(reading.interchange, {"sets": 1} | reading.inside)
    else:
        count(reading.seen, {"sets_aside": 1})
        reading.rows = [row for row in reading.rows if row[1] != reading.place]
        if reading.staged:
            actions.put_aside(reading.file_id, [reading.place])
    reading.sets.append(
        SetRead(
            reading.place, control(transaction.interchange), control(transaction.control_number), transaction.kind,
            event.accepted,
        )
    )  # fmt: skip
    reading.place += 1
    reading.staged, reading.inside, reading.remittance = False, {}, None
    if len(reading.sets) >= SETS_AT_ONCE:
        flush_sets(reading)
    note([fault(finding) for finding in event.findings], reading)


def end_interchange(event: InterchangeEnded, reading: Reading) -> None:
    """Its sets are taken, or all of them are put aside (mode strict)."""
    if event.accepted:
        count(reading.seen, reading.interchange)
        return
    count(reading.seen, {"sets_aside": reading.interchange.get("sets", 0)})
    reading.rows = [row for row in reading.rows if row[1] < reading.first]
    flush_sets(reading)
    actions.refuse_sets(reading.file_id, since=reading.first)


def flush(reading: Reading) -> None:
    """Stage and keep what is left."""
    flush_rows(reading)
    flush_sets(reading)


def flush_rows(reading: Reading) -> None:
    """Stage what is packed."""
    if reading.rows:
        reading.staged = reading.rows[-1][1] == reading.place
        actions.stage(reading.rows)
        reading.rows = []


def flush_sets(reading: Reading) -> None:
    """Keep the sets that are over."""
    if reading.sets:
        actions.keep_sets(reading.file_id, reading.sets)
        reading.sets = []


def note(faults: list[Fault], reading: Reading) -> None:
    """Keep findings: the first thousand of a file in full, and of all how many there were."""
    count(reading.seen, {"findings": len(faults)})
    kept = faults[: max(0, FAULTS_KEPT - reading.faults)]
    reading.faults += len(kept)
    if kept:
        actions.note(kept, file_id=reading.file_id)


def count(numbers: dict[str, int], more: dict[str, int]) -> None:
    """Add to numbers by name."""
    for name, number in more.items():
        numbers[name] = numbers.get(name, 0) + number


def fault(finding: Finding) -> Fault:
    """A finding as intake keeps it: without the value, and without a name of a segment that is none of the guide's."""
    unknown = finding.kind in ("segment", "stray")
    return Fault(
        interchange=control(finding.interchange),
        set_number=control(finding.set_control_number),
        segment=finding.segment,
        element=finding.element or ("" if unknown else finding.segment_id),
        reason=finding.reason,
        fatal=finding.severity == "error",
    )


def refused(refusal: Refusal) -> Fault:
    """A refusal as intake keeps it."""
    return Fault(
        interchange=control(refusal.interchange),
        set_number=control(refusal.set_control_number),
        segment=refusal.segment,
        element=refusal.element,
        reason=refusal.sentence,
        fatal=True,
    )


def control(number: str) -> str:
    """A control number; "-" where something else stands in its place, empty where there is none."""
    return number if not number or CONTROL.fullmatch(number) else "-"


def one_of(senders: set[str]) -> str:
    """The one organisation a file came from; empty when it carries several, or none said."""
    named = senders - {""}
    return next(iter(named)) if len(named) == 1 else ""
