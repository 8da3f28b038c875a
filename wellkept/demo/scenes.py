"""The invented places of each demonstration: who pays, employers and their plans, towns, and who gives care.

Towns are on no map, telephones are 555-01xx, mail goes to example.com (RFC 2606), tax numbers begin with 00, which
the tax office gives nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer with its group number and tax number."""

    name: str
    group: str
    tax_id: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town that does not exist, with its state, ZIP code and telephone area."""

    name: str
    state: str
    postal_code: str
    area: str


@dataclass(frozen=True, slots=True)
class Biller:
    """Who files claims: its kind of care, NPI, tax number and town."""

    name: str
    kind: str
    npi: str
    tax_id: str
    town: Town


@dataclass(frozen=True, slots=True)
class Scene:
    """One demonstration's world. ``family`` is the last name of the family everybody meets first."""

    payer: str
    payer_id: str
    prefix: str
    employers: tuple[Employer, ...]
    plans: tuple[str, str]
    towns: tuple[Town, ...]
    billers: Mapping[str, tuple[Biller, ...]]
    family: str
    firsts: tuple[str, str, str, str]
    others: tuple[tuple[str, str], ...]


STREETS: Final = (
    "Alder Street",
    "Birch Lane",
    "Canal Street",
    "Dogwood Court",
    "East Mill Road",
    "Fern Avenue",
    "Granite Way",
    "Harvest Road",
    "Iris Street",
    "Juniper Drive",
    "Kestrel Court",
    "Larch Avenue",
    "Maple Row",
    "North Pier Road",
    "Orchard Street",
    "Pebble Lane",
    "Quarry Road",
    "River Street",
    "South Lock Street",
    "Thistle Lane",
)


def npi(number: int) -> str:
    """A national provider identifier: nine digits and the Luhn check digit over 80840 and them (45 CFR 162.406)."""
    digits = f"80840{number:09}"
    doubled = [int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(digits))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{number:09}{-total % 10}"


def billers(
    towns: tuple[Town, ...], names: tuple[tuple[str, str], ...], *, first: int
) -> Mapping[str, tuple[Biller, ...]]:
    """Billers by kind, numbered from ``first`` on."""
    found: dict[str, tuple[Biller, ...]] = {}
    for place, (kind, name) in enumerate(names):
        town = towns[place % len(towns)]
        biller = Biller(
            name=name, kind=kind, npi=npi(199990000 + first + place), tax_id=f"00{first + place:07}", town=town
        )
        found[kind] = (*found.get(kind, ()), biller)
    return MappingProxyType(found)


LAKE_TOWNS: Final = (
    Town("Alder Bend", "WI", "54999", "715"),
    Town("Quill Harbor", "WI", "53999", "920"),
    Town("Tamarack Point", "MN", "55999", "218"),
    Town("Sable Crossing", "MI", "49999", "906"),
    Town("Loonwater", "WI", "54998", "715"),
)

LAKES: Final = Scene(
    payer="LAKES BENEFIT SERVICES",
    payer_id="LKS01",
    prefix="LK",
    employers=(
        Employer("NORTH PIER TOOL WORKS", "76-410101", "000410101"),
        Employer("ALDER BEND SCHOOL DISTRICT", "76-410202", "000410202"),
        Employer("SLATE AND CEDAR FOODS", "76-410303", "000410303"),
        Employer("HARBOR LINE CARRIERS", "76-410404", "000410404"),
    ),
    plans=("HARBOR PPO 500", "HARBOR SAVER 3000"),
    towns=LAKE_TOWNS,
    billers=billers(
        LAKE_TOWNS,
        (
            ("family", "ALDER BEND FAMILY MEDICINE"),
            ("family", "QUILL HARBOR CLINIC"),
            ("family", "TAMARACK PRIMARY CARE"),
            ("children", "LOONWATER CHILDRENS CLINIC"),
            ("lab", "NORTH SHORE LABORATORY"),
            ("imaging", "SABLE IMAGING CENTER"),
            ("therapy", "STILL WATER COUNSELING"),
            ("therapy", "BIRCH ROOM PSYCHOLOGY"),
            ("movement", "PIER STREET PHYSICAL THERAPY"),
            ("hospital", "ALDER BEND COMMUNITY HOSPITAL"),
            ("hospital", "QUILL HARBOR MEDICAL CENTER"),
        ),
        first=4100,
    ),
    family="Alvarez",
    firsts=("Maria", "Tom", "Lucas", "Nina"),
    others=(("Ruth", "Okafor"), ("Viktor", "Kaczmarek"), ("Mai", "Xiong"), ("Eamon", "Fitzgerald")),
)

VALLEY_TOWNS: Final = (
    Town("Larkmoor", "NY", "12999", "518"),
    Town("Hudson Notch", "NY", "12998", "845"),
    Town("Orchard Ferry", "VT", "05999", "802"),
    Town("Graylock Mills", "MA", "01299", "413"),
)

ROWAN: Final = Scene(
    payer="ROWAN WELLNESS RECORD",
    payer_id="RWN01",
    prefix="RW",
    employers=(
        Employer("LARKMOOR PAPER COMPANY", "31-220101", "000220101"),
        Employer("CITY OF LARKMOOR", "31-220202", "000220202"),
        Employer("ORCHARD FERRY COOPERATIVE", "31-220303", "000220303"),
    ),
    plans=("ORCHARD PPO 750", "ORCHARD SAVER 2500"),
    towns=VALLEY_TOWNS,
    billers=billers(
        VALLEY_TOWNS,
        (
            ("family", "LARKMOOR FAMILY PRACTICE"),
            ("family", "HUDSON NOTCH HEALTH CENTER"),
            ("children", "ORCHARD PEDIATRICS"),
            ("lab", "VALLEY REFERENCE LABORATORY"),
            ("imaging", "GRAYLOCK RADIOLOGY"),
            ("therapy", "QUIET HOUSE THERAPY"),
            ("movement", "MILL RACE REHABILITATION"),
            ("hospital", "LARKMOOR GENERAL HOSPITAL"),
        ),
        first=7300,
    ),
    family="Haddad",
    firsts=("Leila", "Sam", "Noor", "Elias"),
    others=(("Grace", "Mwangi"), ("Pavel", "Novák"), ("Aiko", "Tanaka"), ("Desmond", "Owusu")),
)
