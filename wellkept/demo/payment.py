"""The 835 (005010X221A1) of decisions: one payment for each biller and pay day, which comes out to the cent."""

from datetime import date

from wellkept.demo.families import Person
from wellkept.demo.interchange import money, stamp
from wellkept.demo.scenes import Biller, Scene
from wellkept.demo.visits import Line, Visit

PRIMARY, SECONDARY, DENIED, REVERSAL = "1", "2", "4", "22"  # CLP02


def payment(scene: Scene, biller: Biller, *, paid: date, number: int, claims: list[str], cents: int) -> list[str]:
    """The whole set around the loops of its claims."""
    day = stamp(paid)
    method = f"BPR*I*{money(cents)}*C*ACH*CCP*01*000000000*DA*0001*1000999999**01*000000000*DA*0002*{day}"
    return [
        method if cents else f"BPR*H*0*C*NON************{day}",
        f"TRN*1*P{number}*1000999999",
        f"DTM*405*{day}",
        f"N1*PR*{scene.payer}",
        "N3*1 PAYER WAY",
        f"N4*{scene.towns[0].name}*{scene.towns[0].state}*{scene.towns[0].postal_code}",
        "PER*BL*PROVIDER LINE*TE*8005550198",
        f"N1*PE*{biller.name}*XX*{biller.npi}",
        f"REF*TJ*{biller.tax_id}",
        "LX*1",
        *claims,
    ]


def decision(visit: Visit) -> tuple[list[str], int]:
    """The loop of a first decision, and what it pays in cents."""
    status = {"denied": DENIED, "other payer": SECONDARY}.get(visit.outcome, PRIMARY)
    return loop(visit, visit.lines, status=status, sign=1)


def correction(visit: Visit) -> tuple[list[str], int]:
    """A reversal with all amounts turned round, and the decision that stands then (005010X221A1, section 1.10.2.8)."""
    back, taken = loop(visit, visit.lines, status=REVERSAL, sign=-1)
    anew, given = loop(visit, visit.corrected, status=PRIMARY, sign=1)
    return back + anew, taken + given


def loop(visit: Visit, lines: list[Line], *, status: str, sign: int) -> tuple[list[str], int]:
    """CLP and everything below it, and what it pays in cents."""
    charge, paid = sum(line.charge for line in lines), sum(line.paid for line in lines)
    owed = sum(cents for line in lines for group, _, cents in line.cuts if group == "PR")
    place, family = visit.care.place, visit.family
    due = money(owed) if sign > 0 else ""
    numbers = f"{family.number[:2]}{visit.number}*{place}*1"
    told = [
        f"CLP*{visit.number}*{status}*{money(sign * charge)}*{money(sign * paid)}*{due}*12*{numbers}",
        f"{name(visit.person)}*MI*{family.number}",
        f"REF*1L*{family.employer.group}",
        f"DTM*232*{stamp(visit.served)}",
        f"DTM*233*{stamp(visit.until)}",
        f"DTM*050*{stamp(visit.filed)}",
    ]
    for number, line in enumerate(lines, 1):
        serviced(told, visit, line, number=number, sign=sign, denied=status == DENIED)
    return told, sign * paid


def name(person: Person) -> str:
    """The patient, ready for the number."""
    return f"NM1*QC*1*{person.last}*{person.first}*{person.middle}**{person.suffix}"


def serviced(told: list[str], visit: Visit, line: Line, *, number: int, sign: int, denied: bool) -> None:
    """SVC, its adjustments, and the plan's price."""
    code = f"HC:{line.code}" if line.code else f"NU:{line.revenue}"
    revenue = line.revenue if line.code else ""
    told += (
        f"SVC*{code}*{money(sign * line.charge)}*{money(sign * line.paid)}*{revenue}*{line.units}",
        f"DTM*472*{stamp(visit.served)}",
    )
    told.extend(f"CAS*{group}*{reason}*{money(sign * cents)}" for group, reason, cents in line.cuts)
    told.append(f"REF*6R*{visit.number}-{number}")
    if sign > 0 and not denied and line.paid + sum(c for g, _, c in line.cuts if g != "CO"):
        told.append(f"AMT*B6*{money(line.allowed)}")
    if denied:
        told.append("LQ*HE*N130")
