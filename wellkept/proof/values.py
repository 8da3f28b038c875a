"""What a try of a promise leaves behind, as finished values.

Serves B-01, B-11.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

State = Literal["holding", "broken", "not tried", "not kept", "attested", "not known"]
Keeper = Literal["live", "release", "attested"]
Standing = Literal["none", "unsigned", "forged", "other build", "good"]
"""What a shipped result is worth: there is none, it is not signed, was altered, is of another build, or it counts."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way we try to break a promise, and what came of it the last time.

    ``sentence`` says what we do, for anyone to read; ``outcome`` is one word such as "Refused", or "" when it was never
    made; ``at`` is when it was last made, or None; ``kind`` is the keeper that makes it; ``held`` whether it held.
    """

    name: str
    sentence: str
    outcome: str
    at: datetime | None
    kind: Keeper
    held: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """One control that was broken: from the first try that failed to the round that held again, None while none did."""

    id: int
    control: str
    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Outage:
    """One time a promise was broken: spans of its controls that touch each other. ``ended`` is None while it lasts."""

    began: datetime
    ended: datetime | None
    spans: tuple[Span, ...]

    @property
    def lasted(self) -> timedelta | None:
        """How long, or None while it lasts."""
        return self.ended - self.began if self.ended else None


@dataclass(frozen=True, slots=True)
class Kept:
    """Where one control stands.

    ``tried`` is when it was last tried, ``due`` when it is tried next, as far as a row says so. ``standing`` is what
    the shipped result of a release control is worth; "" for the others.
    """

    control: str
    kind: Keeper
    state: State
    tried: datetime | None = None
    due: datetime | None = None
    standing: Standing | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where one clause stands. ``broken_since`` is set only while it is broken.

    It is "not known" while the evidence cannot be read: then nothing is said of tries, neither that there were any nor
    that there were none. ``outages`` are the times it was broken, newest first; ``first_tried`` is when trying began,
    ``due`` when it is tried next; ``overdue`` names the reviews that lapsed.
    """

    clause_id: str
    state: State
    last_tried: datetime | None
    broken_since: datetime | None
    attempts: tuple[Attempt, ...]
    keepers: tuple[Kept, ...] = ()
    outages: tuple[Outage, ...] = ()
    first_tried: datetime | None = None
    due: datetime | None = None
    overdue: tuple[str, ...] = ()

    @property
    def mended(self) -> tuple[Outage, ...]:
        """The times it was broken and mended, newest first."""
        return tuple(one for one in self.outages if one.ended is not None)

    @property
    def held_since(self) -> datetime | None:
        """Since when every try held: since it was last mended, or since the first try; None where it does not hold."""
        if self.state != "holding":
            return None
        return self.outages[0].ended if self.outages else self.first_tried


@dataclass(frozen=True, slots=True)
class Told:
    """One span with what failed in it, and how it was mended, in the words of a person; "" while nobody wrote them."""

    span: Span
    failed: tuple[Attempt, ...]
    words: str = ""
    role: str = ""
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises held when they were last tried, of how many in all, and when the newest try was.

    ``tried`` is how many were tried in full; ``waiting`` how many that something keeps still wait for their first try.
    """

    held: int
    of: int
    at: datetime
    tried: int = 0
    waiting: int = 0
