"""What a file says, before anybody is found for it: three kinds of statement, each as plain values that can be sealed and kept."""

from dataclasses import dataclass
from typing import Any, Final

ENROLMENT: Final = "enrolment"
FILING: Final = "filing"
DECISION: Final = "decision"

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
class Statement:
    """One statement. ``sender`` is the organisation that says it, for the sentence people read."""

    kind: str
    naming: Naming
    content: Content
    sender: str


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
class Counts:
    """What came of a file."""

    segments: int = 0
    sets: int = 0
    sets_aside: int = 0
    enrolments: int = 0
    filings: int = 0
    decisions: int = 0
    findings: int = 0
    apart: int = 0
