"""835, claim payment and remittance advice (005010X221A1).

First a ``Remittance``, then a ``ClaimDecided`` per CLP loop, last a ``ProviderAdjustment`` per pair of a PLB.
Balancing (005010X221A1, 1.10.2) is reported as warnings: a line, a claim and the payment each have to come out.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from wellkept.exchange.x12 import details, parties, service
from wellkept.exchange.x12.parties import Draft
from wellkept.exchange.x12.sheet import (
    ZERO,
    Handler,
    Sheet,
    amount,
    code,
    day,
    ignored,
    need,
    need_amount,
    part,
    parts,
    text,
)
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import ClaimDecided, LineDecided, ProviderAdjustment, Remittance

_STATUSES = frozenset({"1", "2", "3", "4", "19", "20", "21", "22", "23", "25"})  # CLP02
_NAMED = {
    "QC": "patient", "IL": "subscriber", "74": "corrected", "82": "rendering", "TT": "crossover", "PR": "priority",
}  # fmt: skip
_CLAIM_DATES = {"232": "statement_begins", "233": "statement_ends", "050": "received"}
_LINE_DATES = {"472": ("begins", "ends"), "150": ("begins",), "151": ("ends",)}
_INPATIENT_REMARKS = (5, 20, 21, 22, 23)  # MIA
_OUTPATIENT_REMARKS = (3, 4, 5, 6, 7)  # MOA


@dataclass(slots=True)
class Paying:
    """What of an 835 has been read: the head, the claim, the line, and the sums to be balanced."""

    sheet: Sheet
    head: Draft = field(default_factory=dict)
    told: bool = False  # the Remittance has been given
    claim: Draft | None = None
    line: Draft | None = None
    lines: list[LineDecided] = field(default_factory=list)
    party: Draft | None = None
    charged: Decimal = ZERO  # by the lines of the claim
    adjusted: Decimal = ZERO  # on the lines of the claim
    claims_paid: Decimal = ZERO
    kept_back: Decimal = ZERO


def begin(sheet: Sheet) -> Paying:
    """An empty 835."""
    return Paying(sheet)


def end(state: Paying) -> None:
    """The last claim, and whether the payment comes out: BPR02 = sum of CLP04 - sum of PLB04."""
    _close_claim(state)
    _tell_head(state)
    sheet = state.sheet
    if not sheet.broken and state.claims_paid - state.kept_back != state.head["amount"]:
        reason = "BPR02 is not what the claims and the provider adjustments come to."
        told = f"BPR02 {state.head['amount']}, claims {state.claims_paid}, adjustments {state.kept_back}"
        sheet.warn("balance", reason, ["BPR"], at=state.head["segment"], value=told)


def _bpr(state: Paying, segment: Segment) -> None:
    sheet = state.sheet
    if "amount" in state.head or state.told:
        sheet.error("order", "A second payment (BPR) in one set.", segment)
    state.head |= {
        "segment": sheet.opens(),
        "amount": need_amount(sheet, segment, 2, "the amount of the payment"),
        "credit": text(segment, 3) != "D",
        "method": need(sheet, segment, 4, "the payment method"),
        "paid": day(sheet, segment, 16),
    }


def _trn(state: Paying, segment: Segment) -> None:
    if "trace_number" in state.head or state.told:
        state.sheet.error("order", "A second trace number (TRN) in one set.", segment)
    state.head["trace_number"] = need(state.sheet, segment, 2, "the trace number of the payment")
    payer = text(segment, 3)
    state.head["payer_tax_id"] = payer[1:] if len(payer) == 10 and payer[0] == "1" else payer


def _n1(state: Paying, segment: Segment) -> None:
    if state.told:
        state.sheet.error("order", "A payer or payee stands behind the claims.", segment)
        return
    state.party = parties.from_n1(segment)
    name = {"PR": "payer", "PE": "payee"}.get(text(segment, 1))
    if name:
        state.head[name] = state.party


def _tell_head(state: Paying) -> None:
    """Gives the ``Remittance``, once, when the claims begin."""
    if state.told:
        return
    state.told, state.party, sheet, head = True, None, state.sheet, state.head
    if "amount" not in head:
        sheet.error("required", "The set has no BPR, which says what is paid.")
    if "trace_number" not in head:
        sheet.error("required", "The set has no TRN, which names the payment.")
    for name, entity in (("payer", "PR"), ("payee", "PE")):
        if name not in head:
            sheet.error("required", f"The set does not name its {name} (N1*{entity}).")
    if not sheet.broken:
        payer, payee = parties.finished(head["payer"]), parties.finished(head["payee"])
        sheet.add(Remittance(transaction=sheet.transaction, **(head | {"payer": payer, "payee": payee})))


def _clp(state: Paying, segment: Segment) -> None:
    sheet = state.sheet
    _close_claim(state)
    _tell_head(state)
    state.claim = {
        "segment": sheet.opens(),
        "control_number": need(sheet, segment, 1, "the claim's control number"),
        "status": code(sheet, segment, 2, "the claim's status", _STATUSES),
        "charge": need_amount(sheet, segment, 3, "the charge"),
        "paid": need_amount(sheet, segment, 4, "the payment"),
        "patient_responsibility": amount(sheet, segment, 5) or ZERO,
        "filing_indicator": text(segment, 6),
        "payer_claim_number": need(sheet, segment, 7, "the payer's claim number"),
        "facility_code": text(segment, 8),
        "frequency": text(segment, 9),
        "adjustments": (),
        "remarks": (),
    }
    state.party = None


def _nm1(state: Paying, segment: Segment) -> None:
    if state.claim is None:
        state.sheet.error("order", "A name stands before any claim (CLP).", segment)
        return
    name = _NAMED.get(text(segment, 1))
    if name:
        state.claim[name] = parties.finished(parties.from_nm1(segment))


def _cas(state: Paying, segment: Segment) -> None:
    target = state.line if state.line is not None else state.claim
    if target is None:
        state.sheet.error("order", "An adjustment (CAS) stands before any claim (CLP).", segment)
    else:
        target["adjustments"] += service.adjustments(state.sheet, segment)


def _svc(state: Paying, segment: Segment) -> None:
    sheet = state.sheet
    if state.claim is None:
        sheet.error("order", "A service (SVC) stands before any claim (CLP).", segment)
        return
    _close_line(state)
    done = service.procedure(sheet, segment, 1)
    if done is None:
        sheet.error("required", "the procedure is missing.", segment, "01")
        return
    state.line = {
        "segment": sheet.segment,
        "procedure": done,
        "charge": need_amount(sheet, segment, 2, "the line's charge"),
        "paid": amount(sheet, segment, 3) or ZERO,
        "revenue_code": text(segment, 4) or (done.code if done.qualifier == "NU" else ""),
        "units": amount(sheet, segment, 5),
        "adjustments": (),
        "remarks": (),
    }


def _dtm(state: Paying, segment: Segment) -> None:
    qualifier, value = text(segment, 1), day(state.sheet, segment, 2)
    if state.line is not None:
        for name in _LINE_DATES.get(qualifier, ()):
            state.line[name] = value
    elif state.claim is not None:
        name = _CLAIM_DATES.get(qualifier, "")
        if name:
            state.claim[name] = value
    elif qualifier == "405":
        state.head["produced"] = value


def _ref(state: Paying, segment: Segment) -> None:
    qualifier, value = text(segment, 1), need(state.sheet, segment, 2, "the reference")
    if state.line is not None:
        if qualifier == "6R":
            state.line["control_number"] = value
    elif state.claim is not None:
        if qualifier == "1L":
            state.claim["group_number"] = value
    elif state.party is not None:
        parties.reference(state.sheet, state.party, segment)


def _amt(state: Paying, segment: Segment) -> None:
    qualifier, value = text(segment, 1), amount(state.sheet, segment, 2)
    if state.line is not None and qualifier == "B6":
        state.line["allowed"] = value
    elif state.line is None and state.claim is not None and qualifier == "AU":
        state.claim["allowed"] = value


def _lq(state: Paying, segment: Segment) -> None:
    value = text(segment, 2)
    if state.line is not None and value:
        state.line["remarks"] += (value,)


def _remarks(state: Paying, segment: Segment, places: tuple[int, ...]) -> None:
    if state.claim is not None:
        state.claim["remarks"] += tuple(value for place in places if (value := text(segment, place)))


def _mia(state: Paying, segment: Segment) -> None:
    _remarks(state, segment, _INPATIENT_REMARKS)


def _moa(state: Paying, segment: Segment) -> None:
    _remarks(state, segment, _OUTPATIENT_REMARKS)


def _lx(state: Paying, _segment: Segment) -> None:
    _close_claim(state)
    _tell_head(state)


def _plb(state: Paying, segment: Segment) -> None:
    sheet = state.sheet
    _close_claim(state)
    _tell_head(state)
    provider, fiscal = need(sheet, segment, 1, "the provider"), day(sheet, segment, 2)
    for place in range(3, min(len(segment), 15), 2):
        if not any(segment[place : place + 2]):
            continue
        composite = parts(sheet, segment, place)
        value = need_amount(sheet, segment, place + 1, "the amount of the adjustment")
        state.kept_back += value
        reason, reference, trace = part(composite, 1), part(composite, 2), state.head.get("trace_number", "")
        sheet.add(
            ProviderAdjustment(sheet.transaction, sheet.segment, trace, provider, fiscal, reason, reference, value)
        )


def _close_line(state: Paying) -> None:
    """Finishes the line of the last SVC: charge - adjustments = paid."""
    line = state.line
    if line is None:
        return
    state.line = None
    if "begins" in line and "ends" not in line:
        line["ends"] = line["begins"]
    done = LineDecided(**line)
    state.lines.append(done)
    adjusted = service.total(done.adjustments) if done.adjustments else ZERO
    state.charged += done.charge
    state.adjusted += adjusted
    due = done.charge - adjusted
    if due != done.paid:
        told = f"{done.charge} charged, {due} due, {done.paid} paid"
        reason = "The line's charge less its adjustments is not what it pays."
        state.sheet.warn("balance", reason, ["SVC"], at=done.segment, value=told)


def _close_claim(state: Paying) -> None:
    """Finishes the claim of the last CLP: charge - all adjustments = paid."""
    _close_line(state)
    claim, sheet = state.claim, state.sheet
    if claim is None:
        return
    lines, state.claim, state.lines = tuple(state.lines), None, []
    state.claims_paid += claim["paid"]
    charged, due = state.charged, claim["charge"] - service.total(claim["adjustments"]) - state.adjusted
    state.charged = state.adjusted = ZERO
    if due != claim["paid"]:
        told = f"{claim['charge']} charged, {due} due, {claim['paid']} paid"
        reason = "The claim's charge less all adjustments is not what it pays."
        sheet.warn("balance", reason, ["CLP"], at=claim["segment"], value=told)
    if lines and charged != claim["charge"]:
        told = f"lines {charged}, claim {claim['charge']}"
        sheet.warn("balance", "The claim's lines do not sum to CLP03.", ["CLP"], at=claim["segment"], value=told)
    if not sheet.broken:
        trace = state.head["trace_number"]
        sheet.add(ClaimDecided(transaction=sheet.transaction, trace_number=trace, lines=lines, **claim))


HANDLERS: dict[str, Handler] = {
    "BPR": _bpr, "TRN": _trn, "N1": _n1, "REF": _ref, "DTM": _dtm, "LX": _lx,
    "CLP": _clp, "CAS": _cas, "NM1": _nm1, "MIA": _mia, "MOA": _moa, "AMT": _amt, "SVC": _svc, "LQ": _lq, "PLB": _plb,
    "CUR": ignored, "RDM": ignored, "TS3": ignored, "TS2": ignored, "QTY": ignored, "NTE": ignored,
    **details.HANDLERS,
}  # fmt: skip
