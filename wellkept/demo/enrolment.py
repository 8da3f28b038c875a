"""The 834 (005010X220A1) of families: one set for each employer and some hundred people."""

from datetime import date

from wellkept.demo.families import Family, Person
from wellkept.demo.interchange import stamp
from wellkept.demo.scenes import Employer, Scene


def head(scene: Scene, employer: Employer, *, number: int, today: date) -> list[str]:
    """BGN and who sends to whom: a full file of today."""
    day = stamp(today)
    return [
        f"BGN*00*E{number}*{day}*0600****4",
        f"REF*38*{employer.group}",
        f"DTP*007*D8*{day}",
        f"N1*P5*{employer.name}*FI*{employer.tax_id}",
        f"N1*IN*{scene.payer}*FI*000999999",
    ]


def members(family: Family) -> list[str]:
    """The loops of a whole family, subscriber first."""
    lines: list[str] = []
    for person in family.people:
        lines += member(family, person)
    return lines


def member(family: Family, person: Person) -> list[str]:
    """INS, numbers, name, where they live, birth date, coverage."""
    own = person is family.people[0]
    ended = family.ended
    level = ("EMP", "ESP", "FAM")[min(len(family.people), 3) - 1]
    change, why = ("024", "07") if ended else ("030", "XN")
    lines = [
        f"INS*{'Y' if own else 'N'}*{person.relationship}*{change}*{why}*A{'***FT' if own else ''}",
        f"REF*0F*{family.number}",
        f"REF*1L*{family.employer.group}",
        f"DTP*356*D8*{stamp(family.began)}",
        f"NM1*IL*1*{person.last}*{person.first}*{person.middle}**{person.suffix}".rstrip("*"),
        f"PER*IP**HP*{family.phone}*EM*{family.email}" if own else f"PER*IP**HP*{family.phone}",
        f"N3*{family.street}",
        f"N4*{family.town.name}*{family.town.state}*{family.town.postal_code}",
        f"DMG*D8*{stamp(person.born)}*{person.gender}",
        f"HD*{change}**HLT*{family.plan}*{level}",
        f"DTP*348*D8*{stamp(family.began)}",
    ]
    if ended:
        lines.insert(4, f"DTP*357*D8*{stamp(ended)}")
        lines.append(f"DTP*349*D8*{stamp(ended)}")
    return lines
