"""Which counts are withheld, so that none under eleven can be read or reckoned from what is printed.

Serves U-21, P-22, B-11. A part under ``LEAST`` is withheld, nought as well (cell size suppression policy of the Centers
for Medicare & Medicaid Services). Then greater parts are withheld too, until the rest of the total fits more than one
choice for each of them (complementary suppression: Statistical Policy Working Paper 22, 2005, chapter 4). The same rule
stands in ``rights/sql/months.sql``; a test compares the two, and another reckons as somebody who knows this rule.
"""

from collections.abc import Sequence
from typing import Final

LEAST: Final = 11


def total(count: int, *, least: int = LEAST) -> int | None:
    """A count that is part of nothing printed: itself where it is 0 or at least ``least``, else None: withheld."""
    return count if count == 0 or count >= least else None


def parts(counts: Sequence[int], *, least: int = LEAST) -> tuple[int | None, ...]:
    """The parts of a total that is printed by ``total``: each itself, or None where it is withheld.

    None is printed where the total is small, or where no choice hides each small part behind another one.
    """
    whole, ordered, under = sum(counts), sorted(counts), 0
    if whole == 0 or ordered[0] >= least:
        return tuple(counts)
    for at, smallest in enumerate(ordered):
        begins = smallest >= least and smallest != ordered[at - 1]
        if whole >= least and begins and hides(at, under, least=least, smallest=smallest):
            return tuple(count if count >= smallest else None for count in counts)
        under += smallest
    return (None,) * len(counts)


def hides(parts: int, together: int, *, least: int, smallest: int) -> bool:
    """Whether so many withheld parts hide one another: two or more, not few together, and each could be nought.

    ``smallest`` is the smallest count that is printed: whoever reads it knows that those withheld are smaller.
    """
    return parts > 1 and least <= together <= (smallest - 1) * (parts - 1)
