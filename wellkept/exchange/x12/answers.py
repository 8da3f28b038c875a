"""999, implementation acknowledgment (005010X231A1): what others say of sets that were sent to them."""

from dataclasses import dataclass, field

from wellkept.exchange.x12.sheet import Handler, Sheet, code, ignored, need, text
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import Answered

_OF_SET = frozenset("AEMRWX")  # IK501
_OF_GROUP = frozenset("AEMPRWX")  # AK901
_TAKEN = frozenset("AE")
_CODES = 5


@dataclass(slots=True)
class Answering:
    """What of a 999 has been read: the group that it answers, the set, and what is said to be wrong with it."""

    sheet: Sheet
    group: str = ""
    number: str = ""
    identifier: str = ""
    inside: bool = False
    ended: bool = False
    accepted: int = 0
    errors: list[str] = field(default_factory=list)


def begin(sheet: Sheet) -> Answering:
    """An empty 999."""
    return Answering(sheet)


def end(state: Answering) -> None:
    """Whether it said what it answers, and its verdict on the group."""
    if not state.group:
        state.sheet.error("required", "The set has no AK1, which says what it answers.")
    elif not state.ended:
        state.sheet.error("required", "The set has no AK9, the verdict on the group.")


def _ak1(state: Answering, segment: Segment) -> None:
    if state.group:
        state.sheet.error("order", "A second AK1 stands in one set.", segment)
    state.group = need(state.sheet, segment, 2, "the number of the group")


def _ak2(state: Answering, segment: Segment) -> None:
    _in_group(state, segment)
    state.identifier = need(state.sheet, segment, 1, "the kind of the set")
    state.number = need(state.sheet, segment, 2, "the number of the set")
    state.inside, state.errors = True, []


def _in_group(state: Answering, segment: Segment) -> None:
    if not state.group or state.ended:
        state.sheet.error("order", "This stands outside the group that AK1 and AK9 enclose.", segment)


def _ik3(state: Answering, segment: Segment) -> None:
    _note(state, f"segment {text(segment, 1)} at {text(segment, 2)}: {text(segment, 4) or 'no code'}")


def _ik4(state: Answering, segment: Segment) -> None:
    _note(state, f"element {text(segment, 1)}: {text(segment, 3) or 'no code'}")


def _note(state: Answering, words: str) -> None:
    if len(state.errors) < 100:
        state.errors.append(words)


def _ik5(state: Answering, segment: Segment) -> None:
    sheet = state.sheet
    if not state.inside:
        sheet.error("order", "A verdict (IK5) stands without the set that it is about (AK2).", segment)
    verdict = code(sheet, segment, 1, "the verdict on a set", _OF_SET)
    state.accepted += verdict in _TAKEN
    _add(state, segment, verdict, segment[2 : 2 + _CODES], of_set=True)
    state.inside = False


def _ak9(state: Answering, segment: Segment) -> None:
    sheet = state.sheet
    _in_group(state, segment)
    verdict = code(sheet, segment, 1, "the verdict on a group", _OF_GROUP)
    if text(segment, 4).isdigit() and int(text(segment, 4)[:9]) < state.accepted:
        sheet.warn("answer", "AK904 counts fewer accepted sets than are accepted here.", segment, "04")
    state.errors = []
    _add(state, segment, verdict, segment[5 : 5 + _CODES], of_set=False)
    state.ended = True


def _add(state: Answering, segment: Segment, verdict: str, codes: Segment, *, of_set: bool) -> None:
    del segment
    state.sheet.add(
        Answered(
            transaction=state.sheet.transaction, segment=state.sheet.segment, group=state.group,
            identifier=state.identifier if of_set else "", number=state.number if of_set else "", verdict=verdict,
            codes=tuple(one.strip(" ") for one in codes if one.strip(" ")), errors=tuple(state.errors),
        )
    )  # fmt: skip


HANDLERS: dict[str, Handler] = {
    "AK1": _ak1, "AK2": _ak2, "IK3": _ik3, "IK4": _ik4, "IK5": _ik5, "AK9": _ak9, "CTX": ignored,
}  # fmt: skip
