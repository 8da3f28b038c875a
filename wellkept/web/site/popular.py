"""What is popular comes first, where the operator chose so: links in the order of last month's totals.

Serves U-45. The order is kept in memory for some minutes. While the database does not answer, links keep the order in
which they are declared; so do pages that are read equally often, or so rarely that their count is withheld.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Final

from django.db import Error

from wellkept.policy import practices
from wellkept.statistics import queries
from wellkept.web.shell import counting, serving
from wellkept.web.site.places import Place

SECONDS: Final = 300.0
AGAIN_AFTER: Final = 10.0
"""After how many seconds a database that did not answer is asked once more."""


@dataclass(slots=True)
class _Kept:
    """The routes that were read most, most first, and until which moment of the monotonic clock they hold."""

    routes: tuple[str, ...] = ()
    until: float = 0.0


_kept: Final[dict[str, _Kept]] = {}
_lock: Final = Lock()


def ordered(places: Sequence[Place]) -> list[Place]:
    """``places`` by how often their page was read last month, else as they are."""
    pack = serving.pack()
    if not practices.flag(pack, "popular_first") or practices.choice(pack, "statistics") != "totals":
        return list(places)
    ranks = {route: rank for rank, route in enumerate(routes(pack.folder.name))}
    return sorted(places, key=lambda place: ranks.get(counting.route_of(place.href), len(ranks)))


def routes(operator: str) -> tuple[str, ...]:
    """The public routes by how often they were read last month, as known for some minutes; none where nothing is."""
    with _lock:
        kept = _kept.setdefault(operator, _Kept())
        if kept.until > monotonic():
            return kept.routes
        kept.until = monotonic() + AGAIN_AFTER
    try:
        finished = queries.finished()
        found = queries.popular(finished[-1]) if finished else ()
    except Error:
        return kept.routes
    kept.routes, kept.until = found, monotonic() + SECONDS
    return found
