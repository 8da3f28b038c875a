"""What the totals of a month or a year come to, with small counts withheld.

Serves U-21, U-22, P-22. Each division of a report divides a total that is printed, by one thing alone: no two of them
share a part but where one divides a part that the other prints. So none gives away what another withholds. A year adds
up what its months print, and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from wellkept.statistics import withheld
from wellkept.statistics.dimensions import STAYS
from wellkept.statistics.queries import Month, Times
from wellkept.statistics.values import NOTHING, UNKNOWN, Division, Week, added, fixed, named, weeks

PUBLIC: Final = "public"
NOT_MEASURED: Final = "not measured"
NOT_KNOWN: Final = "not known"
VISITS: Final = ("first", "again", "unknown")
ELSEWHERE: Final = "elsewhere"
OURS: Final = "ours"
HITS: Final = ("query", "status", "bytes", "agents", "cookie", "referrers")
HOURS: Final = tuple(f"{hour:02}" for hour in range(24))
_WHOLE: Final = {"totals": "pages", "hits": "status"}
"""The dimension that has every page read, or every hit, exactly once."""


@dataclass(frozen=True, slots=True)
class Report:
    """One month, or the months of a year.

    ``whole`` is every page read by audience, or every hit; ``divisions`` are the other sections by name, ``pages`` the
    pages of each audience. ``crawlers`` is None where it is withheld. ``lost`` processes ended without adding their
    last seconds. ``months`` is empty in the report of one month, ``weeks`` and ``hours`` in that of a year.
    """

    first: date
    whole: Division
    divisions: Mapping[str, Division]
    pages: Mapping[str, Division]
    crawlers: int | None
    lost: int
    weeks: tuple[Week, ...] = ()
    hours: Division = NOTHING
    months: tuple[tuple[date, int | None], ...] = ()


def of_month(month: Month, mode: str) -> Report:
    """The report of one month; ``mode`` is the practice ``statistics``, "totals" or "hits"."""
    by_audience = {
        name: sum(counts.values()) for (dimension, name), counts in month.counts.items() if dimension == _WHOLE[mode]
    }
    whole = named(by_audience) if mode == "totals" else fixed({"": sum(by_audience.values())})
    times = _times(month, _WHOLE[mode]) if whole.total else None
    return Report(
        first=month.month,
        whole=whole,
        divisions=_visits(month, whole) if mode == "totals" else _hits(month, whole),
        pages=_pages(month, whole) if mode == "totals" else {},
        crawlers=withheld.total(sum(month.counts.get(("crawlers", ""), {}).values())),
        lost=sum(month.counts.get(("lost", ""), {}).values()),
        weeks=weeks(month.month, times.days) if times else (),
        hours=fixed(dict(zip(HOURS, times.slots, strict=True))) if times else NOTHING,
    )


def of_year(first: date, found: Sequence[Month], mode: str) -> Report:
    """What the months of a year print, added up. ``first`` is its first day."""
    each = [of_month(month, mode) for month in found]
    names = dict.fromkeys(name for one in each for name in one.divisions)
    audiences = dict.fromkeys(name for one in each for name in one.pages)
    crawlers = [one.crawlers for one in each if one.crawlers is not None]
    return Report(
        first=first,
        whole=added([one.whole for one in each], order=True),
        divisions={name: added([one.divisions[name] for one in each], order=name not in FIXED) for name in names},
        pages={name: added([one.pages[name] for one in each if name in one.pages], order=True) for name in audiences},
        crawlers=sum(crawlers) if crawlers or not each else None,
        lost=sum(one.lost for one in each),
        months=tuple((one.first, one.whole.total) for one in each),
    )


FIXED: Final = ("visits", "stays", "bytes", "cookie", "came")
"""Divisions whose parts keep their order: everyone knows all of them."""


def _visits(month: Month, whole: Division) -> dict[str, Division]:
    """Visits, and of the public pages read how readers came, what they read next, where they went, how long it took.

    A public page is read either from one of our own, or from elsewhere: then what the browser says of it is counted.
    """
    public = {name: counts for (name, audience), counts in month.counts.items() if audience == PUBLIC}
    visits, came, following = public.get("visits", {}), public.get("referrers", {}), public.get("next", {})
    elsewhere = sum(came.values())
    ours = max(sum(public.get("pages", {}).values()) - elsewhere, 0)
    ways = fixed({ELSEWHERE: elsewhere, OURS: ours}) if whole.of(PUBLIC) else UNKNOWN
    steps = {**following, NOT_KNOWN: max(ours - sum(following.values()), 0)}
    return {
        "visits": fixed({name: visits.get(name, 0) for name in VISITS}),
        "came": ways,
        "referrers": named(came) if ways.of(ELSEWHERE) else UNKNOWN,
        "next": named(steps) if ways.of(OURS) else UNKNOWN,
        "left": named(public.get("left", {})),
        "stays": _stays(public) if whole.of(PUBLIC) else UNKNOWN,
    }


def _stays(public: Mapping[str, Mapping[str, int]]) -> Division:
    """How long public pages were looked at, in eight lengths, and how often nobody measured it."""
    stays = public.get("stays", {})
    measured = {name: stays.get(name, 0) for name in STAYS}
    unmeasured = sum(public.get("pages", {}).values()) - sum(measured.values())
    return fixed({**measured, NOT_MEASURED: max(unmeasured, 0)})


def _pages(month: Month, whole: Division) -> dict[str, Division]:
    """The pages of each audience that is printed."""
    return {part.name: named(month.counts["pages", part.name]) for part in whole.parts if part.count}


def _hits(month: Month, whole: Division) -> dict[str, Division]:
    """Hits by each of the six dimensions, on its own."""
    if whole.total is None:
        return dict.fromkeys(HITS, UNKNOWN)
    return {name: named(_summed(month, name)) for name in HITS}


def _summed(month: Month, dimension: str) -> dict[str, int]:
    """A dimension over all audiences, by value."""
    found: dict[str, int] = {}
    for (name, _audience), counts in month.counts.items():
        for value, n in counts.items() if name == dimension else ():
            found[value] = found.get(value, 0) + n
    return found


def _times(month: Month, dimension: str) -> Times | None:
    """The hours and days of a dimension over all audiences; None where it was not counted."""
    found = [times for (name, _audience), times in month.times.items() if name == dimension]
    if not found:
        return None
    return Times(
        tuple(map(sum, zip(*(one.slots for one in found), strict=True))),
        tuple(map(sum, zip(*(one.days for one in found), strict=True))),
    )
