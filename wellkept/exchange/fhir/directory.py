"""Who the resources of some files name: patients, coverages and organisations, by their references."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from wellkept.exchange.fhir.elements import Resource, code, day, each, inner, text, texts
from wellkept.exchange.fhir.lines import ERRORS, Wrong, documents

NAMED: Final = ("Patient", "Coverage", "Organization", "Practitioner", "Location")
NUMBERS: Final = ("MB", "MC", "um", "JHN")
STATES: Final = 2


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient: what a statement names them by, and how they are reached. Empty where it is not told."""

    number: str = ""
    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""
    birth_date: str = ""
    gender: str = ""
    address: tuple[str, ...] = ()
    state: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """What of a coverage names a member: their number, group and the group's name or its holder's."""

    number: str = ""
    group: str = ""
    holder: str = ""
    beneficiary: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or a practitioner: name and NPI."""

    name: str = ""
    npi: str = ""


@dataclass(slots=True)
class Directory:
    """Everybody whom some files name. Of two that bear one reference the first stands."""

    patients: dict[str, Patient] = field(default_factory=dict)
    coverages: dict[str, Covered] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def add(self, resource: Resource, *references: str) -> None:
        """A resource under its own reference, and under others such as a bundle's address of it."""
        kind = text(resource, "resourceType")
        for reference in filter(None, (f"{kind}/{text(resource, 'id')}", *references)):
            if kind == "Patient":
                self.patients.setdefault(reference, patient(resource))
            elif kind == "Coverage":
                self.coverages.setdefault(reference, covered(resource))
            elif kind in ("Organization", "Practitioner", "Location"):
                self.organisations.setdefault(reference, organisation(resource))


def directory(paths: Iterable[Path]) -> Directory:
    """Everybody whom these files name, read once before anything is taken: references point in any direction."""
    found = Directory()
    for path in paths:
        for _, document in documents(path):
            if isinstance(document, Wrong):
                continue
            for resource, address in resources(document):
                if text(resource, "resourceType") in NAMED:
                    try:
                        found.add(resource, address)
                    except ERRORS:
                        continue
    return found


def resources(document: Resource) -> Iterator[tuple[Resource, str]]:
    """The resources of a bundle with their addresses, or the one that stands alone."""
    if text(document, "resourceType") != "Bundle":
        yield document, ""
        return
    for entry in each(document, "entry"):
        if isinstance(entry.get("resource"), dict):
            yield entry["resource"], text(entry, "fullUrl")


def patient(resource: Resource) -> Patient:
    """A patient. The official name counts before others, the home before other addresses."""
    name = preferred(each(resource, "name"), "official")
    names = texts(name, "given")
    home = preferred(each(resource, "address"), "home")
    street = texts(home, "line")
    state = text(home, "state").upper()
    where = (*[*street, "", ""][:2], text(home, "city"), state, text(home, "postalCode"), text(home, "country"))
    return Patient(
        number=numbered(resource), first=names[0] if names else "", middle=" ".join(names[1:]),
        last=text(name, "family"), suffix=" ".join(texts(name, "suffix")),
        birth_date=day(resource, "birthDate"),
        gender={"male": "M", "female": "F"}.get(text(resource, "gender"), "U" if resource.get("gender") else ""),
        address=where if any(where) else (), state=state if len(state) == STATES and state.isalpha() else "",
        phone=reached(resource, "phone"), email=reached(resource, "email"),
    )  # fmt: skip


def preferred(found: list[Resource], use: str) -> Resource:
    """The first of that use, else the first."""
    return next((one for one in found if text(one, "use") == use), found[0] if found else {})


def numbered(resource: Resource) -> str:
    """The member number: an identifier of the kind MB before others (CARIN Blue Button, C4BB Patient)."""
    told = {code(inner(one, "type")): text(one, "value") for one in reversed(each(resource, "identifier"))}
    return next((told[kind] for kind in NUMBERS if told.get(kind)), "")


def reached(resource: Resource, system: str) -> str:
    """The first number of a kind."""
    return next((text(one, "value") for one in each(resource, "telecom") if text(one, "system") == system), "")


def covered(resource: Resource) -> Covered:
    """What of a coverage names a member."""
    group = next((one for one in each(resource, "class") if code(inner(one, "type")) == "group"), {})
    holder = text(resource, "policyHolder", "display") or text(group, "name")
    return Covered(
        number=text(resource, "subscriberId") or numbered(resource), group=text(group, "value"), holder=holder,
        beneficiary=text(resource, "beneficiary", "reference"),
    )  # fmt: skip


def organisation(resource: Resource) -> Organisation:
    """An organisation's or a practitioner's name and NPI."""
    name = text(resource, "name")
    if not name:
        person = preferred(each(resource, "name"), "official")
        name = " ".join(part for part in (*texts(person, "given"), text(person, "family")) if part)
    return Organisation(name=name, npi=npi(resource))


def npi(resource: Any) -> str:  # noqa: ANN401  (any JSON)
    """The national provider identifier."""
    return next((text(one, "value") for one in each(resource, "identifier") if is_npi(one)), "")


def is_npi(identifier: Resource) -> bool:
    """Whether an identifier is an NPI, by its system or its type."""
    return text(identifier, "system").endswith(("us-npi", "/npi")) or code(inner(identifier, "type")) == "npi"
