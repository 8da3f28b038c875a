"""The envelope of interchanges, groups and sets (X12.5, X12.6), and the loop that hands each segment to its map."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from wellkept.exchange.x12 import guides
from wellkept.exchange.x12.events import (
    Event,
    Finding,
    GroupBegun,
    GroupEnded,
    InterchangeAnswered,
    InterchangeBegun,
    InterchangeEnded,
    Refusal,
    SetBegun,
    SetEnded,
    Values,
)
from wellkept.exchange.x12.letters import Oddities
from wellkept.exchange.x12.sheet import SEGMENTS_IN_VALUE, Handler, Sheet, calendar, shown, text
from wellkept.exchange.x12.tokens import SEGMENT_LIMIT, Batch, Header, Segment, Stray
from wellkept.exchange.x12.values import TransactionSet

BATCH = 500
_VERDICTS = frozenset("AER")  # TA104
_NO_HANDLERS: dict[str, Handler] = {}


@dataclass(slots=True)
class _Group:
    """A functional group that is open."""

    control_number: str
    guide: str
    received: int = 0
    accepted: int = 0


@dataclass(slots=True)
class Reading:
    """One file being read: where we are, and what the trailers will have to match."""

    file: str
    strict: bool
    position: int = 0
    interchange: str | None = None  # ISA13 of the interchange that is open
    seen: int = 0  # interchanges
    component: str = ""
    groups: int = 0
    sets: int = 0
    refused: bool = False  # strict: the rest of the interchange is passed over
    group: _Group | None = None
    sheet: Sheet | None = None
    state: Any = None
    map: ModuleType | None = None
    handlers: dict[str, Handler] = field(default_factory=dict)
    passing: bool = False  # inside a set that is not read
    passed: tuple[int, str] | None = None  # where that set began, and its ST02
    outside: bool = False  # the last segment stood outside every set, and was reported
    events: list[Event] = field(default_factory=list)

    def batch(self, batch: Batch) -> Iterator[Event]:
        """Hands segments to their map. Everything in here runs once a segment, so it is written for speed."""
        position, handlers, sheet, state = self.position, self.handlers, self.sheet, self.state
        for segment in batch:
            position += 1
            handler = handlers.get(segment[0])
            if handler is not None and sheet is not None:
                sheet.segment = position
                handler(state, segment)
                if len(sheet.values) >= BATCH:
                    yield self._values(sheet)
                if position > sheet.limit:
                    self._too_long(sheet)
                    handlers = self.handlers
            else:
                self.position = position
                self._other(segment)
                handlers, sheet, state = self.handlers, self.sheet, self.state
                if self.events:
                    yield from self._told()
        self.position = position

    def header(self, header: Header) -> Iterator[Event]:
        """An ISA."""
        self._close_interchange("another interchange begins")
        self.position += 1
        elements = [element.strip(" ") for element in header.elements]
        self.seen, self.component, self.groups, self.sets, self.refused = self.seen + 1, header.component, 0, 0, False
        self.interchange, self.outside = elements[12], False
        century = calendar("20" + elements[8]) if len(elements[8]) == 6 else None
        test, at = elements[14] == "T", self.position
        _, _, _, _, by, sender, to, receiver, _, clock, *_ = elements
        begun = InterchangeBegun(
            self.file, elements[12], by, sender, to, receiver, century, clock, test, at, acknowledge=elements[13] == "1"
        )  # fmt: skip
        self.events.append(begun)
        if not header.fixed:
            self._envelope("header", "The ISA is not written in its fixed places (106 characters).", "ISA")
        yield from self._told()

    def stray(self, stray: Stray) -> Iterator[Event]:
        """Text outside every interchange."""
        where = f"{stray.length} characters from character {stray.at + 1} on"
        if stray.why == "long":
            self._close_interchange(f"no segment ends within {SEGMENT_LIMIT:,} characters of character {stray.at + 1}")
        elif stray.why == "header":
            self._find("header", f"{where} hold an ISA that cannot be read, and are passed over.")
        else:
            self._find("stray", f"{where} belong to no interchange, and are passed over.")
        yield from self._told()

    def end(self, oddities: Oddities) -> Iterator[Event]:
        """The end of the file."""
        self._close_interchange("the file ends")
        if oddities.lone_bytes:
            self._find("encoding", f"{oddities.lone_bytes} bytes are not UTF-8 and were read as ISO 8859-1.")
        if oddities.nulls:
            self._find("encoding", f"{oddities.nulls} zero characters were replaced.")
        if not self.seen:
            sentence = "This is not an X12 file: it holds no interchange header (ISA) that can be read."
            self.events.append(Refusal(sentence, "file", self.file))
        yield from self._told()

    def _told(self) -> Iterator[Event]:
        events, self.events = self.events, []
        yield from events

    def _values(self, sheet: Sheet) -> Values:
        values = tuple(sheet.values)
        sheet.values.clear()
        return Values(sheet.transaction, values)

    def _too_long(self, sheet: Sheet) -> None:
        """Stops reading this set: no claim and no member has that many segments."""
        reason = f"More than {SEGMENTS_IN_VALUE:,} segments since the last claim or member began."
        sheet.error("length", reason)
        sheet.limit = 1 << 60
        self.handlers, self.passing = _NO_HANDLERS, True

    def _other(self, segment: Segment) -> None:
        """Any segment that the map of the open set does not take."""
        name = segment[0].strip(" ")
        control = _CONTROL.get(name)
        if control is not None:
            self.outside = False
            if not self.refused:
                control(self, segment)
        elif self.passing or self.refused:
            return
        elif self.sheet is not None:
            self._unknown(self.sheet, name, segment)
        elif not self.outside:
            self.outside = True
            self._find("stray", "This segment and what follows stand outside every transaction set.", name, value=name)

    def _unknown(self, sheet: Sheet, name: str, segment: Segment) -> None:
        """A segment identifier with blanks around it, or one the guide does not have."""
        sheet.segment = self.position
        handler = self.handlers.get(name)
        if handler is not None:
            handler(self.state, segment)
            return
        sheet.error("segment", f"This is not a segment of {sheet.transaction.guide}.", segment, value=name)

    # ---- The envelope ----

    def _gs(self, segment: Segment) -> None:
        self._close_group("another group begins")
        if self.interchange is None:
            self._find("header", "A group (GS) stands outside every interchange, and is passed over.", "GS")
            return
        self.groups += 1
        self.group = _Group(text(segment, 6), text(segment, 8))
        told = (text(segment, 1), text(segment, 2), text(segment, 3), self.group.guide)
        begun = GroupBegun(self.interchange, self.group.control_number, *told, self.position)
        self.events.append(begun)

    def _st(self, segment: Segment) -> None:
        self._close_set("another transaction set begins")
        if self.interchange is None:
            self.passing = True
            self._find("header", "A transaction set (ST) stands outside every interchange, and is passed over.", "ST")
            return
        if self.group is None:
            self._envelope("header", "A transaction set (ST) stands outside every group (GS).", "ST")
            if self.refused:
                return
        self.sets += 1
        identifier, stated = text(segment, 1), text(segment, 3)
        announced = self.group.guide if self.group else stated
        guide = guides.followed(announced, stated) if stated else announced
        if self.group:
            self.group.received += 1
        kind, module = guides.READ.get(guide, ("", None))
        if module is None or guides.IDENTIFIERS[kind] != identifier:
            self._refuse_set(segment, identifier, guide)
            return
        number, group = text(segment, 2), self.group.control_number if self.group else ""
        held = TransactionSet(self.file, self.interchange, group, number, kind, guide, self.position)
        self.sheet = Sheet(held, self.component, segment=self.position, limit=self.position + SEGMENTS_IN_VALUE)
        self.map, self.handlers = module, module.HANDLERS
        self.state = module.begin(self.sheet)
        self.events.append(SetBegun(held))
        if guide != announced:
            self.sheet.warn("guide", "This is not the guide of the group (GS08).", segment, "03", value=announced)

    def _refuse_set(self, segment: Segment, identifier: str, guide: str) -> None:
        self.passing = True
        group, number = self.group.control_number if self.group else "", text(segment, 2)
        self.passed = (self.position, number)
        sentence = guides.refusal(identifier, guide)
        at = (self.file, self.interchange or "", group, number, identifier, guide, self.position)
        self.events.append(Refusal(sentence, "guide", *at, value=shown(f"{identifier} {guide}")))

    def _se(self, segment: Segment) -> None:
        sheet = self.sheet
        held = (sheet.transaction.segment, sheet.transaction.control_number) if sheet is not None else self.passed
        stray, self.passing, self.passed = held is None and not self.passing, False, None
        if stray:
            self._envelope("trailer", "A set trailer (SE) stands without its header (ST).", "SE")
        if held is None:
            return
        if sheet is not None:
            sheet.segment = self.position
        begun, number = held
        count = self.position - begun + 1
        if _number(text(segment, 1)) != count:
            told = f"{text(segment, 1)} announced, {count} here"
            self._in_set("count", "SE01 does not count the segments that are here.", "SE01", told)
        if text(segment, 2) != number:
            told = f"{text(segment, 2)}, header {number}"
            self._in_set("control_number", "SE02 is not the header's number (ST02).", "SE02", told)
        if self.sheet is not None:
            self._end_set(self.sheet)

    def _ge(self, segment: Segment) -> None:
        self._close_set("the group ends")
        group = self.group
        if group is None:
            self._envelope("trailer", "A group trailer (GE) stands without its header (GS).", "GE")
            return
        declared = _number(text(segment, 1))
        if declared != group.received:
            told = f"{text(segment, 1)} announced, {group.received} here"
            self._envelope("count", "GE01 does not count the transaction sets that are here.", "GE", "GE01", told)
        if text(segment, 2) != group.control_number:
            told = f"{text(segment, 2)}, header {group.control_number}"
            self._envelope("control_number", "GE02 is not the header's number (GS06).", "GE", "GE02", told)
        self._end_group(declared)

    def _iea(self, segment: Segment) -> None:
        if self.interchange is None:
            self._find("trailer", "An interchange trailer (IEA) stands without its header (ISA).", "IEA")
            return
        self._close_group("the interchange ends")
        if _number(text(segment, 1)) != self.groups:
            told = f"{text(segment, 1)} announced, {self.groups} here"
            self._envelope("count", "IEA01 does not count the groups that are here.", "IEA", "IEA01", told)
        if text(segment, 2) != self.interchange:
            told = f"{text(segment, 2)}, header {self.interchange}"
            self._envelope("control_number", "IEA02 is not the header's number (ISA13).", "IEA", "IEA02", told)
        self._end_interchange()

    def _ta1(self, segment: Segment) -> None:
        """An interchange acknowledgment answers another one and says nothing about this one (X12.5, 4.7)."""
        if self.interchange is None or text(segment, 4) not in _VERDICTS:
            self._find("code", "A TA1 that gives no verdict is passed over.", "TA1", "TA104", text(segment, 4))
            return
        told = (text(segment, 1), text(segment, 4), text(segment, 5), self.position)
        self.events.append(InterchangeAnswered(self.interchange, *told))

    # ---- Endings, orderly or not ----

    def _close_set(self, why: str) -> None:
        """A set that has no trailer is cut off: nobody knows what is missing, so it is put aside."""
        if self.sheet is None and self.passed is None:
            self.passing = False
            return
        self.passing, self.passed = False, None
        if self.sheet is not None:
            self.sheet.segment = self.position
            self.sheet.error("trailer", f"The transaction set has no trailer (SE): {why}.")
            self._end_set(self.sheet)
        self._envelope("trailer", f"A transaction set has no trailer (SE): {why}.", "SE")

    def _close_group(self, why: str) -> None:
        self._close_set(why)
        if self.group is not None:
            self._envelope("trailer", f"A group has no trailer (GE): {why}.", "GE")
            self._end_group(None)

    def _close_interchange(self, why: str) -> None:
        if self.interchange is None:
            return
        if not self.refused:
            self._close_group(why)
            self._envelope("trailer", f"The interchange has no trailer (IEA): {why}.", "IEA")
        self._end_interchange()

    def _end_set(self, sheet: Sheet) -> None:
        if self.map is not None and self.handlers is not _NO_HANDLERS:
            self.map.end(self.state)
        if sheet.values:
            self.events += [
                Values(sheet.transaction, tuple(sheet.values[at : at + BATCH]))
                for at in range(0, len(sheet.values), BATCH)
            ]
        accepted = not sheet.broken
        if self.group and accepted:
            self.group.accepted += 1
        count = self.position - sheet.transaction.segment + 1
        told = (tuple(sheet.findings), count, sheet.counted if accepted else 0, sheet.unreported)
        self.events.append(SetEnded(sheet.transaction, accepted, *told))
        self.sheet = self.state = self.map = None
        self.handlers = _NO_HANDLERS

    def _end_group(self, declared: int | None) -> None:
        group, self.group = self.group, None
        if group is not None:
            ended = GroupEnded(self.interchange or "", group.control_number, declared, group.received, group.accepted)
            self.events.append(ended)

    def _end_interchange(self) -> None:
        self.events.append(InterchangeEnded(self.interchange or "", not self.refused, self.groups, self.sets))
        self.interchange, self.refused, self.outside = None, False, False

    # ---- Findings ----

    def _in_set(self, kind: str, reason: str, element: str, value: str) -> None:
        """An envelope rule broken by the set that is open."""
        if self.strict:
            self._envelope(kind, reason, element[:2], element, value)
        elif self.sheet is not None:
            self.sheet.warn(kind, reason, [element[:2]], value=value)
        else:
            self._find(kind, reason, element[:2], element, value)

    def _envelope(self, kind: str, reason: str, name: str, element: str = "", value: str = "") -> None:
        """An envelope rule is broken: a warning, or in mode strict the end of the interchange."""
        if self.refused:
            return
        if not self.strict or self.interchange is None:
            self._find(kind, reason, name, element, value)
            return
        self.refused, self.passing, self.passed = True, False, None
        if self.sheet is not None:
            self.sheet.error(kind, reason, [name], value=value)
            self._end_set(self.sheet)
        at = (self.file, self.interchange, self.group.control_number if self.group else "")
        self._end_group(None)
        sentence, place = f"The interchange is refused. {reason}", element or name
        self.events.append(Refusal(sentence, "envelope", *at, segment=self.position, element=place, value=shown(value)))

    def _find(self, kind: str, reason: str, name: str = "", element: str = "", value: str = "") -> None:
        group = self.group.control_number if self.group else ""
        at = (self.file, self.interchange or "", group)
        found = Finding("warning", kind, reason, *at, "", self.position, 0, shown(name), element, shown(value))
        self.events.append(found)


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 10 else None


_CONTROL = {
    "GS": Reading._gs,  # noqa: SLF001  (here and below: the class's own table)
    "ST": Reading._st,  # noqa: SLF001
    "SE": Reading._se,  # noqa: SLF001
    "GE": Reading._ge,  # noqa: SLF001
    "IEA": Reading._iea,  # noqa: SLF001
    "TA1": Reading._ta1,  # noqa: SLF001
}
