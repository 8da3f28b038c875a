"""What reading a file reports, in order. ``Event`` is the closed union of all of them."""

from dataclasses import dataclass
from datetime import date

from wellkept.exchange.x12.values import TransactionSet, Value


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know: what, and exactly where. ``reason`` says it without any value of the file.

    ``value`` is what stands there, for whoever may see it: it may name a person, so it is kept nowhere.

    ``severity`` is "error" (its set is put aside) or "warning" (taken all the same). ``kind`` is one word: encoding,
    stray, header, trailer, count, control_number, guide, segment, order, required, amount, date, code, length, balance.
    ``segment`` counts from 1 in the file and ``segment_in_set`` from 1 at ST; 0 where there is none. ``element`` is
    written as the guides write it: CLM02, CLM05-3.
    """

    severity: str
    kind: str
    reason: str
    file: str
    interchange: str = ""
    group: str = ""
    set_control_number: str = ""
    segment: int = 0
    segment_in_set: int = 0
    segment_id: str = ""
    element: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class InterchangeBegun:
    """An ISA was read."""

    file: str
    control_number: str  # ISA13
    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    sent: date | None  # ISA09
    sent_at: str  # ISA10, HHMM
    test: bool  # ISA15 is T
    segment: int
    acknowledge: bool = False  # ISA14 is 1: the sender asks for a TA1


@dataclass(frozen=True, slots=True)
class GroupBegun:
    """A GS was read."""

    interchange: str
    control_number: str  # GS06
    code: str  # GS01
    sender: str  # GS02
    receiver: str  # GS03
    guide: str  # GS08
    segment: int


@dataclass(frozen=True, slots=True)
class SetBegun:
    """A transaction set that we read begins. Its values follow; whether they hold is said by ``SetEnded``."""

    transaction: TransactionSet


@dataclass(frozen=True, slots=True)
class Values:
    """Up to 500 values of the set that began last."""

    transaction: TransactionSet
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class SetEnded:
    """The set is over. When not ``accepted``, whatever was staged from it must be deleted.

    ``unreported`` counts findings beyond the first hundred of each severity.
    """

    transaction: TransactionSet
    accepted: bool
    findings: tuple[Finding, ...]
    segments: int
    values: int
    unreported: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not read at all, and why in a plain sentence.

    It concerns one transaction set when ``set_control_number`` is given, else one interchange, or the whole file when
    ``interchange`` is empty too. ``kind`` is "guide", "envelope" or "file"; ``identifier`` is ST01, ``element`` the
    place of the envelope that broke the rule (IEA02, GE). ``sentence`` holds no value of the file, ``value`` does.
    """

    sentence: str
    kind: str
    file: str
    interchange: str = ""
    group: str = ""
    set_control_number: str = ""
    identifier: str = ""
    guide: str = ""
    segment: int = 0
    element: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class GroupEnded:
    """The functional group is over. ``declared`` is GE01, ``None`` when it is missing or no number."""

    interchange: str
    control_number: str
    declared: int | None
    received: int
    accepted: int


@dataclass(frozen=True, slots=True)
class InterchangeEnded:
    """The interchange is over. When not ``accepted`` (mode "strict" only), every set of it must be deleted."""

    control_number: str
    accepted: bool
    groups: int
    sets: int


@dataclass(frozen=True, slots=True)
class InterchangeAnswered:
    """A TA1: what somebody says of an interchange that was sent to them (X12.5)."""

    interchange: str  # the one it stands in
    answered: str  # TA101
    verdict: str  # TA104: A, E or R
    note: str  # TA105
    segment: int


Event = (
    InterchangeBegun
    | GroupBegun
    | SetBegun
    | Values
    | SetEnded
    | Finding
    | Refusal
    | GroupEnded
    | InterchangeAnswered
    | InterchangeEnded
)
