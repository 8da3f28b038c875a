"""Which counts are withheld, so that none under eleven can be read or reckoned from what is printed.

Serves U-21, P-22, B-11. A part from 1 to 10 is withheld; 0 is nobody, and printed (cell size suppression policy of the
Centers for Medicare & Medicaid Services). Then greater parts are withheld too, until the rest of the total fits more
than one choice for each of them (complementary suppression: Statistical Policy Working Paper 22, 2005, chapter 4). The
same rule stands in ``rights/sql/months.sql``; a test compares the two, and another reckons as one who knows this rule.
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
    cut = _cut(sorted(count for count in counts if count > 0), least)
    if cut is None:
        return (None,) * len(counts)
    return tuple(count if count == 0 or count >= cut else None for count in counts)


def _cut(ordered: Sequence[int], least: int) -> int | None:
    """From which count on parts are printed; None where none may be. 0 is printed beside them."""
    if not ordered:
        return least
    together = 0
    for at, smallest in enumerate(ordered):
        begins = smallest >= least and (at == 0 or smallest != ordered[at - 1])
        if begins and (at == 0 or hides(at, together, least=least, smallest=smallest)):
            return smallest
        together += smallest
    return None


def hides(parts: int, together: int, *, least: int, smallest: int) -> bool:
    """Whether so many withheld parts hide one another: two or more, of which each could be 1 or ``least`` less 1.

    ``smallest`` is the smallest count that is printed: whoever reads it knows that those withheld are smaller.
    """
    return parts > 1 and (least - 1) + (parts - 1) <= together <= (smallest - 1) * (parts - 1)
