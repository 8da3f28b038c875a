"""Invented organisations whose people may register: the rosters an operator would send of them.

Every NPI checks and every tax number begins with 00, which the tax office gives nobody.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from wellkept.demo.scenes import STREETS, Biller, Scene, Town

KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"umr": ("employer", "provider"), "pwer": ("employer", "provider", "agent", "partner")}
)
"""Whom each demonstration lets register besides members."""
PROVIDERS: Final = ("family", "therapy")
AGENT, PARTNER = "Mill Race Benefits Agency, LLC", "Larkmoor Print and Mail Co."
AGREEMENT, PRODUCER = "BA-2026-014", "8812345"
_ADDRESS: Final = ("name", "street", "city", "state", "zip")
_LAST: Final = ("tax_number", "standing", "as_of")
HEADS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "provider": (*_ADDRESS, "npi", *_LAST),
        "employer": (*_ADDRESS, "group_numbers", *_LAST),
        "agent": (*_ADDRESS, "producer_number", "group_numbers", *_LAST),
        "partner": (*_ADDRESS, "agreement_number", *_LAST),
    }
)


def roster_csv(folder: Path, kind: str, scene: Scene, *, seed: int, today: date) -> Path:
    """Write the roster of one kind and return where it lies. The same seed and day give the same bytes."""
    path = folder / f"roster-{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS[kind])
        writer.writerows((*row, "current", today.isoformat()) for row in rows(kind, scene, Random(f"{kind} {seed}")))
    return path


def rows(kind: str, scene: Scene, dice: Random) -> Iterator[tuple[str, ...]]:
    """The rows of a roster, without standing and day."""
    towns = scene.towns
    if kind == "provider":
        for biller in providers(scene):
            yield (*place(biller.name.title(), biller.town, dice), biller.npi, dashed(biller.tax_id))
    if kind == "employer":
        for number, employer in enumerate(scene.employers):
            where = place(employer.name.title(), towns[number % len(towns)], dice)
            yield (*where, employer.group, dashed(employer.tax_id))
    if kind == "agent":
        groups = "; ".join(employer.group for employer in scene.employers[:2])
        yield (*place(AGENT, towns[-1], dice), PRODUCER, groups, "00-0770101")
    if kind == "partner":
        yield (*place(PARTNER, towns[0], dice), AGREEMENT, "00-0880101")


def providers(scene: Scene) -> Iterator[Biller]:
    """Those who file claims of some kinds of care."""
    for kind in PROVIDERS:
        yield from scene.billers[kind]


def place(name: str, town: Town, dice: Random) -> tuple[str, ...]:
    """A name with an invented address."""
    return (name, f"{dice.randint(2, 480)} {dice.choice(STREETS)}", town.name, town.state, town.postal_code)


def dashed(tax_id: str) -> str:
    """A tax number as people write it."""
    return f"{tax_id[:2]}-{tax_id[2:]}"
