"""People and organisations named in a set: NM1 or N1, and the N3, N4, PER, DMG and REF that follow them."""

from collections.abc import Mapping
from typing import Any

from wellkept.exchange.x12.sheet import Sheet, day, need, text
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import Address, Contact, Name, Party, Reference

Draft = dict[str, Any]
"""The fields of a value that is not finished."""

REFERENCES_KEPT = 50
_TAX = frozenset({"EI", "SY", "TJ"})
_GENDERS = frozenset({"F", "M", "U"})


def from_nm1(segment: Segment) -> Draft:
    """NM101 entity, NM103 to 107 name, NM108 and 109 identifier."""
    seg = segment if len(segment) > 9 else segment + [""] * (10 - len(segment))
    qualifier, identifier = seg[8].strip(" "), seg[9].strip(" ")
    draft = {
        "entity": seg[1],
        "name": Name(seg[3].strip(" "), seg[4].strip(" "), seg[5].strip(" "), seg[7].strip(" ")),
        "qualifier": qualifier,
        "identifier": identifier,
    }
    return _told(draft, qualifier, identifier)


def from_n1(segment: Segment) -> Draft:
    """N101 entity, N102 name, N103 and 104 identifier."""
    qualifier, identifier = text(segment, 3), text(segment, 4)
    name = Name(text(segment, 2))
    draft = {"entity": text(segment, 1), "name": name, "qualifier": qualifier, "identifier": identifier}
    return _told(draft, qualifier, identifier)


def _told(draft: Draft, qualifier: str, identifier: str) -> Draft:
    """With the national provider identifier or the tax number, when the identifier is one."""
    if qualifier == "XX":
        draft["npi"] = identifier
    elif qualifier in ("FI", "24"):
        draft["tax_id"] = identifier
    return draft


def street(party: Draft, segment: Segment) -> None:
    """N3."""
    party["lines"] = (text(segment, 1), text(segment, 2))


def place(party: Draft, segment: Segment) -> None:
    """N4, which ends an address."""
    line1, line2 = party.pop("lines", ("", ""))
    party["address"] = Address(line1, line2, text(segment, 1), text(segment, 2), text(segment, 3), text(segment, 4))


def contact(party: Draft, segment: Segment) -> None:
    """PER03 to 08: up to three pairs of a kind and a number."""
    pairs = zip(segment[3:9:2], segment[4:9:2], strict=False)
    found = tuple(Contact(kind, number.strip(" ")) for kind, number in pairs if number.strip(" "))
    party["contacts"] = (party.get("contacts", ()) + found)[:REFERENCES_KEPT]


def demographics(sheet: Sheet, party: Draft, segment: Segment) -> None:
    """DMG02 birth date, DMG03 gender."""
    party["birth_date"] = day(sheet, segment, 2)
    gender = text(segment, 3)
    if gender and gender not in _GENDERS:
        sheet.error("code", "This is not a code for the gender (F, M, U).", segment, "03", value=gender)
    party["gender"] = gender


def reference(sheet: Sheet, party: Draft, segment: Segment) -> None:
    """REF: the tax number, or any other number."""
    qualifier, value = text(segment, 1), need(sheet, segment, 2, "the reference")
    if qualifier in _TAX:
        party["tax_id"] = value
    else:
        party["references"] = (*party.get("references", ()), Reference(qualifier, value))[:REFERENCES_KEPT]


def finished(draft: Mapping[str, Any] | None) -> Party | None:
    """The party, with an address that had no N4 all the same."""
    if draft is None:
        return None
    fields = dict(draft)
    lines = fields.pop("lines", None)
    if lines and "address" not in fields:
        fields["address"] = Address(*lines)
    return Party(**fields)
