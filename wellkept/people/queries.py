"""Who the people of an opening are, as finished values. What is sealed opens with the key; what was erased is empty."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wellkept.people.models import Contact, Person
from wellkept.policy.words import Key, Retention


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is. Texts are empty and the birth date None where no file said them or their key was destroyed."""

    person_id: UUID
    household_id: UUID
    plan_id: UUID | None
    relationship: str
    first: str
    middle: str
    last: str
    suffix: str
    birth_date: date | None
    member_number: str
    gender: str
    state: str

    @property
    def full(self) -> str:
        """The whole name as one writes it."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)

    @property
    def greeting(self) -> str:
        """First and last name, as a page greets somebody."""
        return " ".join(part for part in (self.first, self.last) if part)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a person is reached. ``address`` is its lines; each is empty where nothing was told."""

    person_id: UUID
    address: tuple[str, ...]
    phone: str
    email: str


FIELDS = (
    "person_id",
    "household_id",
    "plan_id",
    "relationship",
    "gender",
    "state",
    "name",
    "birth_date",
    "member_number",
)


def identities(key: Key) -> dict[UUID, Identity]:
    """Everybody who is open and on file, by id. The opening names the category ``identity``."""
    rows = Person.objects.filter(person_id__in=key.subjects).values_list(*FIELDS)
    return {row[0]: _identity(key, row) for row in rows}


def identity(key: Key) -> Identity | None:
    """The one person who is open; None where no file ever said who they are."""
    (person,) = key.subjects
    return identities(key).get(person)


def reach(key: Key) -> Reach | None:
    """Where the one person who is open is reached. The opening names the category ``contact``."""
    (person,) = key.subjects
    return reaches(key).get(person)


def reaches(key: Key) -> dict[UUID, Reach]:
    """Where everybody who is open is reached, by id. The opening names the category ``contact``."""
    rows = Contact.objects.filter(person_id__in=key.subjects).values_list("person_id", "address", "phone", "email")
    return {person: _reach(key, person, *map(bytes, sealed)) for person, *sealed in rows}


def _reach(key: Key, person: UUID, *sealed: bytes) -> Reach:
    address, phone, email = (
        _unsealed(key, person, Retention.CONTACT, f"contact.{name}", text)
        for name, text in zip(("address", "phone", "email"), sealed, strict=True)
    )
    lines = tuple(part for part in json.loads(address or "[]") if part)
    return Reach(person_id=person, address=lines, phone=phone, email=email)


def _identity(key: Key, row: tuple[UUID, UUID, UUID | None, str, str, str, bytes, bytes, bytes]) -> Identity:
    person, household, plan, relationship, gender, state, name, birth_date, number = row
    sealed = {"name": name, "birth_date": birth_date, "member_number": number}
    texts = {f: _unsealed(key, person, Retention.BENEFITS, f"person.{f}", text) for f, text in sealed.items()}
    first, middle, last, suffix = json.loads(texts["name"] or '["", "", "", ""]')
    return Identity(
        person_id=person, household_id=household, plan_id=plan, relationship=relationship, first=first, middle=middle,
        last=last, suffix=suffix, birth_date=date.fromisoformat(texts["birth_date"]) if texts["birth_date"] else None,
        member_number=texts["member_number"], gender=gender, state=state,
    )  # fmt: skip


def _unsealed(key: Key, person: UUID, retention: Retention, field: str, sealed: bytes | memoryview) -> str:
    """The text, or "" where nothing was told or the key of its class was destroyed by a removal (B-04)."""
    if not sealed:
        return ""
    try:
        return key.unseal(person, retention, field, person, bytes(sealed))
    except LookupError:
        return ""
