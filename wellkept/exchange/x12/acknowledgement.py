"""Answers to what was read: a 999 for every functional group (005010X231A1) and, asked for, a TA1 (X12.5)."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from wellkept.exchange.x12.events import (
    Event,
    Finding,
    GroupBegun,
    GroupEnded,
    InterchangeBegun,
    InterchangeEnded,
    Refusal,
    SetEnded,
)
from wellkept.exchange.x12.guides import IDENTIFIERS

_GUIDE = "005010X231A1"
_ANSWERS = "FA"  # GS01 of acknowledgments, which nobody acknowledges
_UNSAFE = re.compile(r"[*:^~\x00-\x1f\x7f-\x9f]")
_IDENTIFIER = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_ELEMENT = re.compile(r"(\d\d)(?:-(\d+))?")
_OF_SEGMENT = {"segment": "1", "order": "2", "required": "3"}  # IK304
_OF_ELEMENT = {"required": "1", "amount": "6", "code": "7", "date": "8"}  # IK403
_OF_SET = {"trailer": "2", "control_number": "3", "count": "4"}  # IK502
_OF_INTERCHANGE = {"IEA02": "001", "IEA01": "021", "IEA": "023"}  # TA105


def acknowledgement(
    events: Iterable[Event], *, control_number: int, at: datetime, interchange_too: bool = False
) -> str:
    """One interchange of answers for every interchange in ``events``, from ``control_number`` upwards.

    Only the verdicts are looked at, so values need not be kept for it. A 999 repeats no data of the file: it names
    places and codes. ``interchange_too`` adds a TA1; an interchange that asks for one (ISA14) or was refused whole has
    one in any case. The result is empty when the events hold nothing to answer.
    """
    answers: list[str] = []
    held: list[Event] = []
    for event in events:
        held.append(event)
        if isinstance(event, InterchangeEnded):
            answers.append(_interchange(held, control_number + len(answers), at, interchange_too=interchange_too))
            held = []
    return "".join(answers)


def _interchange(events: list[Event], number: int, at: datetime, *, interchange_too: bool) -> str:
    begun = next(event for event in events if isinstance(event, InterchangeBegun))
    refused = not all(event.accepted for event in events if isinstance(event, InterchangeEnded))
    control = f"{number % 1_000_000_000:09}"
    lines = [_isa(begun, control, at)]
    if interchange_too or refused or begun.acknowledge:
        lines.append(_ta1(begun, events, refused=refused))
    sets = [] if refused else list(_sets(events))
    if sets:
        group = next(event for event in events if isinstance(event, GroupBegun))
        stamp = at.strftime("%Y%m%d*%H%M")
        lines.append(f"GS*FA*{_safe(group.receiver)}*{_safe(group.sender)}*{stamp}*{number}*X*{_GUIDE}")
        for place, body in enumerate(sets, start=1):
            lines += [f"ST*999*{place:04}*{_GUIDE}", *body, f"SE*{len(body) + 2}*{place:04}"]
        lines.append(f"GE*{len(sets)}*{number}")
    lines.append(f"IEA*{1 if sets else 0}*{control}")
    return "~".join(lines) + "~" if len(lines) > 2 else ""


def _isa(begun: InterchangeBegun, control: str, at: datetime) -> str:
    """The ISA of the answer: receiver and sender change places."""
    by, sender = _safe(begun.receiver_qualifier)[:2], _safe(begun.receiver)[:15]
    to, receiver = _safe(begun.sender_qualifier)[:2], _safe(begun.sender)[:15]
    test = "T" if begun.test else "P"
    parties = f"{by:2}*{sender:15}*{to:2}*{receiver:15}"
    return f"ISA*00*{'':10}*00*{'':10}*{parties}*{at:%y%m%d*%H%M}*^*00501*{control}*0*{test}*:"


def _ta1(begun: InterchangeBegun, events: list[Event], *, refused: bool) -> str:
    broken = [event.element for event in events if isinstance(event, Refusal) and event.kind == "envelope"]
    broken += [event.element or event.segment_id for event in events if isinstance(event, Finding)]
    broken = [place for place in broken if refused or place.startswith(("IEA", "ISA"))]
    verdict = "R" if refused else "E" if broken else "A"
    note = _OF_INTERCHANGE.get(broken[0], "022") if broken else "000"
    sent = f"{begun.sent:%y%m%d}" if begun.sent else ""
    return f"TA1*{_safe(begun.control_number)}*{sent}*{_safe(begun.sent_at)}*{verdict}*{note}"


def _sets(events: list[Event]) -> Iterator[list[str]]:
    """The segments between ST and SE of the 999 of each group."""
    body: list[str] = []
    noted = False
    for event in events:
        if isinstance(event, GroupBegun):
            head = f"AK1*{_safe(event.code)}*{_safe(event.control_number)}*{_safe(event.guide)}"
            body, noted = [head] if event.code != _ANSWERS else [], False
        elif isinstance(event, SetEnded) and body:
            body += _of_set(event)
            noted = noted or bool(event.findings)
        elif isinstance(event, Refusal) and event.kind == "guide" and body:
            head = f"AK2*{_safe(event.identifier)}*{_safe(event.set_control_number)}*{_safe(event.guide)}"
            body += [head.rstrip("*"), "IK5*R*1"]
        elif isinstance(event, GroupEnded) and body:
            declared = event.received if event.declared is None else event.declared
            body.append(f"AK9*{_verdict(event, noted=noted)}*{declared}*{event.received}*{event.accepted}")
            yield body
            body = []


def _verdict(group: GroupEnded, *, noted: bool) -> str:
    """AK901: accepted, with errors noted, partially, rejected."""
    if group.accepted == group.received:
        return "E" if noted else "A"
    return "P" if group.accepted else "R"


def _of_set(ended: SetEnded) -> list[str]:
    held = ended.transaction
    told = [f"AK2*{IDENTIFIERS[held.kind]}*{_safe(held.control_number)}*{_safe(held.guide)}"]
    placed = sorted(
        (found for found in ended.findings if found.kind not in _OF_SET and found.kind != "balance"),
        key=lambda found: found.segment_in_set,
    )
    for (place, name), found in groupby(placed, key=lambda one: (one.segment_in_set, one.segment_id)):
        if _IDENTIFIER.fullmatch(name):
            told += _of_segment(name, place, list(found))
    codes = sorted({_OF_SET.get(found.kind, "5") for found in ended.findings if found.kind != "balance"})[:5]
    verdict = "R" if not ended.accepted else "E" if codes else "A"
    return [*told, "*".join(["IK5", verdict, *codes])]


def _of_segment(name: str, place: int, found: list[Finding]) -> Iterator[str]:
    """IK3 with the segment's place in the set, and an IK4 for each element."""
    elements = [one for one in found if one.element]
    code = "8" if elements else _OF_SEGMENT.get(found[0].kind, "8")
    yield f"IK3*{name}*{place}**{code}"
    for one in elements:
        match = _ELEMENT.fullmatch(one.element.removeprefix(name))
        if match:
            component = f":{int(match[2])}" if match[2] else ""
            yield f"IK4*{int(match[1])}{component}**{_OF_ELEMENT.get(one.kind, '7')}"


def _safe(value: str) -> str:
    """Text from somebody else's file that cannot break ours."""
    return _UNSAFE.sub(" ", value).strip()
