"""What a try of a promise leaves behind, as finished values.

Serves B-01, B-11.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["holding", "broken", "not tried", "not kept", "attested", "not known"]
Keeper = Literal["live", "release", "attested"]


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
class Verdict:
    """Where one clause stands. ``broken_since`` is set only while it is broken.

    It is "not known" while the evidence cannot be read: then nothing is said of tries, neither that there were any nor
    that there were none.
    """

    clause_id: str
    state: State
    last_tried: datetime | None
    broken_since: datetime | None
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises held when they were last tried, of how many in all, and when the newest try was."""

    held: int
    of: int
    at: datetime
