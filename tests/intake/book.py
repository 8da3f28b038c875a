"""Files with invented people: a family of four, twins among them, and somebody else with the same number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.exchange.x12.samples import interchange, transaction

GUIDES = {"834": "005010X220A1", "837": "005010X222A1", "835": "005010X221A1"}
CLINIC = "NM1*85*2*LINDEN CLINIC*****XX*1234567893"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a plan."""

    number: str
    first: str
    last: str
    born: str
    relationship: str = "18"
    group: str = "G-7"
    sponsor: str = "EXAMPLE WORKS"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one member."""

    member: Member
    number: str
    charge: str = "240"
    paid: str = "49.6"
    diagnosis: str = "E119"
    procedure: str = "80053"
    status: str = "1"
    group: str = ""
    frequency: str = "1"


ERIKA = Member("S-100", "ERIKA", "QUITZOW", "19800515")
OTTO = Member("S-100", "OTTO", "QUITZOW", "19790101", "01")
ANNA = Member("S-100", "ANNA", "QUITZOW", "20150607", "19")
ELSA = Member("S-100", "ELSA", "QUITZOW", "20150607", "19")
KARL = Member("S-200", "KARL", "ZEHNTER", "19660606", group="G-8", sponsor="OTHER WORKS")
PEOPLE = (ERIKA, OTTO, ANNA, ELSA, KARL)
CLAIMS = (
    Claim(ERIKA, "QC-1"), Claim(OTTO, "QC-2", charge="100", paid="80"), Claim(ANNA, "QC-3", diagnosis="F321"),
    Claim(ELSA, "QC-4", charge="77.5", paid="0", status="4"), Claim(KARL, "QC-5", charge="1200", paid="1000"),
    Claim(ERIKA, "QC-6", diagnosis="J069"),
)  # fmt: skip


def enrolment(
    people: Sequence[Member] = PEOPLE,
    *,
    day: str = "20261101",
    ends: str = "",
    street: str = "7 KIEFERNWEG",
    action: str = "2",
    begins: str = "20240101",
) -> str:
    """The body of an 834 of one sponsor's people, each with the sponsor of the first."""
    body = [f"BGN*00*1*{day}*1200****{action}", f"N1*P5*{people[0].sponsor}*FI*111111111"]
    body += ["N1*IN*EXAMPLE PLAN*24*222222222"]
    for one in people:
        body += [
            f"INS*{'Y' if one.relationship == '18' else 'N'}*{one.relationship}*021*28*A***FT", f"REF*0F*{one.number}",
            f"REF*1L*{one.group}", f"NM1*IL*1*{one.last}*{one.first}****34*987654321",
            "PER*IP**HP*5550107788*EM*quitzow@example.org", f"N3*{street}", "N4*SPRINGFIELD*WI*53001",
            f"DMG*D8*{one.born}*F", "HD*021**HLT*GOLD*FAM", f"DTP*348*D8*{begins}",
        ]  # fmt: skip
        body += [f"DTP*349*D8*{ends}"] if ends else []
    return "\n".join(body)


def filing(claims: Sequence[Claim] = CLAIMS, *, day: str = "20260301") -> str:
    """The body of an 837P."""
    body = [f"BHT*0019*00*B1*{day}*1200*CH", "NM1*41*2*SENDING HOUSE*****46*999", "PER*IC*HELP*TE*5550000000"]
    body += [
        "NM1*40*2*EXAMPLE PLAN*****46*888",
        "HL*1**20*1",
        CLINIC,
        "N3*5 ELM ST",
        "N4*SPRINGFIELD*WI*53001",
        "REF*EI*333333333",
    ]
    for level, claim in enumerate(claims, start=2):
        one = claim.member
        body += [
            f"HL*{level}*1*22*0", f"SBR*P*18*{claim.group or one.group}******CI",
            f"NM1*IL*1*{one.last}*{one.first}****MI*{one.number}",
            f"DMG*D8*{one.born}*F", "NM1*PR*2*EXAMPLE PLAN*****PI*P1",
            f"CLM*{claim.number}*{claim.charge}***11:B:{claim.frequency}*Y*A*Y*Y", f"HI*ABK:{claim.diagnosis}", "LX*1",
            f"SV1*HC:{claim.procedure}*{claim.charge}*UN*1***1", "DTP*472*D8*20260210", f"REF*6R*{claim.number}-L1",
        ]  # fmt: skip
    return "\n".join(body)


def remittance(claims: Sequence[Claim] = CLAIMS, *, day: str = "20260320", named: bool = True) -> str:
    """The body of an 835; without ``named`` it identifies nobody by number."""
    total = sum(float(claim.paid) for claim in claims)
    body = [
        f"BPR*I*{total:g}*C*ACH*CCP*01*1*DA*1*1*1*01*1*DA*1*{day}",
        "TRN*1*T-9*1512345678",
        "N1*PR*EXAMPLE PLAN*XV*P1",
    ]
    body += ["N1*PE*LINDEN CLINIC*XX*1234567893", "LX*1"]
    for claim in claims:
        one, owed = claim.member, float(claim.charge) - float(claim.paid)
        number = f"****MI*{one.number}" if named else ""
        body += [
            f"CLP*{claim.number}*{claim.status}*{claim.charge}*{claim.paid}*{owed:g}*12*PAY-{claim.number}*11*1",
            f"NM1*QC*1*{one.last}*{one.first}{number}", *([f"REF*1L*{claim.group}"] if claim.group else []),
            "DTM*050*20260302", f"SVC*HC:{claim.procedure}*{claim.charge}*{claim.paid}**1", "DTM*472*20260210",
            f"CAS*PR*3*{owed:g}", f"REF*6R*{claim.number}-L1",
        ]  # fmt: skip
    return "\n".join(body)


def reversed_(claim: Claim) -> Claim:
    """The claim as a reversal repeats it."""
    return replace(claim, charge=f"-{claim.charge}", paid=f"-{claim.paid}", status="22")


def written(folder: Path, name: str, *bodies: str, number: str = "000000001") -> Path:
    """A file of one interchange, each body a set of the kind that the name ends with."""
    guide = GUIDES[name.rpartition(".")[2]]
    sets = [transaction(body, guide, f"{place:04}") for place, body in enumerate(bodies, start=1)]
    path = folder / name
    path.write_text(interchange(*sets, guide=guide, number=number), encoding="ascii")
    return path


def by_sponsor(folder: Path) -> Path:
    """Everybody: an 834 with one set for each sponsor."""
    return written(folder, "all.834", enrolment(PEOPLE[:4]), enrolment(PEOPLE[4:]))
