"""What the invented plans pay for, and how far their members are: the files a plan's claims system would send.

The last employer's system sends no balances, so that its members see what is added up from their claims instead.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from wellkept.demo import pharmacy
from wellkept.demo.families import Family, Person, chance, families
from wellkept.demo.interchange import money
from wellkept.demo.scenes import Employer, Scene
from wellkept.demo.visits import Visit, visits

DEDUCTIBLE: Final = frozenset({"1"})
SHARED: Final = frozenset({"1", "2", "3"})  # deductible, coinsurance, copay: claim adjustment reason codes
# Kind of care: copay and coinsurance in the network, coinsurance outside of it, and what else there is to know.
PPO: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "preventive": ("0", "", "40", "No deductible in the network"),
    "primary care": ("30.00", "", "40", ""),
    "specialist": ("50.00", "", "40", ""),
    "virtual visit": ("15.00", "", "", ""),
    "urgent care": ("60.00", "", "40", ""),
    "emergency": ("250.00", "20", "20", "The copay falls away if you are admitted"),
    "hospital": ("", "20", "40", "Call before a planned stay"),
    "lab": ("", "20", "40", ""),
    "imaging": ("", "20", "40", "Scans need approval first"),
    "mental health": ("30.00", "", "40", ""),
    "therapy": ("30.00", "", "40", "30 visits a year"),
    "prescription generic": ("10.00", "", "", ""),
    "prescription brand": ("45.00", "", "", ""),
}
SAVER: Final[Mapping[str, tuple[str, str, str, str]]] = {
    name: ("", "0" if name == "preventive" else "20", "50", note) for name, (_, _, _, note) in PPO.items()
}
NOT_COVERED: Final = ("vision", "dental", "hearing")
PLANS: Final = (
    "sponsor", "group_number", "plan", "network", "plan_year_begins", "as_of", "service", "covered", "copay",
    "coinsurance", "note", "deductible_person", "deductible_family", "out_of_pocket_person", "out_of_pocket_family",
)  # fmt: skip
BALANCES: Final = (
    "member_number", "group_number", "birth_date", "first_name", "last_name", "plan", "plan_year_begins", "kind",
    "scope", "network", "amount", "as_of",
)  # fmt: skip

Row = dict[str, str]


def plans_csv(path: Path, scene: Scene, today: date) -> int:
    """Write the terms of every employer's plans for the year of ``today``; returns how many rows."""
    return written(path, PLANS, (row for employer in scene.employers for row in terms(scene, employer, today)))


def balances_csv(path: Path, scene: Scene, *, members: int, claims_a_member: float, seed: int, today: date) -> int:
    """Write the balances at the end of last month of the book with the same arguments; returns how many rows.

    They are the cost-sharing of the decisions that book holds until then, so that they agree with its claims.
    """
    until = max(today.replace(day=1) - timedelta(days=1), date(today.year, 1, 1))
    everybody = families(scene, members=members, seed=seed, today=today)
    told = (family for family in everybody if family.employer is not scene.employers[-1])
    return written(
        path,
        BALANCES,
        (
            row
            for family in told
            for row in of_family(scene, family, claims_a_member=claims_a_member, seed=seed, today=today, until=until)
        ),
    )


def terms(scene: Scene, employer: Employer, today: date) -> Iterator[Row]:
    """The rows of one employer: of each plan its sums and each kind of care, in the network and outside."""
    year = date(today.year, 1, 1).isoformat()
    for plan in scene.plans:
        prices = SAVER if "SAVER" in plan else PPO
        deductible = int(plan.rsplit(" ", 1)[1])
        for network, times in (("in", 1), ("out", 3)):
            said = {
                "sponsor": employer.name, "group_number": employer.group, "plan": plan, "network": network,
                "plan_year_begins": year, "as_of": year,
            }  # fmt: skip
            most = 2 * deductible if prices is SAVER else 4000
            yield said | {
                "coinsurance": "20" if times == 1 else "40",
                "deductible_person": f"{deductible * times}.00",
                "deductible_family": f"{2 * deductible * times}.00",
                "out_of_pocket_person": f"{most * times}.00",
                "out_of_pocket_family": f"{2 * most * times}.00",
            }
            for service, (copay, share, outside, note) in prices.items():
                paid = {"copay": copay, "coinsurance": share} if times == 1 else {"coinsurance": outside}
                words = note if times == 1 else ""
                yield (
                    said | {"service": service, "note": words, "covered": "yes" if any(paid.values()) else "no"} | paid
                )
            yield from (said | {"service": service, "covered": "no"} for service in NOT_COVERED)


def of_family(
    scene: Scene, family: Family, *, claims_a_member: float, seed: int, today: date, until: date
) -> Iterator[Row]:
    """The rows of one family: of each person, and of all together on the subscriber's."""
    sums = {person.first: [0, 0] for person in family.people}
    for visit in visits(scene, family, claims_a_member=claims_a_member, seed=seed, today=today):
        if visit.served.year == until.year:
            for place, reasons in enumerate((DEDUCTIBLE, SHARED)):
                sums[visit.person.first][place] += counted(visit, reasons, until)
    for person, cents in copays(scene, family, seed=seed, today=today, until=until):
        sums[person.first][1] += cents
    for person in family.people:
        yield from rows(family, person, "person", sums[person.first], until)
    if len(family.people) > 1:
        yield from rows(
            family, family.subscriber, "family", [sum(two) for two in zip(*sums.values(), strict=True)], until
        )


def copays(scene: Scene, family: Family, *, seed: int, today: date, until: date) -> Iterator[tuple[Person, int]]:
    """Cents that a family paid for medicines this year and until a day, as the pharmacy file of the book has them."""
    rng = chance(seed + pharmacy.SALT, family.index)
    for count, fill in enumerate(pharmacy.fills(family, rng, medicines_a_member=pharmacy.A_MEMBER, today=today)):
        cells = pharmacy.row(scene, family, fill, rng, count=count, dispensed=pharmacy.Dispensed())
        said = dict(zip(pharmacy.HEAD, cells, strict=True))
        if said["TRANSACTION_STATUS"] == "P" and fill.on.year == until.year and fill.on < until:
            yield fill.person, int(Decimal(said["AMOUNT_OF_COPAY"]) * 100)


def counted(visit: Visit, reasons: frozenset[str], until: date) -> int:
    """Cents that the decision standing on a day takes off for these reasons."""
    if visit.decided is None or visit.decided > until:
        return 0
    lines = visit.corrected if visit.corrected_on and visit.corrected_on <= until else visit.lines
    return sum(cents for line in lines for group, reason, cents in line.cuts if group == "PR" and reason in reasons)


def rows(family: Family, person: Person, scope: str, sums: list[int], until: date) -> Iterator[Row]:
    """Deductible and out-of-pocket of one person or of the family, as the plan's system counts them."""
    for kind, cents in zip(("deductible", "out_of_pocket"), sums, strict=True):
        yield {
            "member_number": family.number,
            "group_number": family.employer.group,
            "birth_date": person.born.isoformat(),
            "first_name": person.first,
            "last_name": person.last,
            "plan": family.plan,
            "plan_year_begins": date(until.year, 1, 1).isoformat(),
            "kind": kind,
            "scope": scope,
            "network": "in",
            "amount": money(cents),
            "as_of": until.isoformat(),
        }


def written(path: Path, columns: tuple[str, ...], told: Iterable[Row]) -> int:
    """Write a table row by row; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        for row in told:
            table.writerow(row)
            count += 1
    return count
