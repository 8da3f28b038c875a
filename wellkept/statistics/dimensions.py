"""What is counted of visits, by what, and how many different values a day may have.

The table ``statistics_dimension`` says the same to the database; a test compares the two.
"""

from dataclasses import dataclass
from typing import Final, Literal

HOURS: Final = 24
OTHER: Final = "other"
PROOF: Final = "proof"
"""The audience of our own tries."""

STAYS: Final = (
    "under 5 seconds",
    "5 to 15 seconds",
    "15 to 30 seconds",
    "30 to 60 seconds",
    "1 to 3 minutes",
    "3 to 10 minutes",
    "10 to 30 minutes",
    "over 30 minutes",
)
SIZES: Final = (
    (0, "nothing"),
    (1_000, "under 1 kB"),
    (10_000, "1 to 10 kB"),
    (100_000, "10 to 100 kB"),
    (1_000_000, "100 kB to 1 MB"),
)
"""Up to how many bytes a size reaches, and its name."""
LARGEST: Final = "over 1 MB"

Mode = Literal["totals", "hits"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to count by. ``slots`` numbers a count, ``most`` values a day, ``at`` the practices that count it."""

    name: str
    slots: int
    most: int
    at: tuple[Mode, ...]


DIMENSIONS: Final = (
    Dimension("pages", HOURS, 400, ("totals",)),
    Dimension("visits", HOURS, 10, ("totals",)),
    Dimension("referrers", 1, 500, ("totals", "hits")),
    Dimension("next", 1, 300, ("totals",)),
    Dimension("left", HOURS, 100, ("totals",)),
    Dimension("stays", HOURS, 8, ("totals",)),
    Dimension("stays by page", len(STAYS), 400, ("totals",)),
    Dimension("query", HOURS, 100, ("hits",)),
    Dimension("status", HOURS, 100, ("hits",)),
    Dimension("bytes", HOURS, 10, ("hits",)),
    Dimension("agents", HOURS, 20, ("hits",)),
    Dimension("cookie", HOURS, 2, ("hits",)),
    Dimension("crawlers", HOURS, 2, ("totals",)),
    Dimension("lost", HOURS, 1, ("totals", "hits")),
)
BY_NAME: Final = {one.name: one for one in DIMENSIONS}


def size(count: int) -> str:
    """The name of a size in bytes."""
    return next((name for most, name in SIZES if count <= most and (count or not most)), LARGEST)
