"""What this process has counted and not yet added: numbers in memory, bounded whatever comes.

A referrer is counted as "other" until it has come five times in the hour to this process; then what it is owed moves
from "other" to its name. Until then the name is in memory alone (U-02).
"""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from wellkept.policy import packs, practices
from wellkept.statistics.dimensions import BY_NAME, OTHER
from wellkept.statistics.referrers import NONE, OURS

FIVE: Final = 5
MOST: Final = 4_000
"""How many different counts wait at most; what would be one more is counted as other."""
NAMES: Final = 2_000
"""How many different referrers are held in an hour."""
LONGEST: Final = 160
REFERRERS: Final = "referrers"
FREE: Final = frozenset({NONE, OURS, OTHER})
"""What names no other site and is counted as it comes."""


@dataclass(frozen=True, slots=True)
class Count:
    """One number to add: ``slot`` is the hour, or what the dimension says."""

    day: str
    slot: int
    dimension: str
    audience: str
    value: str
    n: int


Mark = tuple[str, str, str]
"""Dimension, audience and value of something to count once."""
Place = tuple[str, int, str, str, str]


class Counters:
    """The counts of one process; every method may be called from any thread."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.lock = threading.Lock()
        self.counts: dict[Place, int] = {}
        self.names: dict[tuple[str, str], int] = {}
        self.named_at: tuple[str, int] = ("", 0)
        self.quarter = -1
        self.now: tuple[str, int] = ("", 0)

    def hour(self) -> tuple[str, int]:
        """The day and the hour where the operator works. Hours begin at quarters of ours, wherever that is."""
        quarter = int(time.time()) // 900
        if quarter != self.quarter:
            local = datetime.fromtimestamp(quarter * 900, self.zone)
            self.now, self.quarter = (local.date().isoformat(), local.hour), quarter
        return self.now

    def count(self, marks: Iterable[Mark]) -> None:
        """Count each of them once, now."""
        with self.lock:
            day, hour = self.hour()
            for dimension, audience, value in marks:
                if dimension == REFERRERS:
                    self._came_from(day, hour, audience, value[:LONGEST])
                else:
                    slot = hour if BY_NAME[dimension].slots > 1 else 0
                    self._add((day, slot, dimension, audience, value[:LONGEST]), 1)

    def stay(self, audience: str, route: str, length: int, name: str) -> None:
        """Count a stay on a page: ``length`` is its place among ``STAYS``, ``name`` its name."""
        with self.lock:
            day, hour = self.hour()
            self._add((day, hour, "stays", audience, name), 1)
            self._add((day, length, "stays by page", audience, route), 1)

    def take(self) -> list[Count]:
        """What waits to be added; afterwards nothing waits."""
        with self.lock:
            counts, self.counts = self.counts, {}
        return [Count(*place, n) for place, n in counts.items() if n]

    def _came_from(self, day: str, hour: int, audience: str, value: str) -> None:
        """Count a referrer by its name once it has come five times in the hour, as other before."""
        if (day, hour) != self.named_at:
            self.names, self.named_at = {}, (day, hour)
        if value in FREE:
            self._add((day, 0, REFERRERS, audience, value), 1)
            return
        name = (audience, value)
        if name not in self.names and len(self.names) >= NAMES:
            self._add((day, 0, REFERRERS, audience, OTHER), 1)
            return
        came = self.names[name] = self.names.get(name, 0) + 1
        self._add((day, 0, REFERRERS, audience, value if came >= FIVE else OTHER), 1)
        if came == FIVE:
            self._add((day, 0, REFERRERS, audience, value), FIVE - 1)
            self._add((day, 0, REFERRERS, audience, OTHER), 1 - FIVE)

    def _add(self, place: Place, n: int) -> None:
        if place not in self.counts and len(self.counts) >= MOST:
            place = (*place[:4], OTHER)
        self.counts[place] = self.counts.get(place, 0) + n


@cache
def of(operator: str) -> Counters:
    """The counters of this process for that operator."""
    return Counters(ZoneInfo(packs.named(operator).time_zone))


def ours() -> Counters:
    """The counters of this process for the operator it serves."""
    return of(settings.WELLKEPT_OPERATOR)


def counted() -> str:
    """What the pack lets count of visits: "none", "totals" or "hits"."""
    return practices.choice(packs.named(settings.WELLKEPT_OPERATOR), "statistics")


def left(host: str, audience: str = "public") -> None:
    """A visitor went on to another site by its leaving page. ``host`` is that of the register, never what was typed."""
    if counted() == "totals":
        ours().count([("left", audience, host.lower())])
