"""What pharmacies dispense, as the extract of a pharmacy benefit manager that the shipped mapping ``pharmacy`` reads.

The same seed, families and day give the same bytes. Memory stays constant.
"""

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from wellkept.demo.families import YEAR, Family, Person, chance
from wellkept.demo.interchange import money, stamp
from wellkept.demo.medicines import BY_WORD, MEDICINES, SCRIPTS, Medicine
from wellkept.demo.scenes import Scene, npi

HEAD = (
    "AUTHORIZATION_NUMBER", "CARDHOLDER_ID", "GROUP_ID", "PATIENT_FIRST_NAME", "PATIENT_LAST_NAME", "DATE_OF_BIRTH",
    "SERVICE_PROVIDER_ID", "PHARMACY_NAME", "TRANSACTION_STATUS", "DATE_OF_SERVICE", "DATE_PAID", "PRODUCT_ID",
    "PRODUCT_NAME", "QUANTITY_DISPENSED", "DAYS_SUPPLY", "FILL_NUMBER", "GROSS_AMOUNT_DUE", "DISCOUNT_AMOUNT",
    "AMOUNT_APPLIED_TO_DEDUCTIBLE", "AMOUNT_OF_COINSURANCE", "AMOUNT_OF_COPAY", "AMOUNT_NOT_COVERED",
    "PATIENT_PAY_AMOUNT", "TOTAL_AMOUNT_PAID",
)  # fmt: skip
LOOK_BACK = 360
REJECTED = 0.03
FIRST_NPI = 199_970_000
SALT = 131  # keeps what a family is given apart from what else is drawn for it
A_MEMBER = 0.6


@dataclass(slots=True)
class Dispensed:
    """What was written: how many claims, and cents billed and paid."""

    claims: int = 0
    billed: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Fill:
    """One filling. ``number`` is 0 for the first, then the refill's."""

    person: Person
    medicine: Medicine
    on: date
    number: int


def pharmacy_csv(
    path: Path,
    scene: Scene,
    families: Iterable[Family],
    *,
    seed: int,
    today: date,
    medicines_a_member: float = A_MEMBER,
) -> Dispensed:
    """Write the pharmacy claims of ``families``; returns what they come to, for a control file."""
    dispensed = Dispensed()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for family in families:
            rng = chance(seed + SALT, family.index)
            made = fills(family, rng, medicines_a_member=medicines_a_member, today=today)
            for count, fill in enumerate(made):
                writer.writerow(row(scene, family, fill, rng, count=count, dispensed=dispensed))
    return dispensed


def control_csv(path: Path, dispensed: Dispensed) -> None:
    """Write the control totals of a pharmacy file."""
    billed, paid = money(dispensed.billed), money(dispensed.paid)
    path.write_text(f"kind,count,billed,paid\npharmacy,{dispensed.claims},{billed},{paid}\n", encoding="utf-8")


def fills(family: Family, rng: random.Random, *, medicines_a_member: float, today: date) -> Iterator[Fill]:
    """Every filling of a family while it was covered."""
    last = min(family.ended or today, today - timedelta(days=2))
    for person in family.people:
        for medicine, days_ago, times in taken(person, rng, medicines_a_member=medicines_a_member, today=today):
            first = today - timedelta(days=days_ago)
            for number in range(times):
                on = first + timedelta(days=number * medicine.days)
                if family.began <= on <= last and on >= person.born:
                    yield Fill(person, medicine, on, number)


def taken(
    person: Person, rng: random.Random, *, medicines_a_member: float, today: date
) -> Iterator[tuple[Medicine, int, int]]:
    """Medicine, days ago of its first filling, and how often it was filled."""
    if person.part:
        for word, days_ago, times in SCRIPTS[person.part]:
            yield BY_WORD[word], days_ago, times
        return
    age = int((today - person.born).days / YEAR)
    kinds = [m for m in MEDICINES if m.from_age <= age <= m.to_age and m.gender in ("", person.gender)]
    weights = [medicine.weight for medicine in kinds]
    wanted = int(medicines_a_member * (2.0 if age >= 50 else 0.6) + rng.random())
    for medicine in dict.fromkeys(rng.choices(kinds, weights, k=wanted)) if kinds else ():
        days_ago = rng.randrange(5, LOOK_BACK)
        yield medicine, days_ago, 1 + days_ago // medicine.days if medicine.monthly else 1


def row(scene: Scene, family: Family, fill: Fill, rng: random.Random, *, count: int, dispensed: Dispensed) -> list[str]:
    """One filling as the extract writes it: billed - discount = price = paid + what the member pays."""
    person, medicine = fill.person, fill.medicine
    billed = rng.randrange(medicine.least, medicine.most)
    rejected = rng.random() < REJECTED and not person.part
    price = 0 if rejected else billed * rng.randrange(60, 92) // 100
    copay = min(medicine.copay, price)
    paid = price - copay
    dispensed.claims, dispensed.billed, dispensed.paid = (
        dispensed.claims + 1, dispensed.billed + billed, dispensed.paid + paid,
    )  # fmt: skip
    place = family.index % len(scene.towns)
    not_covered = billed if rejected else 0
    return [
        f"RX{family.index:07}{count:04}", family.number, family.employer.group, person.first, person.last,
        stamp(person.born), pharmacy_npi(scene, place), f"{scene.towns[place].name} Pharmacy".upper(),
        "R" if rejected else "P", stamp(fill.on), stamp(fill.on + timedelta(days=1)), medicine.ndc, medicine.name,
        str(medicine.quantity), str(medicine.days), str(fill.number), money(billed),
        money(0 if rejected else billed - price), money(0), money(0), money(copay), money(not_covered),
        money(copay + not_covered), money(paid),
    ]  # fmt: skip


def pharmacy_npi(scene: Scene, place: int) -> str:
    """The NPI of a town's pharmacy, another in each scene."""
    return npi(FIRST_NPI + sum(scene.payer_id.encode()) * 10 + place)
