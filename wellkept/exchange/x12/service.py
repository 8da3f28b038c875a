"""What was done and what was paid for it: the services and adjustments that claims and remittances both carry."""

from decimal import Decimal
from functools import lru_cache

from wellkept.exchange.x12.parties import Draft
from wellkept.exchange.x12.sheet import Sheet, amount, code, decimal, need, need_amount, part, parts, text
from wellkept.exchange.x12.tokens import Segment
from wellkept.exchange.x12.values import Adjustment, Procedure

_GROUPS = frozenset({"CO", "CR", "OA", "PI", "PR"})  # CAS01


def procedure(sheet: Sheet, segment: Segment, place: int) -> Procedure | None:
    """The composite of qualifier, code and up to four modifiers; ``None`` when it was not sent."""
    composite = text(segment, place)
    if not composite.strip(sheet.component):
        return None
    found = _composed(composite, sheet.component)
    if len(found.qualifier) != 2 or not found.code:
        reason = "This is not a qualifier and a procedure, divided by the sign of ISA16."
        sheet.error("code", reason, segment, f"{place:02}", value=composite)
    return found


@lru_cache(maxsize=8_192)
def _composed(composite: str, component: str) -> Procedure:
    """The same few procedures are done all day, so each is made once."""
    told = composite.split(component)
    return Procedure(part(told, 1), part(told, 2), tuple(item.strip(" ") for item in told[2:6] if item.strip(" ")))


def professional(sheet: Sheet, segment: Segment) -> Draft:
    """SV1."""
    done = procedure(sheet, segment, 1)
    if done is None:
        sheet.error("required", "the procedure is missing.", segment, "01")
    return {
        "procedure": done,
        "charge": need_amount(sheet, segment, 2, "the line's charge"),
        "unit": text(segment, 3),
        "units": amount(sheet, segment, 4),
        "place": text(segment, 5),
        "pointers": _pointers(sheet, segment),
    }


def _pointers(sheet: Sheet, segment: Segment) -> tuple[int, ...]:
    """SV107: which of the claim's diagnoses the line is for."""
    told = [item for item in (part.strip(" ") for part in parts(sheet, segment, 7)) if item]
    if any(not (item.isascii() and item.isdigit() and len(item) <= 2) for item in told):
        sheet.error("code", "This does not point to diagnoses.", segment, "07", value=segment[7])
        return ()
    return tuple(map(int, told))


def institutional(sheet: Sheet, segment: Segment) -> Draft:
    """SV2."""
    return {
        "revenue_code": need(sheet, segment, 1, "the revenue code"),
        "procedure": procedure(sheet, segment, 2),
        "charge": need_amount(sheet, segment, 3, "the line's charge"),
        "unit": text(segment, 4),
        "units": amount(sheet, segment, 5),
    }


def adjustments(sheet: Sheet, segment: Segment) -> tuple[Adjustment, ...]:
    """CAS: up to six triplets of reason, amount and quantity under one group code."""
    group = code(sheet, segment, 1, "the adjustment group (CO, CR, OA, PI, PR)", _GROUPS)
    if len(segment) <= 5 and len(segment) > 3 and segment[2] and (known := decimal(segment[3])) is not None:
        quantity = amount(sheet, segment, 4)
        return (Adjustment(group, segment[2], known, quantity),)
    found = []
    for place in range(2, min(len(segment), 20), 3):
        if not any(segment[place : place + 3]):
            continue
        reason = need(sheet, segment, place, "the reason of the adjustment")
        number = need_amount(sheet, segment, place + 1, "the amount of the adjustment")
        found.append(Adjustment(group, reason, number, amount(sheet, segment, place + 2)))
    return tuple(found)


def total(found: tuple[Adjustment, ...]) -> Decimal:
    """The sum of the amounts."""
    return sum((one.amount for one in found), start=Decimal(0))
