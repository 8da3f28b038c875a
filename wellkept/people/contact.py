"""Where to reach a person, as it lies on file part by part, and changed when the person says so (P-19)."""

import json
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from wellkept.people.models import Contact
from wellkept.policy.words import Category, Key, Retention

PARTS: Final = 6


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts, as an 834 has them (N301, N302, N401 to N404). Empty where nothing was told."""

    street: str = ""
    more: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """Address, telephone and e-mail; each is empty where nothing was told."""

    address: Address
    phone: str
    email: str


def on_file(key: Key) -> Reached:
    """Where the one person who is open is reached. The opening names the category ``contact``."""
    (person,) = key.subjects
    row = Contact.objects.filter(person_id=person).values_list("address", "phone", "email").first()
    address, phone, email = (
        _unsealed(key, person, f"contact.{name}", sealed)
        for name, sealed in zip(("address", "phone", "email"), row or (b"", b"", b""), strict=True)
    )
    return Reached(Address(*(json.loads(address or "[]") + [""] * PARTS)[:PARTS]), phone, email)


def change_contact(key: Key, reached: Reached, *, on: date, call: UUID, collected_under: str) -> None:
    """Write what the one person who is open said on a call that day. The opening names the category ``contact``.

    It stands against every file of that day and before; a later list of the employer has its own word.
    """
    (person,) = key.subjects
    address = json.dumps(list(astuple(reached.address))) if any(astuple(reached.address)) else ""
    sealed = [
        key.seal(person, Retention.CONTACT, f"contact.{name}", person, text) if text else b""
        for name, text in (("address", address), ("phone", reached.phone), ("email", reached.email))
    ]
    # "~" follows every figure and letter of the keyed hash that a file puts after its day.
    arguments: list[Any] = [
        person,
        person,
        Category.CONTACT.value,
        collected_under,
        *sealed,
        call,
        f"{on.isoformat()}:~{call.hex}",
    ]
    with connection.cursor() as cursor:
        cursor.execute(CHANGE, arguments)


CHANGE: Final = """
insert into wellkept.people_contact as c (id, person_id, category, collected_under, restricted, address, phone, email,
  file_id, told)
values (%s, %s, %s, %s, false, %s, %s, %s, %s, %s)
on conflict (person_id, id) do update set address = excluded.address, phone = excluded.phone, email = excluded.email,
  file_id = excluded.file_id, told = excluded.told, collected_under = excluded.collected_under
"""


def _unsealed(key: Key, person: UUID, field: str, sealed: bytes | memoryview) -> str:
    if not sealed:
        return ""
    try:
        return key.unseal(person, Retention.CONTACT, field, person, bytes(sealed))
    except LookupError:
        return ""
