"""Who a person is and how to reach them, as one set said it, moved to another record and sealed anew under its keys.

An opening of both people must be held.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from wellkept.policy.statements import ask, do
from wellkept.policy.words import Retention
from wellkept.vault import envelope

Keys = Mapping[tuple[UUID, str], bytes]
PERSON: Final = {"name": "person.name", "birth_date": "person.birth_date", "member_number": "person.member_number"}
CONTACT: Final = {"address": "contact.address", "phone": "contact.phone", "email": "contact.email"}


def move(one: UUID, other: UUID, *, file_id: UUID, set_number: str, keys: Keys) -> bool:
    """Move the person and their contact data if this set said them last; whether it did."""
    # Whose number it was, the next file says: intake cannot read it to give it to anybody.
    do("delete from wellkept.people_number where person_id = %s", one)
    whose = "person_id = %s and file_id = %s and set_number = %s"
    said = (file_id, set_number)
    moved = _moved("people_person", PERSON, Retention.BENEFITS, one, other, where=whose, of=said, keys=keys)
    if moved:
        _moved("people_contact", CONTACT, Retention.CONTACT, one, other, where="person_id = %s and file_id = %s",
               of=(file_id,), keys=keys)  # fmt: skip
        do(
            "insert into wellkept.people_household (household_id, person_id)"
            " select household_id, person_id from wellkept.people_person where person_id = %s on conflict do nothing",
            other,
        )
    return moved


def _moved(
    table: str,
    sealed: Mapping[str, str],
    retention: Retention,
    one: UUID,
    other: UUID,
    *,
    where: str,
    of: tuple[Any, ...],
    keys: Keys,
) -> bool:
    names = ", ".join(sealed)
    rows = ask(f"select {names} from wellkept.{table} where {where}", one, *of)  # noqa: S608  (names of ours)
    if not rows:
        return False
    values = [
        resealed(bytes(value), field, one, other, held=keys[one, retention], given=keys[other, retention])
        for value, field in zip(rows[0], sealed.values(), strict=True)
    ]
    put = ", ".join(f"{name} = %s" for name in sealed)
    do(f"update wellkept.{table} set person_id = %s, id = %s, {put} where {where}", other, other, *values, one, *of)  # noqa: S608  (names of ours)
    return True


def resealed(sealed: bytes, field: str, one: UUID, other: UUID, *, held: bytes, given: bytes) -> bytes:
    """A value of one person under the other's key; empty where there is none."""
    if not sealed:
        return b""
    text = envelope.unseal(data_key=held, field=field, subject=one, row=one, sealed=sealed)
    return envelope.seal(data_key=given, field=field, subject=other, row=other, text=text)
