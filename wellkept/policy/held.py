"""Everything the house holds, service by service, and where to look it up.

Serves U-03, U-04, U-46. A table that is declared in no service shows on the page as not declared, and a probe finds it.
"""

from collections.abc import Collection
from typing import Final

from wellkept.policy.holding import Area, Kept
from wellkept.policy.services import SERVICES
from wellkept.policy.workings import WORKINGS

AREAS: Final[tuple[Area, ...]] = (*SERVICES, *WORKINGS)
"""In the order of the page: what is of people first."""

KEPT: Final[dict[str, Kept]] = {kept.table: kept for area in AREAS for kept in area.kept}
BY_ID: Final = {area.id: area for area in AREAS}


def area_at(path: str) -> Area | None:
    """The service whose pages lie at ``path``: the longest entrance that begins it. None where none does."""
    fitting = [(entrance, area) for area in AREAS for entrance in area.entrances if path.startswith(entrance)]
    return max(fitting, key=lambda one: len(one[0]))[1] if fitting else None


def clause_of(area: Area, known: Collection[str]) -> str:
    """The promise of this policy that the service rests on; "" where the policy holds none of those named."""
    return next((one for one in area.clauses if one in known), "")
