"""Coverage as an enrolment. It makes a person only where it names number, group and, by its patient, the birth date."""

from typing import Final

from wellkept.exchange.fhir.directory import Directory, covered
from wellkept.exchange.fhir.elements import Resource, code, day, inner, text
from wellkept.exchange.fhir.lines import NotReadError
from wellkept.intake.values import ENROLMENT, Content, Naming, Statement

# HL7 subscriber-relationship to X12 individual relationship (INS02).
RELATIONSHIPS: Final = {"self": "18", "spouse": "01", "child": "19", "common": "53", "parent": "03", "other": "G8"}
# What Coverage.type says, as an insurance line of X12 (HD03); all else is health.
LINES: Final = {"DENTPRG": "DEN", "DENTAL": "DEN", "VISPOL": "VIS", "DRUGPOL": "PDG", "LTC": "LTC", "MCPOL": "HLT"}


def enrolment(resource: Resource, directory: Directory) -> Statement:
    """A coverage as a statement; raises ``NotReadError`` where it does not say whose it is."""
    status = text(resource, "status")
    if status not in ("active", "cancelled"):
        raise NotReadError("The coverage is neither active nor cancelled.")
    found = covered(resource)
    person = directory.patients.get(found.beneficiary)
    if person is None:
        raise NotReadError("No patient of these files is the beneficiary.")
    number = found.number or person.number
    if not (number and found.group and person.birth_date and person.last):
        raise NotReadError("It does not name a member: number, group, last name and birth date are needed.")
    begins, ends = day(resource, "period", "start"), day(resource, "period", "end")
    if begins and ends and ends < begins:
        raise NotReadError("The coverage ends before it begins.")
    content: Content = {
        "relationship": RELATIONSHIPS.get(code(inner(resource, "relationship")), "G8"),
        "name": [person.first, person.middle, person.last, person.suffix],
        "gender": person.gender,
        "state": person.state,
        "numbers": sorted({one for one in (number, person.number) if one}),
        "sponsor": found.holder,
        "sponsor_number": "",
        "group": found.group,
        "told_on": day(resource, "meta", "lastUpdated"),
        "address": list(person.address),
        "phone": person.phone,
        "email": person.email,
        "coverages": [
            {
                "line": LINES.get(code(inner(resource, "type")), "HLT"),
                "description": text(resource, "network"),
                "level": "",
                "maintenance": "024" if status == "cancelled" else "030",
                "begins": begins,
                "ends": ends,
            }
        ],
        "maintenance": "030",
        "begins": begins,
        "ends": ends,
    }
    naming = Naming(
        number=number, first=person.first, last=person.last, birth_date=person.birth_date, group=found.group
    )
    return Statement(kind=ENROLMENT, naming=naming, content=content, sender=found.holder)
