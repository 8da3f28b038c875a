"""What the benefits room hands out: finished values. An amount or day that no file stated is None, never zero."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from wellkept.benefits.reasons import Reason


class Standing(StrEnum):
    """What a person's coverage comes to on one day."""

    COVERED = "covered"
    ENDED = "ended"
    COMING = "coming"
    UNKNOWN = "unknown"
    NONE = "none"


class Status(StrEnum):
    """How a claim stands."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    NOTHING_PAID = "nothing paid"
    DENIED = "denied"
    REVERSED = "reversed"


DECIDED: Final = frozenset({Status.PAID, Status.NOTHING_PAID, Status.DENIED})


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One kind of coverage in one plan. ``kind`` is in words, ``code`` as the file wrote it."""

    code: str
    kind: str
    description: str
    level: str
    begins_on: date | None
    ends_on: date | None
    sponsor: str
    group_number: str

    def on(self, day: date) -> Standing:
        """What this line comes to on a day. Without a first day nobody can say that it has begun."""
        if self.ends_on is not None and self.ends_on < day:
            return Standing.ENDED
        if self.begins_on is None:
            return Standing.UNKNOWN
        return Standing.COMING if self.begins_on > day else Standing.COVERED


@dataclass(frozen=True, slots=True)
class CoverageToday:
    """What all lines come to on a day, and the line that says so; ``line`` is None where there is no line at all."""

    standing: Standing
    line: CoverageLine | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as its statements add up. ``provider`` is "" where no file named one. Amounts in US dollars."""

    id: UUID
    provider: str
    served_from: date | None
    served_to: date | None
    received_on: date | None
    decided_on: date | None
    status: Status
    billed: Decimal | None
    allowed: Decimal | None
    paid: Decimal | None
    owed: Decimal | None
    kind: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Only:
    """Which claims of a list are asked for. ``status`` and ``kind`` are "" and ``year`` None where all are.

    ``status`` is one of ``STANDINGS``; ``year`` is of the first day of care; ``owing`` leaves what may be owed.
    """

    status: str = ""
    year: int | None = None
    kind: str = ""
    owing: bool = False


STANDINGS: Final = ("waiting", "paid", "nothing", "denied", "back")
"""Not decided yet; paid; decided without a payment; denied; taken back or withdrawn."""


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One page of claims, newest first. ``first`` counts from 1."""

    lines: tuple[ClaimLine, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last claim on the page."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class Why:
    """One adjustment: the amount, the codes as the payer wrote them, and what they mean, if we have words."""

    group: str
    code: str
    amount: Decimal
    reason: Reason | None

    @property
    def codes(self) -> str:
        """Group and reason as printed on an explanation of benefits: "CO-45"."""
        return f"{self.group}-{self.code}"


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One line of a claim, as filed and as decided. ``service`` is a plain word, ``code`` what the file wrote.

    Of a medicine ``product`` is its name as the file told it, ``quantity`` how much, ``days`` for how many days.
    """

    service: str
    code: str
    on: date | None
    billed: Decimal | None
    allowed: Decimal | None
    paid: Decimal | None
    owed: Decimal | None
    why: tuple[Why, ...]
    remarks: tuple[str, ...]
    product: str = ""
    quantity: str = ""
    days: str = ""


@dataclass(frozen=True, slots=True)
class OtherPaid:
    """What another insurance paid, as the office told us. ``payer`` is "" where the file did not name it."""

    payer: str
    paid: Decimal
    on: date | None


EVENTS: Final = (
    "filed", "filed again", "withdrawn", "received", "other decided", "decided", "paid", "taken back", "decided again",
    "paid again", "sent on",
)  # fmt: skip
"""What can happen to a claim, in the order in which things of one day are told."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a file stated with its day: one of ``EVENTS``.

    ``paid`` is what the plan paid then or took back; ``who`` is the other payer that decided or got the claim, or "".
    """

    what: str
    on: date
    paid: Decimal | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class ClaimStory:
    """One claim, whole. ``why`` holds each group and reason once; ``adverse`` says that something was refused.

    ``others`` is what other payers paid, by the office's word. ``earlier`` is what payers before ours paid or took off,
    by our payer's word (CAS OA-23), None where it says nothing of it. ``pays_first`` names who should have paid first.
    """

    claim: ClaimLine
    number: str
    events: tuple[Event, ...]
    lines: tuple[ServiceLine, ...]
    why: tuple[Why, ...]
    remarks: tuple[str, ...]
    adverse: bool
    others: tuple[OtherPaid, ...] = ()
    earlier: Decimal | None = None
    pays_first: str = ""

    @property
    def other_paid(self) -> Decimal | None:
        """What other payers paid together; None where no file says that any has decided."""
        return sum((one.paid for one in self.others), Decimal()) if self.others else None

    @property
    def saved(self) -> Decimal | None:
        """What the plan's price lies below the bill; None where either is not stated."""
        if self.claim.billed is None or self.claim.allowed is None:
            return None
        return self.claim.billed - self.claim.allowed
