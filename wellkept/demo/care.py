"""Kinds of care: who gives it, to whom, for which diagnoses, and what is billed.

Codes are real ones of everyday care, prices are invented.

Codes: ICD-10-CM, CPT and HCPCS numbers without their descriptions, NUBC revenue codes, CMS places of service.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Item:
    """One billed thing: procedure (none for a room), price in cents from and to, revenue code (institutional alone)."""

    code: str
    least: int
    most: int
    revenue: str = ""
    units: int = 1


@dataclass(frozen=True, slots=True)
class Care:
    """A kind of visit. ``place`` is a place of service, or a hospital's type of bill; a stay has ``nights``."""

    name: str
    kind: str
    place: str
    diagnoses: tuple[str, ...]
    items: tuple[Item, ...]
    weight: int
    from_age: int = 0
    to_age: int = 120
    gender: str = ""
    copay: int = 0
    nights: int = 0

    @property
    def institutional(self) -> bool:
        """Whether a hospital files it."""
        return self.kind == "hospital"


CARE: Final = (
    Care("visit", "family", "11", ("J069", "J029", "R519", "M545"), (Item("99213", 13000, 19000),), 26, copay=3000),
    Care(
        "long visit",
        "family",
        "11",
        ("I10", "E119", "E785"),
        (Item("99214", 19000, 27500),),
        12,
        from_age=18,
        copay=3000,
    ),
    Care(
        "strep",
        "children",
        "11",
        ("J020", "J029"),
        (Item("99213", 12000, 16000), Item("87880", 3500, 5200)),
        12,
        to_age=17,
        copay=2500,
    ),
    Care(
        "check-up",
        "children",
        "11",
        ("Z00129",),
        (Item("99393", 16500, 21000), Item("90471", 2800, 4100)),
        10,
        from_age=1,
        to_age=17,
    ),
    Care(
        "yearly visit",
        "family",
        "11",
        ("Z0000",),
        (Item("99396", 21000, 29000), Item("36415", 1500, 2600)),
        9,
        from_age=18,
    ),
    Care(
        "bloods",
        "lab",
        "81",
        ("E119", "I10", "Z0000"),
        (Item("80053", 4800, 9000), Item("85025", 2600, 4800), Item("83036", 3300, 5900)),
        14,
        from_age=18,
    ),
    Care("chest image", "imaging", "22", ("R059", "R0789"), (Item("71046", 14000, 26000),), 5),
    Care("ankle image", "imaging", "22", ("S93401A", "M25571"), (Item("73610", 11500, 19000),), 5),
    Care("breast screening", "imaging", "22", ("Z1231",), (Item("77067", 24500, 38000),), 5, from_age=40, gender="F"),
    Care(
        "exercises",
        "movement",
        "11",
        ("M545", "M25511"),
        (Item("97110", 7800, 11500, units=2), Item("97140", 6900, 9800)),
        9,
        from_age=12,
        copay=4000,
    ),
    Care(
        "counseling",
        "therapy",
        "10",
        ("F411", "F4323", "F330"),
        (Item("90834", 15000, 21000),),
        8,
        from_age=14,
        copay=3000,
    ),
    Care(
        "first counseling",
        "therapy",
        "11",
        ("F419", "F4321"),
        (Item("90791", 22000, 31000),),
        2,
        from_age=14,
        copay=3000,
    ),
    Care(
        "emergency",
        "hospital",
        "13",
        ("R0789", "S52501A", "R109"),
        (
            Item("99284", 92000, 168000, "0450"),
            Item("80053", 11000, 21000, "0300"),
            Item("71046", 24000, 46000, "0320"),
        ),
        4,
    ),
    Care(
        "emergency stay",
        "hospital",
        "11",
        ("K3580", "J189", "I214"),
        (
            Item("", 310000, 520000, "0120", 3),
            Item("", 88000, 190000, "0250"),
            Item("85025", 12000, 22000, "0300"),
            Item("99285", 180000, 290000, "0450"),
        ),
        1,
        nights=3,
    ),
)
BY_NAME: Final = {care.name: care for care in CARE}

# What the people everybody meets have been through: kind of care, days ago, outcome (visits.OUTCOMES).
SCRIPTS: Final = {
    "subscriber": (
        ("yearly visit", 210, "paid"),
        ("bloods", 206, "bundled"),
        ("counseling", 150, "paid"),
        ("counseling", 122, "paid"),
        ("breast screening", 140, "reversed"),
        ("emergency", 96, "deductible"),
        ("visit", 61, "denied"),
        ("exercises", 9, "waiting"),
    ),
    "spouse": (
        ("long visit", 170, "paid"),
        ("bloods", 168, "deductible"),
        ("ankle image", 83, "other payer"),
        ("visit", 6, "waiting"),
    ),
    "teenager": (
        ("check-up", 230, "paid"),
        ("first counseling", 104, "paid"),
        ("counseling", 90, "paid"),
        ("ankle image", 55, "deductible"),
    ),
    "child": (("strep", 130, "paid"), ("check-up", 70, "paid")),
    "stranger": (("visit", 120, "paid"), ("counseling", 88, "paid"), ("emergency stay", 200, "deductible")),
    "ended": (("visit", 190, "paid"), ("long visit", 160, "denied"), ("bloods", 158, "paid")),
    "without claims": (),
    "unknown reason": (("visit", 90, "unknown"), ("bloods", 66, "paid")),
}
