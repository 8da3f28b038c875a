"""820, premium payment (005010X218 of employers and agencies, 005010X306 of exchanges): the payment and its parts."""

from dataclasses import dataclass, field

from wellkept.exchange.x12 import parties
from wellkept.exchange.x12.parties import Draft
from wellkept.exchange.x12.sheet import ZERO, Handler, Sheet, calendar, day, ignored, need, need_amount, text
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import PremiumPaid, PremiumPart

_PERSON = frozenset({"IL", "EY", "QE"})  # NM101 of loop 2100: insured, employee, policyholder
_PERIOD = "582"  # DTM01: the coverage period


@dataclass(slots=True)
class Paying:
    """What of an 820 has been read: the head, the entity that is paid for, and the part that is open."""

    sheet: Sheet
    head: Draft = field(default_factory=dict)
    party: Draft | None = None
    person: Draft | None = None
    part: Draft | None = None
    headed: bool = False
    inside: bool = False  # an ENT was read


def begin(sheet: Sheet) -> Paying:
    """An empty 820."""
    return Paying(sheet)


def end(state: Paying) -> None:
    """The last part; and whether there was a payment at all."""
    _close_part(state)
    if "amount" not in state.head:
        state.sheet.error("required", "The set has no BPR, which says how much was paid.")
    _head(state)


def _head(state: Paying) -> None:
    """The payment, before its first part."""
    if state.headed or "amount" not in state.head:
        return
    state.headed = True
    head: Draft = {"trace_number": ""} | state.head
    head |= {name: parties.finished(head.get(name)) for name in ("payer", "payee")}
    state.sheet.add(PremiumPaid(transaction=state.sheet.transaction, **head))


def _bpr(state: Paying, segment: Segment) -> None:
    sheet = state.sheet
    state.head |= {
        "segment": sheet.segment,
        "amount": need_amount(sheet, segment, 2, "the amount paid"),
        "credit": text(segment, 3) != "D",
        "method": text(segment, 4),
        "paid": day(sheet, segment, 16),
    }


def _trn(state: Paying, segment: Segment) -> None:
    state.head["trace_number"] = need(state.sheet, segment, 2, "the trace number")


def _n1(state: Paying, segment: Segment) -> None:
    state.party = parties.from_n1(segment)
    name = {"PR": "payer", "PE": "payee"}.get(text(segment, 1))
    if name and not state.inside:
        state.head[name] = state.party


def _ent(state: Paying, _segment: Segment) -> None:
    _close_part(state)
    _head(state)
    state.sheet.opens()
    state.inside, state.party, state.person = True, None, None


def _nm1(state: Paying, segment: Segment) -> None:
    state.party = parties.from_nm1(segment)
    if text(segment, 1) in _PERSON:
        state.person = state.party


def _rmr(state: Paying, segment: Segment) -> None:
    sheet = state.sheet
    _close_part(state)
    if "amount" not in state.head:
        sheet.error("order", "A part stands before BPR, which says how much was paid.", segment)
    _head(state)
    state.part = {
        "segment": sheet.opens(),
        "qualifier": text(segment, 1),
        "reference": text(segment, 2),
        "amount": need_amount(sheet, segment, 4, "the amount paid for it"),
        "begins": None,
        "ends": None,
        "adjusted": ZERO,
    }


def _close_part(state: Paying) -> None:
    part, state.part = state.part, None
    if part is not None and not state.sheet.broken:
        person = parties.finished(state.person)
        state.sheet.add(PremiumPart(transaction=state.sheet.transaction, person=person, **part))


def _dtm(state: Paying, segment: Segment) -> None:
    sheet = state.sheet
    if state.part is None or text(segment, 1) != _PERIOD:
        return
    if text(segment, 5) == "RD8":
        first, _, last = text(segment, 6).partition("-")
        state.part |= {"begins": calendar(first), "ends": calendar(last)}
        if state.part["begins"] is None or state.part["ends"] is None:
            sheet.error("date", "This is not a date in the format RD8.", segment, "06", value=text(segment, 6))
    elif text(segment, 2):
        state.part["begins"] = state.part["ends"] = day(sheet, segment, 2)


def _adx(state: Paying, segment: Segment) -> None:
    amount = need_amount(state.sheet, segment, 1, "the amount of the adjustment")
    if state.part is not None:
        state.part["adjusted"] += amount


HANDLERS: dict[str, Handler] = {
    "BPR": _bpr, "TRN": _trn, "N1": _n1, "ENT": _ent, "NM1": _nm1, "RMR": _rmr, "DTM": _dtm, "ADX": _adx,
    "REF": ignored, "N2": ignored, "N3": ignored, "N4": ignored, "PER": ignored, "CUR": ignored, "RDM": ignored,
    "IT1": ignored, "SLN": ignored, "AMT": ignored, "NTE": ignored, "SAC": ignored, "SMT": ignored, "FA1": ignored,
}  # fmt: skip
