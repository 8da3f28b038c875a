"""Whether a claim can be true: its lines agree, its days are in order, and what is stated of its dollars comes out.

Only what is stated is compared. Sentences name fields and never repeat a cell.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from wellkept.exchange.tables.claims.fields import ADJUSTMENTS, DENIED, PAID, PENDING, PHARMACY, REVERSED
from wellkept.exchange.tables.claims.mapping import Plan
from wellkept.exchange.tables.claims.runs import MOST_LINES, Claim, Line, Values, differing
from wellkept.exchange.tables.reading import Wrong

PATIENT: Final = "PR"
ZERO: Final = Decimal()
# What the member bears of the plan's price, with its adjustment (X12 code sources 974 and 139).
SHARES: Final = {"deductible": "1", "coinsurance": "2", "copay": "3"}
DOLLARS: Final = (
    "billed", "allowed", "discount", "not_covered", *SHARES, "other_insurance", "owed", "paid", "claim_billed",
    "claim_paid",
)  # fmt: skip
# Group, reason and amount of every further adjustment, as our fields name them.
FURTHER: Final = tuple(
    (f"adjustment_group{place}", f"adjustment_reason{place}", f"adjustment_amount{place}") for place in ADJUSTMENTS
)
Adjustment = tuple[str, str, Decimal]


def judged(claim: Claim, plan: Plan) -> list[Wrong]:
    """Everything that is wrong with a claim, line by line; nothing where it can be taken."""
    found = [Wrong(at.number, column, sentence, at.cells) for at, column, sentence in whole(claim, plan)]
    for line in claim.lines:
        found += [Wrong(line.number, plan.column_of(name), told, line.cells) for name, told in of_line(line, plan)]
    return found


def whole(claim: Claim, plan: Plan) -> Iterator[tuple[Line, str, str]]:
    """What is wrong with a claim as a whole: which line to look at, their column, and a sentence."""
    first, said = claim.lines[0], claim.said
    for name in differing(claim):
        yield first, plan.column_of(name), f"The lines of this claim do not agree on {name}."
    if len(claim.lines) >= MOST_LINES:
        yield first, "", f"The claim has more than {MOST_LINES} lines."
    numbers = [line.values["line_number"] for line in claim.lines if line.values.get("line_number")]
    if len(set(numbers)) < len(numbers):
        yield first, plan.column_of("line_number"), "Two lines of this claim bear one line number."
    statuses = {line.values["status"] for line in claim.lines}
    if PENDING in statuses and len(statuses) > 1:
        yield first, plan.column_of("status"), "Some lines of this claim are decided and some are pending."
    for name, total in (("billed", "claim_billed"), ("paid", "claim_paid")):
        if said.get(total) is not None and said[total] != added(claim, name):
            yield first, plan.column_of(total), f"The lines do not come to {total}."


def added(claim: Claim, name: str) -> Decimal:
    """What the lines of a claim come to."""
    return sum((line.values.get(name) or ZERO for line in claim.lines), ZERO)


def of_line(line: Line, plan: Plan) -> Iterator[tuple[str, str]]:
    """What is wrong with one line: which field, and a sentence."""
    values = line.values
    yield from coded(values)
    yield from days(values)
    yield from signs(values)
    yield from stated(values)
    if values["status"] != PENDING and all(values.get(name) is not None for name in ("billed", "paid")):
        yield from dollars(values, plan)


def coded(values: Values) -> Iterator[tuple[str, str]]:
    """A line says what was done."""
    if values.get("kind") == PHARMACY and not values.get("ndc"):
        yield "ndc", "A pharmacy line names no drug (NDC)."
    elif not any(values.get(name) for name in ("procedure_code", "revenue_code", "ndc")):
        yield "procedure_code", "The line names no procedure code, revenue code or NDC."


def days(values: Values) -> Iterator[tuple[str, str]]:
    """Days are ISO text, which has the order of time."""
    if values.get("service_to") and values["service_to"] < values["service_from"]:
        yield "service_to", "The care ends before it begins."
    if values["birth_date"] > values["service_from"]:
        yield "birth_date", "The patient was born after the care."


def signs(values: Values) -> Iterator[tuple[str, str]]:
    """A reversal turns every amount round (005010X221A1, 1.10.2.8); nothing else is below zero."""
    sign = -1 if values["status"] == REVERSED else 1
    for name in DOLLARS:
        if (values.get(name) or ZERO) * sign < 0:
            yield name, f"{name} has {'no ' if sign < 0 else 'a '}minus sign; only what is reversed has one."


def stated(values: Values) -> Iterator[tuple[str, str]]:
    """What belongs together is stated together."""
    if values["status"] in (PAID, DENIED, REVERSED) and values.get("paid") is None:
        yield "paid", "The line is decided, and nothing says what was paid."
    if values.get("not_covered") and not (values.get("not_covered_group") and values.get("not_covered_reason")):
        yield "not_covered", "Nothing says who bears what is not covered, and why (group and reason)."
    for group, reason, amount in FURTHER:
        if values.get(amount) and not (values.get(group) and values.get(reason)):
            yield amount, "An adjustment has no group or no reason."


def dollars(values: Values, plan: Plan) -> Iterator[tuple[str, str]]:
    """Hold against each other: billed = paid + every adjustment; allowed = paid + shares; owed = its parts.

    Each where all of its parts are stated.
    """
    taken = adjustments(values)
    parts = sum((amount for group, _, amount in taken if group == PATIENT), ZERO)
    owed = values.get("owed")
    if owed is not None and parts and parts != owed:
        yield "owed", "What the member owes is not the sum of its parts."
    if values.get("discount") is not None and values["billed"] != values["paid"] + sum(
        (amount for _, _, amount in taken), ZERO
    ):
        yield "billed", "Paid and adjustments do not come to what was billed."
    if values.get("allowed") is not None and values["status"] != DENIED and not further(values):
        yield from priced(values, plan, owed=parts or owed or ZERO)


def priced(values: Values, plan: Plan, *, owed: Decimal) -> Iterator[tuple[str, str]]:
    """The plan's price, against what was billed and against who pays it. What is not covered is no part of it."""
    not_covered = values.get("not_covered") or ZERO
    share = owed - (not_covered if values.get("not_covered_group") == PATIENT else ZERO)
    if plan.known & {"owed", *SHARES} and values["allowed"] != values["paid"] + share + (
        values.get("other_insurance") or ZERO
    ):
        yield "allowed", "Paid, the member's share and other insurance do not come to what is allowed."
    discount = values.get("discount")
    if discount is not None and values["billed"] != values["allowed"] + discount + not_covered:
        yield "allowed", "Allowed, discount and what is not covered do not come to what was billed."


def further(values: Values) -> bool:
    """Whether adjustments besides the named ones are stated: they may be inside or outside the plan's price."""
    return any(values.get(amount) for _, _, amount in FURTHER)


def adjustments(values: Values) -> list[Adjustment]:
    """Every adjustment that a line states, in the form of a CAS: group, reason, amount."""
    told: list[tuple[Any, Any, Any]] = [(PATIENT, reason, values.get(name)) for name, reason in SHARES.items()]
    told += [("CO", "45", values.get("discount")), ("OA", "23", values.get("other_insurance"))]
    told.append((values.get("not_covered_group"), values.get("not_covered_reason"), values.get("not_covered")))
    for group, reason, amount in FURTHER:
        if values.get(amount):
            told.append((values.get(group), values.get(reason), values[amount]))
    return [(group, reason, amount) for group, reason, amount in told if group and reason and amount]
