"""The 837 of visits, professional (005010X222A1) and institutional (005010X223A2): one set for each day of filing.

A clearinghouse sends them; below it stand the billers, below those subscribers, patients and claims.
"""

from datetime import date
from itertools import groupby

from wellkept.demo.families import Family, Person
from wellkept.demo.interchange import money, stamp
from wellkept.demo.scenes import Biller, Scene
from wellkept.demo.visits import Visit


def filing(scene: Scene, *, filed: date, number: int, made: list[Visit]) -> list[str]:
    """The whole set: who sends, and each biller with its claims."""
    lines = [
        f"BHT*0019*00*F{number}*{stamp(filed)}*0600*CH",
        "NM1*41*2*OPEN FIELD CLEARINGHOUSE*****46*000555001",
        "PER*IC*CLAIMS OFFICE*TE*8005550199",
        f"NM1*40*2*{scene.payer}*****46*{scene.payer_id}",
    ]
    level = 0
    for _, of_one in groupby(sorted(made, key=biller_of), key=biller_of):
        visits = list(of_one)
        level = above = biller(lines, visits[0].biller, level=level + 1)
        for visit in visits:
            level = people(lines, visit, scene=scene, level=level + 1, above=above)
            claim(lines, visit)
    return lines


def biller_of(visit: Visit) -> str:
    """By what claims are put in order."""
    return visit.biller.npi


def biller(lines: list[str], who: Biller, *, level: int) -> int:
    """The level of a biller; returns its number."""
    lines += (
        f"HL*{level}**20*1",
        f"NM1*85*2*{who.name}*****XX*{who.npi}",
        "N3*1 CARE WAY",
        f"N4*{who.town.name}*{who.town.state}*{who.town.postal_code}0001",
        f"REF*EI*{who.tax_id}",
    )
    return level


def people(lines: list[str], visit: Visit, *, scene: Scene, level: int, above: int) -> int:
    """The levels of subscriber and, where it is somebody else, patient; returns the number of the last."""
    family, person, own = visit.family, visit.person, visit.person is visit.family.people[0]
    turn = "S" if visit.outcome == "other payer" else "P"
    subscriber = family.people[0]
    lines += (
        f"HL*{level}*{above}*22*{0 if own else 1}",
        f"SBR*{turn}*{'18' if own else ''}*{family.employer.group}******CI",
        f"{name('IL', subscriber)}*MI*{family.number}",
    )
    if own:
        lived(lines, family, person)
    lines.append(f"NM1*PR*2*{scene.payer}*****PI*{scene.payer_id}")
    if own:
        return level
    lines += (f"HL*{level + 1}*{level}*23*0", f"PAT*{person.relationship}", name("QC", person).rstrip("*"))
    lived(lines, family, person)
    return level + 1


def name(entity: str, person: Person) -> str:
    """NM101 to NM107, ready for an identifier."""
    return f"NM1*{entity}*1*{person.last}*{person.first}*{person.middle}**{person.suffix}"


def lived(lines: list[str], family: Family, person: Person) -> None:
    """Where a patient lives and when they were born."""
    lines += (
        f"N3*{family.street}",
        f"N4*{family.town.name}*{family.town.state}*{family.town.postal_code}",
        f"DMG*D8*{stamp(person.born)}*{person.gender}",
    )


def claim(lines: list[str], visit: Visit) -> None:
    """CLM and its lines."""
    care, charge = visit.care, money(sum(line.charge for line in visit.lines))
    if care.institutional:
        lines += (
            f"CLM*{visit.number}*{charge}***{care.place}:A:1**A*Y*Y",
            f"DTP*434*RD8*{stamp(visit.served)}-{stamp(visit.until)}",
            *((f"DTP*435*DT*{stamp(visit.served)}0700",) if care.nights else ()),
            "CL1*1*1*01",
            f"HI*ABK:{visit.diagnosis}",
        )
    else:
        lines += (f"CLM*{visit.number}*{charge}***{care.place}:B:1*Y*A*Y*Y", f"HI*ABK:{visit.diagnosis}")
    if visit.outcome == "other payer":
        other(lines, visit)
    day = stamp(visit.served)
    for number, line in enumerate(visit.lines, 1):
        code = f"HC:{line.code}" if line.code else ""
        served = f"SV2*{line.revenue}*{code}" if care.institutional else f"SV1*{code}"
        rest = f"UN*{line.units}" if care.institutional else f"UN*{line.units}***1"
        lines += (
            f"LX*{number}",
            f"{served}*{money(line.charge)}*{rest}",
            f"DTP*472*D8*{day}",
            f"REF*6R*{visit.number}-{number}",
        )


def other(lines: list[str], visit: Visit) -> None:
    """The other insurance that paid first."""
    paid = sum(line.allowed * 8 // 10 for line in visit.lines)
    lines += (
        "SBR*P*18*OTHER GROUP*OTHER PLAN*****CI",
        f"AMT*D*{money(paid)}",
        "OI***Y***Y",
        f"{name('IL', visit.person)}*MI*OT{visit.family.number}",
        "NM1*PR*2*OTHER COVERAGE COMPANY*****PI*OTH01",
    )
