"""X12 values as the statements that intake keeps: who is meant, and what is said, without what nobody needs."""

from typing import Any

from wellkept.exchange.x12 import coordination
from wellkept.exchange.x12.texts import adjusted, day, money, parts, written
from wellkept.exchange.x12.values import (
    Address,
    ClaimDecided,
    ClaimFiled,
    ClaimLine,
    Contact,
    Enrolment,
    LineDecided,
    Name,
    Party,
    Procedure,
    Remittance,
    Value,
)
from wellkept.intake.naming import plain
from wellkept.intake.values import DECISION, ENROLMENT, FILING, About, Content, Naming, Statement
from wellkept.people import social

PHONES = ("TE", "HP", "CP", "WP")
# NM108 and REF01 of a member's own numbers. 34 and SY are a social security number, which is no member number.
NUMBERS = ("MI", "23", "ZZ")
SOCIAL = ("34", "SY")


def statement(value: Value, *, remittance: Remittance | None) -> Statement | None:
    """The statement of one value; None for values about no person. ``remittance`` is the head above a decision."""
    if isinstance(value, Enrolment):
        return enrolment(value)
    if isinstance(value, ClaimFiled):
        return filing(value)
    if isinstance(value, ClaimDecided):
        return decision(value, remittance)
    return None


def enrolment(value: Enrolment) -> Statement:
    """An 834 member as a statement."""
    party = value.member
    own = [r.value for r in value.member_ids if r.qualifier in NUMBERS and r.value]
    number = value.subscriber_id or (own[0] if own else "")
    sponsor = written(value.sponsor.name) if value.sponsor else ""
    group = (
        value.policy_number
        or next((c.policy_number for c in value.coverages if c.policy_number), "")
        or value.master_policy_number
    )
    content: Content = {
        "relationship": value.relationship,
        "name": parts(value.name),
        "gender": party.gender,
        "state": party.address.state if party.address else "",
        "numbers": sorted({number, *own}),
        "social": social.kept(*(r.value for r in value.member_ids if r.qualifier in SOCIAL)),
        "sponsor": sponsor or (value.sponsor.identifier if value.sponsor else ""),
        "sponsor_number": value.sponsor.identifier if value.sponsor else "",
        "group": group,
        "told_on": day(value.file_date),
        "address": address(party.address or value.mailing_address),
        "phone": reach(party.contacts, *PHONES),
        "email": reach(party.contacts, "EM"),
        "coverages": [
            {
                "line": c.insurance_line,
                "description": c.plan_description,
                "level": c.coverage_level,
                "maintenance": c.maintenance_type,
                "begins": day(c.begins),
                "ends": day(c.ends),
            }
            for c in value.coverages
        ],
        "maintenance": value.maintenance_type,
        "begins": day(value.eligibility_begins),
        "ends": day(value.eligibility_ends),
    }
    naming = Naming(
        number=number, first=value.name.first, last=value.name.last, birth_date=day(party.birth_date), group=group
    )
    return Statement(kind=ENROLMENT, naming=naming, content=content, sender=sponsor)


def filing(value: ClaimFiled) -> Statement:
    """An 837 claim as a statement."""
    patient, billing = value.patient, value.billing
    gave_care = value.rendering or billing
    content: Content = {
        "kind": "institutional" if value.institutional else "professional",
        "filed": day(value.filed),
        "from": day(value.service_begins),
        "to": day(value.service_ends or value.service_begins),
        "charge": money(value.charge),
        "place": value.facility_code,
        "frequency": value.frequency,
        "diagnoses": [[d.qualifier, d.code] for d in value.diagnoses],
        "lines": [filed_line(line) for line in value.lines],
        "others": coordination.others(value),
    }
    naming = Naming(
        number=value.subscriber.identifier or patient.identifier,
        first=patient.name.first,
        last=patient.name.last,
        birth_date=day(patient.birth_date),
        group=value.group_number,
    )
    about = About(
        number=value.control_number,
        payer_number=value.original_reference,
        biller=biller(billing),
        provider_npi=gave_care.npi,
        provider=written(gave_care.name),
        day=content["filed"],
        code=value.frequency,
    )
    return Statement(kind=FILING, naming=naming, content=content, sender=written(billing.name), about=about)


def decision(value: ClaimDecided, remittance: Remittance | None) -> Statement:
    """An 835 claim as a statement."""
    payee = remittance.payee if remittance else None
    payer = remittance.payer if remittance else None
    patient = value.patient or Party(entity="QC", name=Name(last=""))
    number = (value.subscriber.identifier if value.subscriber else "") or patient.identifier
    content: Content = {
        "payer": written(payer.name) if payer else "",
        "status": value.status,
        "decided": day(remittance.paid or remittance.produced) if remittance else "",
        "received": day(value.received),
        "from": day(value.statement_begins) or first_day(value.lines),
        "to": day(value.statement_ends) or last_day(value.lines),
        "charge": money(value.charge),
        "paid": money(value.paid),
        "owed": money(value.patient_responsibility),
        "allowed": money(value.allowed),
        "frequency": value.frequency,
        "forwarded": coordination.organisation(value.crossover),
        "pays_first": coordination.organisation(value.priority),
        "adjustments": [adjusted(a) for a in value.adjustments],
        "remarks": list(value.remarks),
        "lines": [decided_line(line) for line in value.lines],
    }
    naming = Naming(
        number=number, first=patient.name.first, last=patient.name.last, birth_date="", group=value.group_number
    )
    about = About(
        number=value.control_number,
        payer_number=value.payer_claim_number,
        biller=biller(payee) if payee else "",
        provider_npi=payee.npi if payee else "",
        provider=written(payee.name) if payee else "",
        day=content["decided"],
        code=value.status,
    )
    return Statement(kind=DECISION, naming=naming, content=content, sender=content["payer"], about=about)


def biller(party: Party) -> str:
    """Who bills, in the form that names a claim: the NPI, else the tax number, else the name."""
    return party.npi or party.tax_id or plain(written(party.name))


def filed_line(line: ClaimLine) -> dict[str, Any]:
    """One line of a claim as filed."""
    return {
        "number": line.number,
        "control": line.control_number,
        "code": coded(line.procedure),
        "revenue": line.revenue_code,
        "charge": money(line.charge),
        "units": money(line.units),
        "from": day(line.begins),
        "to": day(line.ends or line.begins),
    }


def decided_line(line: LineDecided) -> dict[str, Any]:
    """One line of a claim as decided."""
    return {
        "control": line.control_number,
        "code": coded(line.procedure),
        "revenue": line.revenue_code,
        "charge": money(line.charge),
        "paid": money(line.paid),
        "allowed": money(line.allowed),
        "units": money(line.units),
        "from": day(line.begins),
        "to": day(line.ends or line.begins),
        "adjustments": [adjusted(a) for a in line.adjustments],
        "remarks": list(line.remarks),
    }


def coded(procedure: Procedure | None) -> str:
    """Code and modifiers, for instance "99213-25"; empty when none was sent."""
    return "-".join((procedure.code, *procedure.modifiers)) if procedure and procedure.code else ""


def address(value: Address | None) -> list[str]:
    """Two lines, city, state, ZIP and country; empty when none was sent."""
    if value is None:
        return []
    return [value.line1, value.line2, value.city, value.state, value.postal_code, value.country]


def reach(contacts: tuple[Contact, ...], *kinds: str) -> str:
    """The first number of the first of these kinds."""
    return next((c.number for kind in kinds for c in contacts if c.kind == kind), "")


def first_day(lines: tuple[LineDecided, ...]) -> str:
    """The first day of any line."""
    return min((day(line.begins) for line in lines if line.begins), default="")


def last_day(lines: tuple[LineDecided, ...]) -> str:
    """The last day of any line."""
    return max((day(line.ends or line.begins) for line in lines if line.ends or line.begins), default="")
