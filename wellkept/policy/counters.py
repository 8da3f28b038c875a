"""Every counter of the house: what it counts, by what, which table or memory holds it, and how small counts are kept.

Serves U-02, U-21, U-22, U-44, U-46, P-22. No counter of visits names a person; those that do name one say so here.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.policy import practices
from wellkept.policy.shapes import Pack


@dataclass(frozen=True, slots=True)
class Counter:
    """One counter. ``table`` is its table, or "" where it lives in memory alone.

    ``at`` names the values of ``statistics`` under which it counts, none where it always does. ``person`` says that a
    count belongs to one person.
    """

    name: str
    table: str
    counts: str | Promise
    by: str | Promise
    small: str | Promise
    lasts: str | Promise
    at: tuple[str, ...] = ()
    person: bool = False


_FIVE: Final = _("A count under five is not shown.")
_WITHOUT_END: Final = _("Without end: nobody is in it.")

COUNTERS: Final = (
    Counter(
        "hits",
        "statistics_hit",
        counts=_("Answers we gave: pages read, files sent, pages not found."),
        by=_("By the hour, and then by one thing alone: page, status, size, kind of browser, cookie or origin."),
        small=_FIVE,
        lasts=_WITHOUT_END,
        at=("totals", "hits"),
    ),
)
"""What counts visits stands first, then what guards the doors."""


def of(pack: Pack) -> tuple[Counter, ...]:
    """The counters that count at this operator, as its practices say."""
    chosen = practices.choice(pack, "statistics")
    return tuple(counter for counter in COUNTERS if not counter.at or chosen in counter.at)
