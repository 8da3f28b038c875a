"""What the statements about one claim add up to, in whichever order they came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

PATIENT: Final = "PR"
REVERSAL: Final = "22"
DENIED: Final = "4"
VOID: Final = "8"
EARLIER: Final = ("OA", "23")
# CLM05-3: replacement of prior claim, void of prior claim. All others are original or continue one.
FREQUENCIES: Final = {"7": 1, VOID: 2}
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """A filing or a decision: its id, the day it bears (ISO text, empty when none was said) and what it says."""

    id: UUID
    day: str
    content: Content


@dataclass(frozen=True, slots=True)
class Sum:
    """The claim as it stands. Amounts and days are text; None where no file has said it."""

    provider_id: str | None
    served_from: str | None
    served_to: str | None
    received_on: str | None
    decided_on: str | None
    status: str
    billed: str | None
    allowed: str | None
    paid: str | None
    owed: str | None
    kind: str


JOINED: Final = Sum(
    provider_id=None, served_from=None, served_to=None, received_on=None, decided_on=None, status="joined",
    billed=None, allowed=None, paid=None, owed=None, kind="",
)  # fmt: skip
"""A claim that is told as part of another one."""


def newest(statements: Iterable[Statement]) -> Statement | None:
    """The statement that stands: of the latest day; of one day a replacement stands over an original, a void over both.

    Of two that are equal in this the one with the greater id stands: the order in which they came is of no account.
    """
    return max(statements, key=rank, default=None)


def rank(one: Statement) -> tuple[str, int, UUID]:
    """What orders statements: the day, what kind of filing it is, and the id."""
    return one.day, FREQUENCIES.get(one.content.get("frequency", ""), 0), one.id


def standing(decisions: Sequence[Statement]) -> Statement | None:
    """The decision that stands, else the reversal that took the last one back.

    A reversal takes back every decision of an earlier day. Where none of those carries its amounts, it takes back the
    one of its own day that does: a correction comes on the same day and carries its own (005010X221A1, 1.10.2.8).
    """
    left, last = in_force(decisions)
    return newest(left) or last


def in_force(decisions: Sequence[Statement]) -> tuple[list[Statement], Statement | None]:
    """The decisions that no reversal took back, and the last reversal. Shared by the sum and the story."""
    reversals = [d for d in decisions if d.content["status"] == REVERSAL]
    others = [d for d in decisions if d.content["status"] != REVERSAL]
    last = newest(reversals)
    if last is None:
        return others, None
    before = [d for d in others if d.day < last.day]
    left = [d for d in others if d.day >= last.day]
    for reversal in sorted((r for r in reversals if r.day == last.day), key=lambda r: r.id):
        if not take_back(reversal, before):
            take_back(reversal, [d for d in left if d.day == last.day], left)
    return left, last


def take_back(reversal: Statement, among: list[Statement], *others: list[Statement]) -> bool:
    """Remove the decision that a reversal mirrors from every list; of several the one with the least id."""
    mirrored = min((d for d in among if mirrors(reversal, d)), key=lambda d: d.id, default=None)
    if mirrored is not None:
        for decisions in (among, *others):
            decisions.remove(mirrored)
    return mirrored is not None


def mirrors(reversal: Statement, decision: Statement) -> bool:
    """Whether a reversal carries the decision's amounts with the opposite sign."""
    return all(
        Decimal(reversal.content[name] or 0) == -Decimal(decision.content[name] or 0) for name in ("charge", "paid")
    )


def add_up(filings: Sequence[Statement], decisions: Sequence[Statement]) -> Sum:
    """The claim that these statements tell of."""
    filed = newest(filings)
    decided = standing(decisions)
    filing = filed.content if filed else {}
    decision = decided.content if decided else {}
    final = bool(decision) and decision["status"] != REVERSAL
    return Sum(
        provider_id=filing.get("provider_id") or decision.get("provider_id"),
        served_from=filing.get("from") or decision.get("from") or None,
        served_to=filing.get("to") or decision.get("to") or None,
        received_on=min((d.content["received"] for d in decisions if d.content["received"]), default=None),
        decided_on=decided.day if decided and decided.day else None,
        status=status(filing, decision),
        billed=filing.get("charge") or (decision["charge"] if final else None),
        allowed=str(allowed(decision)) if final else None,
        paid=decision["paid"] if final else None,
        owed=str(owed(decision)) if final else None,
        kind=filing.get("kind", ""),
    )


def status(filing: Content, decision: Content) -> str:
    """filed, withdrawn, paid, denied or reversed. What the office took back, and no decision holds up, is withdrawn."""
    if decision and decision["status"] != REVERSAL:
        return "denied" if decision["status"] == DENIED else "paid"
    if filing.get("frequency") == VOID:
        return "withdrawn"
    return "reversed" if decision else "filed"


def owed(decision: Content) -> Decimal:
    """The sum of patient-responsibility amounts (CAS group PR) of claim and lines; CLP05 where no CAS says any."""
    amounts = [Decimal(amount) for group, _, amount in adjustments(decision) if group == PATIENT]
    return sum(amounts, Decimal()) if amounts else Decimal(decision["owed"] or 0)


def allowed(decision: Content) -> Decimal:
    """The plan's price: as the payer says it, else what payers paid and what the patient owes together."""
    if decision["allowed"]:
        return Decimal(decision["allowed"])
    said = [Decimal(line["allowed"]) for line in decision["lines"] if line["allowed"]]
    if said and len(said) == len(decision["lines"]):
        return sum(said, Decimal())
    return Decimal(decision["paid"]) + owed(decision) + earlier(decision)


def earlier(decision: Content) -> Decimal:
    """What payers before this one paid or took off (CAS group OA, reason 23: impact of prior payer adjudication)."""
    said = (Decimal(amount) for group, reason, amount in adjustments(decision) if (group, reason) == EARLIER)
    return sum(said, Decimal())


def adjustments(decision: Content) -> list[list[str]]:
    """Group, reason and amount of every adjustment of the claim and its lines."""
    return [*decision["adjustments"], *(a for line in decision["lines"] for a in line["adjustments"])]
