"""Medicines of everyday life for the demonstration: generic names are public, codes and prices are invented."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine as dispensed. Prices in cents; ``monthly``: filled again every month; ``ndc`` has 11 digits."""

    ndc: str
    name: str
    quantity: int
    days: int
    least: int
    most: int
    copay: int
    weight: int
    monthly: bool = True
    from_age: int = 0
    to_age: int = 120
    gender: str = ""


# 99901 is a labeler that nobody was given.
MEDICINES: Final = (
    Medicine("99901010130", "METFORMIN 500 MG TABLET", 60, 30, 900, 1900, 500, 14, from_age=35),
    Medicine("99901010230", "LISINOPRIL 10 MG TABLET", 30, 30, 700, 1500, 500, 16, from_age=35),
    Medicine("99901010390", "ATORVASTATIN 20 MG TABLET", 90, 90, 1800, 4200, 1000, 14, from_age=40),
    Medicine("99901010490", "LEVOTHYROXINE 50 MCG TABLET", 90, 90, 2100, 4800, 1000, 9, from_age=25),
    Medicine("99901010501", "ALBUTEROL HFA 90 MCG INHALER", 1, 30, 3900, 7200, 2500, 8, monthly=False),
    Medicine("99901010620", "AMOXICILLIN 500 MG CAPSULE", 20, 10, 800, 1700, 500, 10, monthly=False, from_age=12),
    Medicine("99901010701", "AMOXICILLIN 250 MG/5 ML", 100, 10, 900, 1900, 500, 16, monthly=False, to_age=11),
    Medicine("99901010830", "OMEPRAZOLE 20 MG CAPSULE", 30, 30, 1000, 2600, 500, 9, from_age=20),
    Medicine("99901010930", "SERTRALINE 50 MG TABLET", 30, 30, 900, 2100, 500, 8, from_age=16),
    Medicine(
        "99901011028", "NORETHINDRONE 0.35 MG TABLET", 28, 28, 1500, 3200, 0, 8, from_age=16, to_age=45, gender="F"
    ),
    Medicine("99901011130", "MONTELUKAST 10 MG TABLET", 30, 30, 1100, 2600, 500, 5, from_age=6),
    Medicine("99901011204", "ADALIMUMAB 40 MG/0.4 ML PEN", 2, 28, 520000, 690000, 15000, 1, from_age=20),
)
BY_WORD: Final = {medicine.name.partition(" ")[0]: medicine for medicine in MEDICINES}
# What the people everybody meets take: first word, days ago of the first filling, how many fillings.
SCRIPTS: Final = {
    "subscriber": (("LISINOPRIL", 190, 6), ("SERTRALINE", 145, 5)),
    "spouse": (("METFORMIN", 168, 5), ("ATORVASTATIN", 160, 2)),
    "teenager": (("ALBUTEROL", 88, 1),),
    "child": (("AMOXICILLIN", 129, 1),),
    "stranger": (("OMEPRAZOLE", 75, 2),),
    "ended": (("LISINOPRIL", 185, 3),),
    "without claims": (),
    "unknown reason": (),
}
