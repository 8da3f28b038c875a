"""Where care is given in the invented towns: a list of offices, the places of their ZIP codes, a plan's booklet."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from wellkept.demo.scenes import STREETS, Scene, Town

SPECIALTIES: Final = {
    "family": "Family medicine",
    "children": "Pediatrics",
    "lab": "Laboratory",
    "imaging": "Imaging",
    "therapy": "Counseling and psychology",
    "movement": "Physical therapy",
    "hospital": "Hospital",
    "pharmacy": "Pharmacy",
}
MORE: Final = (
    ("Eye care", "Eye Clinic"),
    ("Dermatology", "Dermatology"),
    ("Heart care", "Heart Center"),
    ("Women's health", "Women's Health"),
    ("Urgent care", "Urgent Care"),
    ("Dentistry", "Dental"),
    ("Pharmacy", "Pharmacy"),
)
LANGUAGES: Final = ("", "", "Spanish", "Hmong", "Spanish, Polish", "")
HEAD: Final = (
    "name", "npi", "specialty", "street", "city", "state", "zip", "phone", "accepts_new", "network", "languages",
    "as_of",
)  # fmt: skip


def offices_csv(path: Path, scene: Scene, *, seed: int, today: date) -> int:
    """Write the offices of a scene's network; returns how many. The same seed and day give the same bytes."""
    dice = Random(f"roster {seed}")
    rows = [*billers(scene, dice), *others(scene, dice)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows([*row, network(scene), dice.choice(LANGUAGES), today.isoformat()] for row in rows)
    return len(rows)


def places_csv(path: Path, scene: Scene, *, seed: int) -> None:
    """Write where the invented towns would lie, some miles from each other."""
    dice = Random(f"places {seed}")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("zip", "latitude", "longitude"))
        for town in scene.towns:
            writer.writerow((town.postal_code, f"{44.2 + dice.random():.4f}", f"{-90.4 + dice.random():.4f}"))


def network(scene: Scene) -> str:
    """The name of the scene's network: the first word of its plans."""
    return f"{scene.plans[0].split()[0].title()} network"


def billers(scene: Scene, dice: Random) -> Iterator[tuple[str, ...]]:
    """Those who file the book's claims."""
    for kind, those in scene.billers.items():
        for biller in those:
            yield office(biller.name.title(), SPECIALTIES[kind], biller.town, dice, npi=biller.npi)


def others(scene: Scene, dice: Random) -> Iterator[tuple[str, ...]]:
    """Others in each town."""
    for town in scene.towns:
        for specialty, word in MORE:
            if dice.random() < 0.7:
                yield office(f"{town.name} {word}", specialty, town, dice)


def office(name: str, specialty: str, town: Town, dice: Random, *, npi: str = "") -> tuple[str, ...]:
    """One office at an invented address."""
    street = f"{dice.randint(2, 480)} {dice.choice(STREETS)}"
    phone = f"{town.area}-555-01{dice.randint(0, 99):02}"
    new = dice.choice(("yes", "yes", "yes", "no", ""))
    return (name, npi, specialty, street, town.name, town.state, town.postal_code, phone, new)
