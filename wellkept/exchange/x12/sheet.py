"""The sheet on which one transaction set is noted down while it is read, and the readers of single elements.

A reader returns the value, or notes a finding and returns what lets the reading go on (``""``, ``None`` or 0), so that
one pass reports everything that is wrong with a set. A reason is a sentence of ours; what the file says goes into
``value`` and nowhere else, because it may name somebody.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from wellkept.exchange.x12.events import Finding
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import TransactionSet, Value

FINDINGS_KEPT = 100
SEGMENTS_IN_VALUE = 20_000
"""More segments than this in one claim or one member are put aside: no guide allows nearly as many."""

ZERO = Decimal(0)
_AMOUNT = re.compile(r"[+-]?(?=\.?\d)\d{0,15}(?:\.\d{0,6})?", re.ASCII).fullmatch
_DAY = re.compile(r"\d{8}", re.ASCII).fullmatch
_SHOWN = 40


@dataclass(slots=True)
class Sheet:
    """One transaction set in the making. ``broken``: it has an error, so its values no longer matter."""

    transaction: TransactionSet
    component: str
    values: list[Value] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    segment: int = 0
    limit: int = 0
    broken: bool = False
    counted: int = 0
    kept: dict[str, int] = field(default_factory=dict)
    unreported: int = 0

    def add(self, value: Value) -> None:
        """Takes a finished value."""
        if not self.broken:
            self.counted += 1
            self.values.append(value)

    def opens(self) -> int:
        """A claim or member begins at this segment, which is returned."""
        self.limit = self.segment + SEGMENTS_IN_VALUE
        return self.segment

    def error(
        self,
        kind: str,
        reason: str,
        segment: Segment | None = None,
        element: str = "",
        *,
        at: int = 0,
        value: str = "",
    ) -> None:
        """The set will be put aside for ``reason``, found at this segment or at segment ``at`` of the file."""
        self.broken = True
        self.values.clear()
        self._note("error", kind, reason, segment, element, at, value)

    def warn(
        self,
        kind: str,
        reason: str,
        segment: Segment | None = None,
        element: str = "",
        *,
        at: int = 0,
        value: str = "",
    ) -> None:
        """The set is taken all the same."""
        self._note("warning", kind, reason, segment, element, at, value)

    def _note(
        self, severity: str, kind: str, reason: str, segment: Segment | None, element: str, at: int, value: str
    ) -> None:
        if self.kept.get(severity, 0) >= FINDINGS_KEPT:
            self.unreported += 1
            return
        self.kept[severity] = self.kept.get(severity, 0) + 1
        name = segment[0].strip(" ") if segment else ""
        place = f"{name}{element}" if element else ""
        held, where = self.transaction, at or self.segment
        self.findings.append(
            Finding(
                severity,
                kind,
                reason,
                held.file,
                held.interchange,
                held.group,
                held.control_number,
                where,
                where - held.segment + 1,
                shown(name),
                shown(place),
                shown(value),
            )
        )


State = object
Handler = Callable[..., None]
"""Takes the map's own state and the segment."""


def shown(text: str) -> str:
    """Text from a file, short enough for a sentence."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def text(segment: Segment, place: int) -> str:
    """The element at ``place`` (1 is the first), without the spaces around it."""
    return segment[place].strip(" ") if len(segment) > place else ""


def need(sheet: Sheet, segment: Segment, place: int, what: str) -> str:
    """An element that the guide requires; ``what`` names it in plain words."""
    value = segment[place].strip(" ") if len(segment) > place else ""
    if not value:
        sheet.error("required", f"{what} is missing.", segment, f"{place:02}")
    return value


def code(sheet: Sheet, segment: Segment, place: int, what: str, allowed: frozenset[str]) -> str:
    """A required element that is one of ``allowed``."""
    value = need(sheet, segment, place, what)
    if value and value not in allowed:
        sheet.error("code", f"This is not a code for {what}.", segment, f"{place:02}", value=value)
    return value


@lru_cache(maxsize=16_384)
def decimal(value: str) -> Decimal | None:
    """An amount as X12 type R writes it (X12.6, 3.5.1.2), or ``None``."""
    return Decimal(value) if _AMOUNT(value) else None


@lru_cache(maxsize=16_384)
def calendar(value: str) -> date | None:
    """A day written CCYYMMDD, or ``None``."""
    if not _DAY(value):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None


def amount(sheet: Sheet, segment: Segment, place: int) -> Decimal | None:
    """The amount at ``place``, or ``None`` when none was sent."""
    value = segment[place].strip(" ") if len(segment) > place else ""
    if not value:
        return None
    number = decimal(value)
    if number is None:
        sheet.error("amount", "This is not an amount.", segment, f"{place:02}", value=value)
    return number


def need_amount(sheet: Sheet, segment: Segment, place: int, what: str) -> Decimal:
    """The amount at ``place``, which the guide requires."""
    number = amount(sheet, segment, place)
    if number is None:
        if not text(segment, place):
            sheet.error("required", f"{what} is missing.", segment, f"{place:02}")
        return ZERO
    return number


def day(sheet: Sheet, segment: Segment, place: int) -> date | None:
    """The day CCYYMMDD at ``place``, or ``None`` when none was sent."""
    value = segment[place].strip(" ") if len(segment) > place else ""
    if not value:
        return None
    found = calendar(value)
    if found is None:
        sheet.error("date", "This is not a date (CCYYMMDD).", segment, f"{place:02}", value=value)
    return found


def period(sheet: Sheet, segment: Segment) -> tuple[date | None, date | None]:
    """First and last day of a DTP: D8 (one day), RD8 (two days), DT (a day and a time)."""
    form, value = text(segment, 2), text(segment, 3)
    if form == "D8":
        first = last = calendar(value)
    elif form == "RD8":
        begin, _, end = value.partition("-")
        first, last = calendar(begin), calendar(end)
    elif form == "DT":
        first = last = calendar(value[:8])
    else:
        sheet.error("code", "This is not a date format that we read (D8, RD8, DT).", segment, "02", value=form)
        return None, None
    if first is None or last is None:
        sheet.error("date", f"This is not a date in the format {form}.", segment, "03", value=value)
    elif last < first:
        sheet.error("date", "This ends before it begins.", segment, "03", value=value)
    return first, last


def parts(sheet: Sheet, segment: Segment, place: int) -> list[str]:
    """The components of the element at ``place``; at least one, maybe empty."""
    return segment[place].split(sheet.component) if len(segment) > place else [""]


def part(components: list[str], place: int) -> str:
    """The component at ``place`` (1 is the first), without the spaces around it."""
    return components[place - 1].strip(" ") if len(components) >= place else ""


def ignored(state: State, segment: Segment) -> None:
    """A segment of the guide that says nothing we keep."""
