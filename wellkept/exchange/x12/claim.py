"""837, claims (005010X222A1 and A2 professional, 005010X223A2 and A3 institutional): one ``ClaimFiled`` per CLM loop.

The hierarchy (HL) is walked depth first, as the guides order it: billing provider (20), subscriber (22), patient (23).
A claim belongs to the people above it; a level whose parent is not the one above it puts the set aside, because a
claim could then be somebody else's.
"""

from dataclasses import dataclass, field
from datetime import date

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
    period,
    text,
)
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import Adjudication, ClaimFiled, ClaimLine, Diagnosis, OtherPayer, Party

_RESPONSIBILITIES = frozenset("ABCDEFGHPSTU")  # SBR01
_DIAGNOSES = frozenset({"ABK", "BK", "ABF", "BF", "ABJ", "BJ", "APR", "PR", "ABN", "BN"})
_PROCEDURES = frozenset({"BBR", "BR", "BBQ", "BQ"})
_LEVELS = {"20": "billing", "22": "subscriber", "23": "patient"}
_PARENTS = {"22": "20", "23": "22"}

# Who is kept of those named at each level: NM101 and the field.
_NAMED = {
    ("billing", "85"): "party",
    ("subscriber", "IL"): "party",
    ("subscriber", "PR"): "payer",
    ("patient", "QC"): "party",
    ("claim", "82"): "rendering",
    ("claim", "71"): "attending",
    ("claim", "DN"): "referring",
    ("claim", "77"): "facility",
    ("other", "PR"): "payer",
    ("other", "IL"): "subscriber",
    ("line", "82"): "rendering",
}
_REFERENCES = {
    ("claim", "F8"): "original_reference",
    ("claim", "D9"): "clearinghouse_trace",
    ("claim", "G1"): "prior_authorization",
    ("line", "6R"): "control_number",
}


@dataclass(slots=True)
class Filing:
    """What of an 837 has been read: the levels above, the claim, the other payer or line, and whose details come."""

    sheet: Sheet
    institutional: bool
    head: Draft = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)  # HL03 to HL01
    people: dict[str, Draft] = field(default_factory=dict)  # by level
    known: dict[str, Party | None] = field(default_factory=dict)  # finished parties of the levels
    level: str = ""
    here: Draft = field(default_factory=dict)
    claim: Draft | None = None
    others: list[OtherPayer] = field(default_factory=list)
    lines: list[ClaimLine] = field(default_factory=list)
    party: Draft | None = None


def begin(sheet: Sheet) -> Filing:
    """An empty 837."""
    return Filing(sheet, institutional=sheet.transaction.kind == "837I")


def end(state: Filing) -> None:
    """The last claim; and whether there was a head at all."""
    _close_claim(state)
    if "purpose" not in state.head:
        state.sheet.error("required", "The set has no BHT, which says when the claims were filed.")


def _bht(state: Filing, segment: Segment) -> None:
    if state.head or state.open:
        state.sheet.error("order", "A BHT stands behind the beginning of the set.", segment)
    state.head = {"purpose": text(segment, 2), "filed": day(state.sheet, segment, 4)}


def _hl(state: Filing, segment: Segment) -> None:
    sheet = state.sheet
    _close_claim(state)
    number, above, kind = need(sheet, segment, 1, "the level's number"), text(segment, 2), text(segment, 3)
    state.party, state.here = None, {}
    state.level = _LEVELS.get(kind, "")
    if not state.level:
        sheet.error("code", "This is not a level of a claim file (20, 22, 23).", segment, "03", value=kind)
        return
    parent = _PARENTS.get(kind)
    if parent and (parent not in state.open or state.open[parent] != above):
        sheet.error("order", f"This is not the {_LEVELS[parent]} level above this one.", segment, "02", value=above)
    for lower in ("20", "22", "23"):
        if lower >= kind:
            state.open.pop(lower, None)
            state.people.pop(_LEVELS[lower], None)
    state.known.clear()
    state.open[kind] = number
    state.people[state.level] = state.here


def _sbr(state: Filing, segment: Segment) -> None:
    sheet = state.sheet
    if state.claim is None and state.level != "subscriber":
        sheet.error("order", "Insurance (SBR) stands outside a subscriber or a claim.", segment)
        return
    told = {
        "responsibility": code(sheet, segment, 1, "whose turn the payer is", _RESPONSIBILITIES),
        "relationship": text(segment, 2),
        "group_number": text(segment, 3),
        "plan_name": text(segment, 4),
    }
    if state.claim is None:
        state.here |= told | {"filing_indicator": text(segment, 9)}
        return
    _close_inner(state)
    if state.lines:
        sheet.error("order", "Another insurance (SBR) stands behind the claim's lines.", segment)
    state.level, state.here, state.party = "other", told | {"adjustments": ()}, None


def _pat(state: Filing, segment: Segment) -> None:
    if state.level == "patient":
        state.here["relationship"] = need(state.sheet, segment, 1, "the patient's relationship to the subscriber")


def _nm1(state: Filing, segment: Segment) -> None:
    state.party = parties.from_nm1(segment)
    name = _NAMED.get((state.level, state.party["entity"]))
    if name:
        state.here[name] = state.party


def _ref(state: Filing, segment: Segment) -> None:
    if state.level == "other" and state.party is not None and text(segment, 1) == "F8":
        state.here["claim_number"] = need(state.sheet, segment, 2, "the reference")
    elif state.party is not None:
        parties.reference(state.sheet, state.party, segment)
    else:
        value = need(state.sheet, segment, 2, "the reference")
        name = _REFERENCES.get((state.level, text(segment, 1)))
        if name:
            state.here[name] = value


def _dmg(state: Filing, segment: Segment) -> None:
    if state.party is not None:
        parties.demographics(state.sheet, state.party, segment)


def _clm(state: Filing, segment: Segment) -> None:
    sheet = state.sheet
    _close_claim(state)
    place = parts(sheet, segment, 5)
    state.claim = state.here = {
        "segment": sheet.opens(),
        "control_number": need(sheet, segment, 1, "the claim's control number"),
        "charge": need_amount(sheet, segment, 2, "the total charge"),
        "facility_code": part(place, 1),
        "facility_qualifier": part(place, 2),
        "frequency": part(place, 3),
    }
    if not 1 <= len(part(place, 1)) <= 2:
        reason = "This is not a place of service or type of bill of two characters; ISA16 says what divides the parts."
        sheet.error("code", reason, segment, "05-1", value=part(place, 1))
    if state.level not in ("subscriber", "patient", "claim", "other", "line"):
        sheet.error("order", "A claim stands outside a subscriber or a patient.", segment)
    state.level, state.party = "claim", None


def _dtp(state: Filing, segment: Segment) -> None:
    qualifier = text(segment, 1)
    if text(segment, 2) == "TM":
        return
    first, last = period(state.sheet, segment)
    match state.level, qualifier:
        case ("claim", "434") | ("line", "472"):
            state.here["begins"], state.here["ends"] = first, last
        case ("claim", "435"):
            state.here["admitted"] = first
        case ("other", "573"):
            state.here["decided"] = first
        case ("line", "573") if state.here.get("adjudications"):
            state.here["adjudications"][-1]["decided"] = first


def _hi(state: Filing, segment: Segment) -> None:
    if state.claim is None:
        state.sheet.error("order", "Diagnoses (HI) stand before any claim (CLM).", segment)
        return
    for place in range(1, len(segment)):
        composite = parts(state.sheet, segment, place)
        qualifier, value = part(composite, 1), part(composite, 2)
        if qualifier in _DIAGNOSES or qualifier in _PROCEDURES:
            if not value:
                state.sheet.error("required", "the code is missing.", segment, f"{place:02}-2")
            kind = "diagnoses" if qualifier in _DIAGNOSES else "procedures"
            state.claim.setdefault(kind, []).append(Diagnosis(qualifier, value, part(composite, 9)))
        elif place == 1 and len(qualifier) > 3:
            reason = "This is not a kind of code; ISA16 says what divides the parts."
            state.sheet.error("code", reason, segment, "01-1", value=qualifier)


def _amt(state: Filing, segment: Segment) -> None:
    value = amount(state.sheet, segment, 2)
    if state.level == "other" and text(segment, 1) == "D":
        state.here["paid"] = value


def _cas(state: Filing, segment: Segment) -> None:
    found = service.adjustments(state.sheet, segment)
    if state.level == "other":
        state.here["adjustments"] += found
    elif state.level == "line" and state.here.get("adjudications"):
        state.here["adjudications"][-1]["adjustments"] += found


def _lx(state: Filing, segment: Segment) -> None:
    if state.claim is None:
        state.sheet.error("order", "A service line (LX) stands before any claim (CLM).", segment)
        return
    _close_inner(state)
    number = need(state.sheet, segment, 1, "the line's number")
    state.level, state.party = "line", None
    state.here = {"number": number, "segment": state.sheet.segment}


def _charged(state: Filing, segment: Segment, service_line: Draft) -> None:
    if state.level != "line" or "charge" in state.here:
        state.sheet.error("order", "A service stands without its own line number (LX).", segment)
    else:
        state.here |= service_line


def _sv1(state: Filing, segment: Segment) -> None:
    if state.institutional:
        state.sheet.warn("segment", "A professional service (SV1) in an institutional claim.", segment)
    _charged(state, segment, service.professional(state.sheet, segment))


def _sv2(state: Filing, segment: Segment) -> None:
    if not state.institutional:
        state.sheet.warn("segment", "An institutional service (SV2) in a professional claim.", segment)
    _charged(state, segment, service.institutional(state.sheet, segment))


def _svd(state: Filing, segment: Segment) -> None:
    paid = need_amount(state.sheet, segment, 2, "what the other payer paid")
    if state.level == "line":
        state.here["other_paid"] = state.here.get("other_paid", 0) + paid
        told = {"payer": text(segment, 1), "paid": paid, "adjustments": ()}
        state.here.setdefault("adjudications", []).append(told)
    state.party = None


def _close_inner(state: Filing) -> None:
    """Finishes the line or the other payer that is open."""
    here = state.here
    if state.level == "line":
        if "charge" not in here:
            reason = "A line has no service (SV1 or SV2)."
            state.sheet.error("required", reason, ["LX"], at=here["segment"], value=here["number"])
            return
        here["rendering"] = parties.finished(here.get("rendering"))
        here["adjudications"] = tuple(Adjudication(**told) for told in here.get("adjudications", ()))
        state.lines.append(ClaimLine(**here))
    elif state.level == "other":
        here["payer"] = parties.finished(here.get("payer"))
        here["subscriber"] = parties.finished(here.get("subscriber"))
        state.others.append(OtherPayer(**here))


def _person(state: Filing, level: str, name: str = "party") -> Party | None:
    """The finished party of a level, made once for all its claims."""
    key = f"{level} {name}"
    if key not in state.known:
        state.known[key] = parties.finished(state.people.get(level, {}).get(name))
    return state.known[key]


def _close_claim(state: Filing) -> None:
    """Finishes the claim of the last CLM, with the people above it."""
    claim, sheet = state.claim, state.sheet
    if claim is None:
        return
    _close_inner(state)
    claim["lines"], claim["other_payers"] = tuple(state.lines), tuple(state.others)
    state.claim, state.lines, state.others = None, [], []
    state.level, state.party, state.here = ("patient" if "23" in state.open else "subscriber"), None, {}
    if not claim["lines"]:
        _lacks(sheet, claim, "service line (LX)")
    above = _people_above(state, claim)
    if sheet.broken or above is None:
        return
    _balance(sheet, claim)
    _finish(claim)
    head: Draft = {"purpose": state.head.get("purpose", ""), "filed": state.head.get("filed")}
    kind: Draft = {"transaction": sheet.transaction, "institutional": state.institutional}
    sheet.add(ClaimFiled(**kind, **head, **above, **claim))


def _people_above(state: Filing, claim: Draft) -> Draft | None:
    """Whose claim it is and under which insurance: the fields of the levels above."""
    sheet, own, insured = state.sheet, "23" not in state.open, state.people.get("subscriber", {})
    billing, subscriber = _person(state, "billing"), _person(state, "subscriber")
    patient = subscriber if own else _person(state, "patient")
    _require(sheet, billing, "billing provider (NM1*85)", claim)
    _require(sheet, subscriber, "subscriber (NM1*IL)", claim)
    if not own:
        _require(sheet, patient, "patient (NM1*QC)", claim)
    if "responsibility" not in insured:
        _lacks(sheet, claim, "insurance above it (SBR)")
        return None
    return {
        "billing": billing,
        "subscriber": subscriber,
        "patient": patient,
        "relationship": (insured if own else state.people["patient"]).get("relationship", ""),
        "responsibility": insured["responsibility"],
        "group_number": insured["group_number"],
        "plan_name": insured["plan_name"],
        "filing_indicator": insured["filing_indicator"],
        "payer": _person(state, "subscriber", "payer"),
    }


def _balance(sheet: Sheet, claim: Draft) -> None:
    """The lines sum to the claim (005010X222A1, CLM02)."""
    total = sum((line.charge for line in claim["lines"]), start=ZERO)
    if total != claim["charge"]:
        told = f"{claim['control_number']}: lines {total}, claim {claim['charge']}"
        sheet.warn("balance", "The claim's lines do not sum to CLM02.", ["CLM"], at=claim["segment"], value=told)


def _finish(claim: Draft) -> None:
    """Drafts and lists inside the claim become values."""
    claim["service_begins"], claim["service_ends"] = _span(claim, claim["lines"])
    for name in ("rendering", "attending", "referring", "facility"):
        if name in claim:
            claim[name] = parties.finished(claim[name])
    for name in ("diagnoses", "procedures"):
        claim[name] = tuple(claim.get(name, ()))


def _require(sheet: Sheet, party: Party | None, what: str, claim: Draft) -> None:
    if party is None or not party.name.last:
        _lacks(sheet, claim, what)


def _lacks(sheet: Sheet, claim: Draft, what: str) -> None:
    sheet.error("required", f"The claim has no {what}.", ["CLM"], at=claim["segment"], value=claim["control_number"])


def _span(claim: Draft, lines: tuple[ClaimLine, ...]) -> tuple[date | None, date | None]:
    """The statement's days, or else the first and last day of any line."""
    begins, ends = claim.pop("begins", None), claim.pop("ends", None)
    if begins is None:
        begins = min((line.begins for line in lines if line.begins), default=None)
        ends = max((line.ends for line in lines if line.ends), default=None)
    return begins, ends


_KEPT: dict[str, Handler] = {
    "BHT": _bht, "HL": _hl, "SBR": _sbr, "PAT": _pat, "NM1": _nm1, "REF": _ref, "DMG": _dmg, "CLM": _clm, "DTP": _dtp,
    "HI": _hi, "AMT": _amt, "CAS": _cas, "LX": _lx, "SV1": _sv1, "SV2": _sv2, "SVD": _svd, **details.HANDLERS,
}  # fmt: skip
_PASSED = "PRV CUR N2 CL1 CN1 PWK K3 NTE CR1 CR2 CR3 CRC HCP OI MIA MOA QTY MEA LIN CTP SV5 PS1 TST LQ FRM CR8 CR5 CR6"
HANDLERS: dict[str, Handler] = dict.fromkeys(_PASSED.split(), ignored) | _KEPT
