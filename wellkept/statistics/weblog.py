"""Reads a web server's log in the combined or the common format, a line at a time, and counts it as we count hits.

Source: Apache HTTP Server 2.4, mod_log_config, "Common Log Format" and "Combined Log Format". Of an address, a name or
a whole query nothing is kept. Hours are those of the log.
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from wellkept.statistics import hits
from wellkept.statistics.agents import is_crawler
from wellkept.statistics.counters import FIVE, FREE
from wellkept.statistics.dimensions import BY_NAME, OTHER
from wellkept.statistics.hits import Hit

LONGEST: Final = 16_384
"""How long a line may be, in bytes; a longer one is not read."""
MOST: Final = 200_000
"""How many different referrers are held; what comes after is counted as other."""
DIMENSIONS: Final = ("query", "status", "bytes", "agents", "referrers")

_QUOTED: Final = r'"((?:[^"\\]|\\.)*+)"'
_LINE: Final = re.compile(
    rf"\S++ \S++ [^\[\"]*+\[(\d\d/\w{{3}}/\d{{4}}:\d\d:\d\d:\d\d [+-]\d{{4}})\] {_QUOTED} (\d{{3}}) (\d{{1,15}}|-)"
    rf"(?: {_QUOTED} {_QUOTED})?"
)
_REQUEST: Final = re.compile(r"[A-Z]{1,20} ([^\s]+)(?: HTTP/\d(?:\.\d)?)?")
# Month names are English in a log, whatever the language of this machine.
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ESCAPED: Final = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that could be read: its day and hour, and what is looked at of it."""

    day: str
    hour: int
    hit: Hit


@dataclass(slots=True)
class Counted:
    """What a log came to: lines read and not, and a count for each dimension by value, crawlers' requests apart."""

    read: int = 0
    unreadable: int = 0
    crawlers: int = 0
    hours: Counter[str] = field(default_factory=Counter)
    by: dict[str, Counter[str]] = field(default_factory=dict)


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a log, compressed or not, without their ends. A line too long comes cut."""
    with opened(path) as file:
        while piece := file.readline(LONGEST + 1):
            yield piece.rstrip(b"\r\n")
            while len(piece) > LONGEST and not piece.endswith(b"\n"):
                piece = file.readline(LONGEST + 1)


def opened(path: Path) -> IO[bytes]:
    """The file, unpacked where it begins as gzip does (RFC 1952, section 2.3.1)."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]  # it reads like a file


def parsed(line: bytes, own: str = "") -> Line | None:
    """The line, or None where it cannot be read: another format, a day there is not, a request that is none."""
    if len(line) > LONGEST:
        return None
    found = _LINE.fullmatch(line.decode("latin-1"))
    request = _REQUEST.fullmatch(found[2]) if found else None
    at = moment(found[1]) if found else None
    if found is None or request is None or at is None:
        return None
    status, size, referrer, agent = found[3], found[4], found[5], found[6]
    hit = Hit(
        query=request[1].partition("?")[2],
        status=int(status),
        size=0 if size == "-" else int(size),
        agent=said(agent),
        cookie=None,
        referrer=said(referrer),
        own=own,
    )
    return Line(f"{at:%Y-%m-%d}", at.hour, hit)


def said(quoted: str | None) -> str | None:
    """What stands between quotes; "" where nothing was said, None where the format has no place for it."""
    if quoted is None:
        return None
    return "" if quoted == "-" else _ESCAPED.sub(r"\1", quoted)


def moment(written: str) -> datetime | None:
    """The time a line says; None where there is no such time."""
    day, month, year, clock = written[:2], written[3:6], written[7:11], written[12:20]
    hour, minute, second = (int(one) for one in clock.split(":"))
    try:
        return datetime(int(year), _MONTHS.index(month) + 1, int(day), hour, minute, second)  # noqa: DTZ001  (the log's own)
    except ValueError:
        return None


def count(raw: Iterable[bytes], own: str = "") -> Counted:
    """Everything counted. A referrer is named for the hours in which it came five times, at most 500 a day."""
    total, came = Counted(by={name: Counter[str]() for name in DIMENSIONS}), Counter[tuple[str, int, str]]()
    for one in raw:
        line = parsed(one, own)
        if line is None:
            total.unreadable += 1
            continue
        total.read += 1
        total.crawlers += line.hit.agent is not None and is_crawler(line.hit.agent)
        total.hours[f"{line.hour:02}"] += 1
        for dimension, _audience, value in hits.marks(line.hit):
            if dimension == "referrers":
                place = (line.day, line.hour, value)
                came[place if place in came or len(came) < MOST else (line.day, line.hour, OTHER)] += 1
            else:
                total.by[dimension][value] += 1
    total.by["referrers"] = referrers_of(came)
    return total


def referrers_of(came: Mapping[tuple[str, int, str], int]) -> Counter[str]:
    """Referrers by name where the rules of U-02 let one be named, else as other."""
    named: Counter[str] = Counter()
    a_day: dict[str, set[str]] = {}
    for (day, _hour, value), n in came.items():
        known = a_day.setdefault(day, set())
        free = value in FREE
        if free or (n >= FIVE and (value in known or len(known) < BY_NAME["referrers"].most)):
            known.update(() if free else (value,))
            named[value] += n
        else:
            named[OTHER] += n
    return named
