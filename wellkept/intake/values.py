"""What a file says, before anybody is found for it: three kinds of statement, as plain values that can be sealed."""

from dataclasses import dataclass
from typing import Any, Final

ENROLMENT: Final = "enrolment"
FILING: Final = "filing"
DECISION: Final = "decision"
PREMIUM: Final = "premium"
# A note of our own: somebody's coverage was ended to an earlier day, so their claims are to be looked at.
LATE: Final = "late"
# Applied in this order: an enrolment makes the people that claims are about.
KINDS: Final = (ENROLMENT, FILING, DECISION, PREMIUM)

# What a statement holds besides its kind. Amounts are decimal text, days are ISO text, "" is: not sent.
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Naming:
    """How a statement names its person: by the subscriber's number, the birth date where it says one, and names."""

    number: str
    first: str
    last: str
    birth_date: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Which claim a statement is about, and what of it is sealed or stands in a directory and so is no content.

    ``biller`` and ``number`` name the claim; ``payer_number`` is the payer's number of it. ``provider`` gave care.
    """

    number: str
    payer_number: str
    biller: str
    provider_npi: str
    provider: str
    day: str
    code: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. ``sender`` is the organisation that says it, for the sentence people read.

    ``content`` is what a record keeps of a claim, without names and numbers; of an enrolment it is everything.
    """

    kind: str
    naming: Naming
    content: Content
    sender: str
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be taken: where it stands and why, never its value."""

    interchange: str
    set_number: str
    segment: int
    element: str
    reason: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class SetRead:
    """A transaction set that was read. ``place`` counts from 1 in its file."""

    place: int
    interchange: str
    number: str
    kind: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What came of a file."""

    segments: int = 0
    sets: int = 0
    sets_aside: int = 0
    refused: int = 0
    enrolments: int = 0
    filings: int = 0
    decisions: int = 0
    premiums: int = 0
    findings: int = 0
