"""One request as hits are counted: by each dimension on its own, so that no count says two things of one request.

Serves P-22. ``wellkept statistics count FILE`` counts a web server's log by the same functions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wellkept.statistics import agents, dimensions, referrers
from wellkept.statistics.counters import Mark
from wellkept.statistics.dimensions import OTHER

NAMES: Final = (
    "again", "by", "done", "earlier", "later", "mends", "month", "page", "part", "plan", "show", "state", "step", "to",
    "who", "words", "year",
)  # fmt: skip
"""The names our own pages read from a query. A house test looks for one that is missing."""

NONE: Final = "none"
UNKNOWN: Final = "unknown"
_NAME: Final = re.compile(r"(?:^|&)([^=&]*)")
LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Hit:
    """What is looked at of a request and its answer.

    What is None was not said: ``size``, in bytes, of what is sent piece by piece; what the format of a log leaves out.
    """

    query: str
    status: int
    size: int | None
    agent: str | None
    cookie: bool | None
    referrer: str | None
    own: str


def marks(hit: Hit, audience: str = "") -> Iterator[Mark]:
    """What to count of it."""
    for name in names(hit.query):
        yield "query", audience, name
    yield "status", audience, str(hit.status) if 100 <= hit.status <= 599 else OTHER
    yield "bytes", audience, UNKNOWN if hit.size is None else dimensions.size(hit.size)
    if hit.agent is not None:
        yield "agents", audience, agents.family(hit.agent)
    if hit.cookie is not None:
        yield "cookie", audience, "present" if hit.cookie else "absent"
    if hit.referrer is not None:
        yield "referrers", audience, referrers.named(hit.referrer, hit.own)


def names(query: str) -> tuple[str, ...]:
    """The names of ours that a query has, each once; "other" for all the rest of them, "none" without a query."""
    if not query:
        return (NONE,)
    found = {one if one in NAMES else OTHER for one in _NAME.findall(query[:LONGEST])}
    return tuple(sorted(found))
