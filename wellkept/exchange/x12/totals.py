"""What an X12 file counts itself as, beside what was read of it (U-43).

005010X221A1, 1.10.2.1.3: the payment (BPR02) is the sum of CLP04 less the sum of the PLB amounts. 005010X220A1, QTY of
the header: TO members, ET subscribers, DT dependents. X12.5: SE01 counts segments, GE01 sets, IEA01 groups. An 837 has
no sum of charges. A set that was put aside is counted as far as it was read.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from wellkept.exchange.x12.events import (
    Event,
    Finding,
    GroupEnded,
    InterchangeBegun,
    InterchangeEnded,
    SetEnded,
    Values,
)
from wellkept.exchange.x12.values import (
    Announced,
    ClaimDecided,
    Enrolment,
    PremiumPaid,
    PremiumPart,
    ProviderAdjustment,
    Remittance,
)
from wellkept.intake.totals import PAID, RECORDS, ControlRead, Sums, TotalRead, add, as_totals

COUNTS: Final = {"SE01": "segments", "GE01": "sets", "IEA01": "groups"}
ANNOUNCED: Final = {"TO": "members", "ET": "subscribers", "DT": "dependents"}
BALANCE: Final = "BPR02"
# How a finding of kind "count" tells its two numbers.
TOLD: Final = re.compile(r"(.*) announced, (\d+) here", re.DOTALL)
DIFFERENCES_KEPT: Final = 1_000


@dataclass(slots=True)
class Present:
    """The set that is being read: its statements, what it announces of members, and its payment."""

    sums: Sums = field(default_factory=dict)
    announced: dict[str, Decimal] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    payment: Decimal | None = None
    paid: Decimal = Decimal()


@dataclass(slots=True)
class Tally:
    """The totals of one file while it is read. ``agreeing`` sums what sets state that comes out, by source."""

    present: Present = field(default_factory=Present)
    read: Sums = field(default_factory=dict)
    accepted: Sums = field(default_factory=dict)
    interchange: Sums = field(default_factory=dict)
    agreeing: dict[tuple[str, str, str], Decimal] = field(default_factory=dict)
    differing: list[ControlRead] = field(default_factory=list)

    def say(self, worth: Sums) -> None:
        """What a statement of the present set comes to."""
        add(self.present.sums, worth)

    def take(self, event: Event, *, place: int) -> None:
        """What one event means for the totals. ``place`` is the set that it is about."""
        if isinstance(event, Values):
            for value in event.values:
                self._value(value)
        elif isinstance(event, SetEnded):
            self._set_ended(event, place)
        elif isinstance(event, InterchangeBegun):
            self.interchange = {}
        elif isinstance(event, InterchangeEnded):
            add(self.accepted, self.interchange if event.accepted else {})
            self.interchange = {}
        elif isinstance(event, GroupEnded):
            if event.declared == event.received:
                self._agree(("sets", RECORDS, "GE01"), Decimal(event.received))
        elif isinstance(event, Finding):
            self._counted(event, 0)

    def totals(self) -> list[TotalRead]:
        """What was read and accepted."""
        return as_totals(self.read, self.accepted)

    def controls(self) -> list[ControlRead]:
        """What the file states: the sum of what comes out, by source, and each total that does not."""
        sums = [ControlRead(0, *name, stated=amount, found=amount) for name, amount in self.agreeing.items()]
        return sums + self.differing[:DIFFERENCES_KEPT]

    def _value(self, value: object) -> None:
        present = self.present
        if isinstance(value, Remittance | PremiumPaid):
            present.payment = value.amount
        elif isinstance(value, PremiumPart):
            present.paid += value.amount
        elif isinstance(value, ClaimDecided):
            present.paid += value.paid
        elif isinstance(value, ProviderAdjustment):
            present.paid -= value.amount
        elif isinstance(value, Announced):
            present.announced[value.qualifier] = value.number
        elif isinstance(value, Enrolment):
            kinds = ("TO", "ET" if value.is_subscriber else "DT")
            present.members |= {kind: present.members.get(kind, 0) + 1 for kind in kinds}

    def _set_ended(self, event: SetEnded, place: int) -> None:
        present, self.present = self.present, Present()
        add(self.read, present.sums)
        for finding in event.findings:
            self._counted(finding, place)
        if not event.accepted:
            return
        add(self.interchange, present.sums)
        if present.payment is not None:
            self._compare(("payment", PAID, BALANCE), place, present.payment, present.paid)
        for qualifier, number in present.announced.items():
            found = Decimal(present.members.get(qualifier, 0))
            self._compare((ANNOUNCED[qualifier], RECORDS, "QTY"), place, number, found)
        if not any(counting(finding) == "SE01" for finding in event.findings):
            self._agree(("segments", RECORDS, "SE01"), Decimal(event.segments))

    def _counted(self, finding: Finding, place: int) -> None:
        source = counting(finding)
        told = TOLD.fullmatch(finding.value) if source else None
        if told:
            said = Decimal(told[1]) if told[1].isascii() and told[1].isdigit() and len(told[1]) <= 10 else None
            name = (COUNTS[source], RECORDS, source)
            self.differing.append(ControlRead(place, *name, stated=said, found=Decimal(told[2])))

    def _compare(self, name: tuple[str, str, str], place: int, said: Decimal, found: Decimal) -> None:
        if said == found:
            self._agree(name, said)
        else:
            self.differing.append(ControlRead(place, *name, stated=said, found=found))

    def _agree(self, name: tuple[str, str, str], amount: Decimal) -> None:
        self.agreeing[name] = self.agreeing.get(name, Decimal()) + amount


def counting(finding: Finding) -> str:
    """Which count a finding is about, for instance SE01; empty where it is about none."""
    place = finding.element or f"{finding.segment_id}01"
    return place if finding.kind == "count" and place in COUNTS else ""
