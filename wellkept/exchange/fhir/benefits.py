"""An explanation of benefit as what was filed and what was decided, in the words of the 837 and the 835."""

from decimal import Decimal
from typing import Any, Final

from wellkept.exchange.fhir import amounts
from wellkept.exchange.fhir.amounts import Told
from wellkept.exchange.fhir.directory import Directory, Organisation, Patient, is_npi, organisation
from wellkept.exchange.fhir.elements import Resource, amount, code, codes, day, each, inner, text
from wellkept.exchange.fhir.lines import NotReadError
from wellkept.intake.naming import plain
from wellkept.intake.values import DECISION, FILING, About, Content, Naming, Statement

KINDS: Final = {
    "institutional": "institutional", "professional": "professional", "pharmacy": "pharmacy", "oral": "dental",
    "vision": "vision", "CARRIER": "professional", "DME": "professional", "OUTPATIENT": "institutional",
    "INPATIENT": "institutional", "SNF": "institutional", "HHA": "institutional", "HOSPICE": "institutional",
    "PDE": "pharmacy",
}  # fmt: skip
PROFILE: Final = "/StructureDefinition/C4BB-ExplanationOfBenefit"
NDC: Final = ("/ndc", "v3-ndc", "2.16.840.1.113883.6.69")
PROCEDURES: Final = ("/cpt", "hcpcs", "/HCPCS", "HCPCSReleaseCodeSets", "/cdt", "/cdt-ada")
LINES: Final = 5_000
PAID: Final = "1"
DENIED: Final = "4"


def statements(resource: Resource, directory: Directory) -> list[Statement]:
    """What an explanation of benefit says; raises ``NotReadError`` where it is not taken."""
    refuse(resource)
    kind = kind_of(resource)
    who, group = whose(resource, directory)
    naming = Naming(number=who.number, first=who.first, last=who.last, birth_date=who.birth_date, group=group)
    gave = gave_care(resource, directory)
    items = each(resource, "item")
    if len(items) > LINES:
        raise NotReadError("It has too many lines.")
    said = [amounts.told(each(item, "adjudication")) for item in items]
    whole = amounts.added(said) | amounts.told([*each(resource, "adjudication"), *each(resource, "total")])
    about = about_of(resource, gave)
    filed = filing(resource, kind, items, said, whole)
    decided = decision(resource, directory, items, said, whole)
    both = [Statement(kind=FILING, naming=naming, content=filed, sender=gave.name, about=about)]
    if decided is not None:
        both.append(Statement(kind=DECISION, naming=naming, content=decided, sender=decided["payer"], about=about))
    return both


def refuse(resource: Resource) -> None:
    """Raise ``NotReadError`` for what is no claim that stands, and for another profile."""
    if text(resource, "status") != "active":
        raise NotReadError("It is not active. What was taken back is told by a reversal (835).")
    if text(resource, "use") not in ("", "claim"):
        raise NotReadError("It is no claim: it estimates or asks for leave.")
    told = inner(resource, "meta").get("profile")
    profiles = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
    if profiles and not any(PROFILE in one for one in profiles):
        raise NotReadError("It follows none of the profiles that are read (CARIN Blue Button).")


def kind_of(resource: Resource) -> str:
    """What kind of claim it is."""
    found = next((KINDS[c] for _, c in codes(inner(resource, "type")) if c in KINDS), "")
    if not found:
        raise NotReadError("It does not say what kind of claim it is.")
    return found


def whose(resource: Resource, directory: Directory) -> tuple[Patient, str]:
    """The patient and their group."""
    reference = text(resource, "patient", "reference")
    who = directory.patients.get(reference)
    if who is None:
        raise NotReadError("No patient of these files is named by it.")
    focal = [one for one in each(resource, "insurance") if one.get("focal") is not False]
    held = [directory.coverages.get(text(one, "coverage", "reference")) for one in focal]
    covers = next((one for one in held if one and one.number), None)
    number = (covers.number if covers else "") or who.number
    if not (number and who.birth_date and who.first):
        raise NotReadError("It does not name a member: number, first name and birth date are needed.")
    told = Patient(
        number=number, first=who.first, middle=who.middle, last=who.last, birth_date=who.birth_date, gender=who.gender
    )
    return told, covers.group if covers else ""


def gave_care(resource: Resource, directory: Directory) -> Organisation:
    """Who gave care: by reference, contained, or by an identifier and the name that is shown."""
    told = inner(resource, "provider")
    reference, found = text(told, "reference"), None
    if reference.startswith("#"):
        held = [one for one in each(resource, "contained") if text(one, "id") == reference[1:]]
        found = organisation(held[0]) if held else None
    found = found or directory.organisations.get(reference) or Organisation()
    npi = text(told, "identifier", "value") if is_npi(inner(told, "identifier")) else ""
    return Organisation(name=found.name or text(told, "display"), npi=found.npi or npi)


def about_of(resource: Resource, gave: Organisation) -> About:
    """Which claim it is: the provider's number of it where one is told, else the payer's."""
    payers = next((text(one, "value") for one in claim_numbers(resource)), "") or text(resource, "id")
    if not payers:
        raise NotReadError("It has no number.")
    own = next(
        (text(one, "valueString") for one in each(resource, "supportingInfo")
         if code(inner(one, "category")) == "patientaccountnumber"), "",
    )  # fmt: skip
    return About(
        number=own or payers, payer_number=payers, biller=gave.npi or plain(gave.name), provider_npi=gave.npi,
        provider=gave.name, day=decided_on(resource), code=PAID,
    )  # fmt: skip


def claim_numbers(resource: Resource) -> list[Resource]:
    """The identifiers, the unique claim number first."""
    return sorted(each(resource, "identifier"), key=lambda one: code(inner(one, "type")) != "uc")


def decided_on(resource: Resource) -> str:
    """The day of payment, else the day it was made."""
    return day(resource, "payment", "date") or day(resource, "created") or day(resource, "meta", "lastUpdated")


def filing(resource: Resource, kind: str, items: list[Resource], said: list[Told], whole: Told) -> Content:
    """What was filed."""
    begins = day(resource, "billablePeriod", "start")
    supply = days_supply(resource)
    return {
        "kind": kind,
        "filed": day(resource, "created") or begins,
        "from": begins or first(items),
        "to": day(resource, "billablePeriod", "end") or begins or last(items),
        "charge": money(whole.get(amounts.SUBMITTED)),
        "place": next((code(inner(item, "locationCodeableConcept")) for item in items), ""),
        "frequency": "1",
        "diagnoses": diagnoses(resource),
        "lines": [
            filed_line(item, one, place=place, kind=kind, supply=supply)
            for place, (item, one) in enumerate(zip(items, said, strict=True), start=1)
        ],
        "others": [],
    }


def diagnoses(resource: Resource) -> list[list[str]]:
    """Qualifier as X12 writes it and code without its point; the principal one first."""
    rows = []
    for one in each(resource, "diagnosis"):
        found = next(((s, c) for s, c in codes(inner(one, "diagnosisCodeableConcept")) if c), None)
        if found:
            main = any(c == "principal" for held in each(one, "type") for _, c in codes(held))
            nine = "icd-9" in found[0]
            qualifier = ("BK" if nine else "ABK") if main else ("BF" if nine else "ABF")
            rows.append([qualifier, found[1].replace(".", "")])
    return sorted(rows, key=lambda row: row[0] not in ("ABK", "BK"))


def filed_line(item: Resource, said: Told, *, place: int, kind: str, supply: str) -> dict[str, Any]:
    """One line as filed. A pharmacy's line names the medicine by its national drug code."""
    line = line_of(item, said) | {"number": str(place)}
    line.pop("paid")
    if kind == "pharmacy":
        product = inner(item, "productOrService") or inner(item, "service")
        line |= {
            "ndc": code(product, *NDC),
            "quantity": quantity(item),
            "days_supply": supply,
            "product": text(product, "text") or next((text(c, "display") for c in each(product, "coding")), ""),
        }
    return line


def line_of(item: Resource, said: Told) -> dict[str, Any]:
    """What a line as filed and as decided have in common."""
    product = inner(item, "productOrService") or inner(item, "service")
    modifiers = [c for one in each(item, "modifier") for _, c in codes(one) if c][:4]
    done = code(product, *PROCEDURES)
    begins = day(item, "servicedDate") or day(item, "servicedPeriod", "start")
    return {
        "control": "",
        "code": "-".join([done, *modifiers]) if done else "",
        "revenue": code(inner(item, "revenue")),
        "charge": money(said.get(amounts.SUBMITTED)),
        "paid": money(amounts.paid(said)),
        "units": quantity(item),
        "from": begins,
        "to": day(item, "servicedPeriod", "end") or begins,
    }


def decision(
    resource: Resource, directory: Directory, items: list[Resource], said: list[Told], whole: Told
) -> Content | None:
    """What was decided; None where nothing was yet. Adjustments stand with the lines, or once with the claim."""
    paid = amounts.paid(whole)
    paid = amount(inner(resource, "payment", "amount")) if paid is None else paid
    if paid is None or text(resource, "outcome") == "queued":
        return None
    lines = [decided_line(item, one) for item, one in zip(items, said, strict=True)]
    by_line = any(line["adjustments"] for line in lines)
    owed, charge = amounts.owed(whole), whole.get(amounts.SUBMITTED)
    denied = not paid and bool(charge) and whole.get(amounts.NONCOVERED) == charge
    reference = text(resource, "insurer", "reference")
    known = directory.organisations.get(reference, Organisation())
    return {
        "payer": known.name or text(resource, "insurer", "display"),
        "status": DENIED if denied else PAID,
        "decided": decided_on(resource),
        "received": received(resource),
        "from": day(resource, "billablePeriod", "start") or first(items),
        "to": day(resource, "billablePeriod", "end") or last(items),
        "charge": money(charge),
        "paid": money(paid),
        "owed": money(owed),
        "allowed": money(whole.get(amounts.ALLOWED)),
        "frequency": "1",
        "forwarded": "",
        "pays_first": "",
        "adjustments": [] if by_line else amounts.adjustments(whole),
        "remarks": [],
        "lines": lines,
    }


def decided_line(item: Resource, said: Told) -> dict[str, Any]:
    """One line as decided."""
    line = line_of(item, said)
    return line | {
        "paid": line["paid"] or "0",
        "charge": line["charge"] or "0",
        "allowed": money(said.get(amounts.ALLOWED)),
        "adjustments": amounts.adjustments(said),
        "remarks": [],
    }


def received(resource: Resource) -> str:
    """The day on which the claim was received."""
    told = (one for one in each(resource, "supportingInfo") if code(inner(one, "category")) == "clmrecvddate")
    return next((day(one, "timingDate") for one in told), "")


def days_supply(resource: Resource) -> str:
    """For how many days a medicine was given."""
    told = (one for one in each(resource, "supportingInfo") if code(inner(one, "category")) == "dayssupply")
    return next((money(inner(one, "valueQuantity").get("value")) for one in told), "")


def quantity(item: Resource) -> str:
    """How much of it."""
    return money(inner(item, "quantity").get("value"))


def first(items: list[Resource]) -> str:
    """The first day of any line."""
    days = [day(item, "servicedDate") or day(item, "servicedPeriod", "start") for item in items]
    return min(filter(None, days), default="")


def last(items: list[Resource]) -> str:
    """The last day of any line."""
    days = [day(item, "servicedPeriod", "end") or day(item, "servicedDate") for item in items]
    return max(filter(None, days), default="")


def money(value: object) -> str:
    """Decimal text, or empty."""
    return format(value, "f") if isinstance(value, Decimal) else ""
