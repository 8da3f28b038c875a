"""834, benefit enrolment and maintenance (005010X220A1): one ``Enrolment`` per INS loop."""

from dataclasses import dataclass, field

from wellkept.exchange.x12 import parties
from wellkept.exchange.x12.parties import Draft
from wellkept.exchange.x12.sheet import Handler, Sheet, code, day, ignored, need, need_amount, period, text
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import Announced, Coverage, Enrolment, Party, Reference

_YES_NO = frozenset("YN")
_ACTIONS = frozenset({"2", "4", "RX"})  # BGN08
_MAINTENANCE = frozenset({"001", "021", "024", "025", "030"})  # INS03
_COVERAGE_MAINTENANCE = _MAINTENANCE | {"002", "026", "032"}  # HD01
_RELATIONSHIPS = frozenset(  # INS02
    "01 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 23 24 25 26 31 33 38 48 49 53 60 D2 G8 G9".split(" ")  # noqa: SIM905  (thirty codes on thirty lines would hide the next ones)
)
_MEMBER_DATES = {
    "303": "maintenance_effective",
    "336": "employment_begins",
    "337": "employment_ends",
    "356": "eligibility_begins",
    "357": "eligibility_ends",
}
_ANNOUNCED = frozenset({"TO", "ET", "DT"})  # QTY01
_NO_HEAD: Draft = {"master_policy_number": "", "sponsor": None, "insurer": None}
_MEMBER_NAMES = frozenset({"IL", "74"})


@dataclass(slots=True)
class Enrolling:
    """What of an 834 has been read: the head, the member, its coverage, and whose details come now."""

    sheet: Sheet
    head: Draft = field(default_factory=dict)
    member: Draft | None = None
    coverage: Draft | None = None
    coverages: list[Coverage] = field(default_factory=list)
    party: Draft | None = None
    parties: Draft = field(default_factory=dict)
    aside: bool = False  # inside a loop of a provider, another coverage or a reporting category


def begin(sheet: Sheet) -> Enrolling:
    """An empty 834."""
    return Enrolling(sheet)


def end(state: Enrolling) -> None:
    """The last member; and whether there was a head at all."""
    _close_member(state)
    if "file_kind" not in state.head:
        state.sheet.error("required", "The set has no BGN, which says what kind of file this is.")


def _bgn(state: Enrolling, segment: Segment) -> None:
    sheet = state.sheet
    if "file_kind" in state.head or state.member is not None:
        sheet.error("order", "A BGN stands behind the beginning of the set.", segment)
    state.head |= {
        "purpose": need(sheet, segment, 1, "the purpose"),
        "file_date": day(sheet, segment, 3),
        "file_kind": code(sheet, segment, 8, "the kind of file (2 change, 4 full, RX replacement)", _ACTIONS),
    }


def _n1(state: Enrolling, segment: Segment) -> None:
    if state.member is not None:  # N1 75, a reporting category
        state.party = None
        return
    state.party = parties.from_n1(segment)
    field_name = {"P5": "sponsor", "IN": "insurer"}.get(text(segment, 1))
    if field_name:
        state.head[field_name] = parties.finished(state.party)


def _qty(state: Enrolling, segment: Segment) -> None:
    """What the head says of how many there are; a quantity inside a member says nothing we keep."""
    if state.member is None and text(segment, 1) in _ANNOUNCED:
        sheet, number = state.sheet, need_amount(state.sheet, segment, 2, "the number of members")
        sheet.add(Announced(sheet.transaction, sheet.segment, text(segment, 1), number))


def _ins(state: Enrolling, segment: Segment) -> None:
    sheet = state.sheet
    _close_member(state)
    first = sheet.opens()
    if "file_kind" not in state.head:
        sheet.error("order", "A member stands before BGN, which says what kind of file this is.", segment)
    state.aside, state.party, state.parties = False, None, {}
    if not text(segment, 5):
        sheet.warn("required", "the benefit status is missing.", segment, "05")
    state.member = {
        "segment": first,
        "is_subscriber": code(sheet, segment, 1, "whether the member is the subscriber", _YES_NO) == "Y",
        "relationship": code(sheet, segment, 2, "the relationship", _RELATIONSHIPS),
        "maintenance_type": code(sheet, segment, 3, "the maintenance type", _MAINTENANCE),
        "maintenance_reason": text(segment, 4),
        "benefit_status": text(segment, 5),
        "employment_status": text(segment, 8),
        "died": day(sheet, segment, 12) if text(segment, 11) == "D8" else None,
        "references": [],
    }


def _close_member(state: Enrolling) -> None:
    """Finishes the member of the last INS."""
    member, sheet = state.member, state.sheet
    if member is None:
        return
    _close_coverage(state)
    person = parties.finished(state.parties.get("member"))
    if person is None or not person.name.last:
        sheet.error("required", "A member has no name (NM1*IL).", ["INS"], at=member["segment"])
    if not member.get("subscriber_id"):
        sheet.error("required", "A member has no subscriber number (REF*0F).", ["INS"], at=member["segment"])
    state.member, coverages, state.coverages = None, tuple(state.coverages), []
    if not sheet.broken and person is not None:
        head = _NO_HEAD | state.head
        told = _told(person, member, state.parties)
        sheet.add(Enrolment(transaction=sheet.transaction, coverages=coverages, **head, **member, **told))


def _told(person: Party, member: Draft, named: Draft) -> Draft:
    """What the names of a member give: who it is, every number, the former name and where letters go."""
    mailing, previous = parties.finished(named.get("mailing")), named.get("previous")
    own = [Reference(person.qualifier, person.identifier)] if person.identifier else []
    return {
        "name": person.name,
        "member": person,
        "member_ids": (*own, *member.pop("references")),
        "previous_name": previous["name"] if previous else None,
        "mailing_address": mailing.address if mailing else None,
    }


def _close_coverage(state: Enrolling) -> None:
    if state.coverage is not None:
        state.coverages.append(Coverage(**state.coverage))
        state.coverage = None


def _nm1(state: Enrolling, segment: Segment) -> None:
    state.party = None
    if state.aside:
        return
    if state.member is None:
        state.sheet.error("order", "A name stands before any member (INS).", segment)
        return
    entity = text(segment, 1)
    role = "member" if entity in _MEMBER_NAMES else {"31": "mailing", "70": "previous"}.get(entity)
    if role == "member" and "member" in state.parties:
        state.sheet.error("order", "A second name for the same member; an INS is missing.", segment)
    state.party = parties.from_nm1(segment)
    if role:
        state.parties[role] = state.party


def _ref(state: Enrolling, segment: Segment) -> None:
    sheet = state.sheet
    qualifier, value = text(segment, 1), need(sheet, segment, 2, "the reference")
    if state.aside:
        return
    if state.coverage is not None:
        if qualifier == "1L":
            state.coverage["policy_number"] = value
    elif state.member is None:
        if qualifier == "38":
            state.head["master_policy_number"] = value
    elif qualifier == "0F":
        state.member["subscriber_id"] = value
    elif qualifier == "1L":
        state.member["policy_number"] = value
    elif len(state.member["references"]) < parties.REFERENCES_KEPT:
        state.member["references"].append(Reference(qualifier, value))


def _dtp(state: Enrolling, segment: Segment) -> None:
    first, _ = period(state.sheet, segment)
    if state.aside:
        return
    qualifier = text(segment, 1)
    if state.coverage is not None:
        if qualifier == "348":
            state.coverage["begins"] = first
        elif qualifier == "349":
            state.coverage["ends"] = first
    elif state.member is not None and qualifier in _MEMBER_DATES:
        state.member[_MEMBER_DATES[qualifier]] = first


def _hd(state: Enrolling, segment: Segment) -> None:
    sheet = state.sheet
    if state.member is None:
        sheet.error("order", "A coverage (HD) stands before any member (INS).", segment)
        return
    _close_coverage(state)
    state.party, state.aside = None, False
    state.coverage = {
        "maintenance_type": code(sheet, segment, 1, "the coverage's maintenance type", _COVERAGE_MAINTENANCE),
        "insurance_line": need(sheet, segment, 3, "the insurance line"),
        "plan_description": text(segment, 4),
        "coverage_level": text(segment, 5),
    }


def _aside(state: Enrolling, _segment: Segment) -> None:
    """LX (a provider), COB (another coverage) and LS (reporting categories) say nothing we keep until INS or HD."""
    state.aside, state.party = True, None


def _n3(state: Enrolling, segment: Segment) -> None:
    if state.party is not None:
        parties.street(state.party, segment)


def _n4(state: Enrolling, segment: Segment) -> None:
    if state.party is not None:
        parties.place(state.party, segment)


def _per(state: Enrolling, segment: Segment) -> None:
    if state.party is not None:
        parties.contact(state.party, segment)


def _dmg(state: Enrolling, segment: Segment) -> None:
    if state.party is not None:
        parties.demographics(state.sheet, state.party, segment)
    elif state.member is None:
        state.sheet.error("order", "A birth date (DMG) stands before any member (INS).", segment)


HANDLERS: dict[str, Handler] = {
    "BGN": _bgn, "N1": _n1, "INS": _ins, "REF": _ref, "DTP": _dtp, "NM1": _nm1, "PER": _per, "N3": _n3, "N4": _n4,
    "DMG": _dmg, "HD": _hd, "LX": _aside, "COB": _aside, "LS": _aside, "LE": ignored, "QTY": _qty, "ACT": ignored,
    "EC": ignored, "ICM": ignored, "AMT": ignored, "HLH": ignored, "LUI": ignored, "DSB": ignored, "IDC": ignored,
    "PLA": ignored,
}  # fmt: skip
