"""People as files tell them: brought once or many times, in any order, they end the same."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from wellkept.people import ages, social
from wellkept.policy.rows import as_json, hexes
from wellkept.policy.words import Category, Retention
from wellkept.vault import envelope

Keys = Mapping[tuple[UUID, str], bytes]


@dataclass(frozen=True, slots=True)
class Told:
    """What a file said of one person. ``told`` orders what several files say: the greatest stands."""

    person_id: UUID
    household_id: UUID
    plan_id: UUID
    relationship: str
    name: Sequence[str]
    birth_date: str
    member_number: str
    gender: str
    state: str
    address: Sequence[str]
    phone: str
    email: str
    told: str
    file_id: UUID
    set_number: str
    social: str = ""

    @property
    def reached(self) -> bool:
        """Whether the file says how to reach the person."""
        return bool(self.phone or self.email or any(self.address))


@dataclass(frozen=True, slots=True)
class Found:
    """A keyed hash under which a person is found from now on."""

    index: bytes
    kind: str
    person_id: UUID
    plan_id: UUID


def bring_identities(identities: Mapping[bytes, Told]) -> None:
    """Remember which identity is which person, where nothing stands yet, and which file and set said so."""
    rows = [
        {"key": key, "person_id": told.person_id, "file_id": told.file_id, "set_number": told.set_number}
        for key, told in identities.items()
    ]
    if rows:
        _write(
            "insert into wellkept.people_identity (key, person_id, file_id, set_number)"
            " select key, person_id, file_id, set_number from json_to_recordset(%s::json)"
            " as r(key bytea, person_id uuid, file_id uuid, set_number text) on conflict do nothing",
            [as_json(rows)],
        )


def bring_finders(finders: Sequence[Found]) -> None:
    """Let people be found."""
    rows = [{"index": f.index, "kind": f.kind, "person_id": f.person_id, "plan_id": f.plan_id} for f in finders]
    _write(
        "insert into wellkept.people_finder (index, kind, person_id, plan_id)"
        " select index, kind, person_id, plan_id from json_to_recordset(%s::json)"
        " as r(index bytea, kind text, person_id uuid, plan_id uuid)"
        " on conflict do nothing",
        [as_json(rows)],
    )


def bring(people: Sequence[Told], *, keys: Keys, collected_under: str) -> frozenset[UUID]:
    """Write people, and how to reach those of whom the file says so. An opening of them as subjects must be held.

    Returns those of whom this is the last word.
    """
    _write(HOUSEHOLD, [as_json([household_row(told) for told in newest_of(people)])])
    with connection.cursor() as cursor:
        cursor.execute(PERSON, [collected_under, as_json([person_row(told, keys) for told in newest_of(people)])])
        last = frozenset(row[0] for row in cursor.fetchall())
    reached = newest_of(t for t in people if t.reached and (t.person_id, Retention.CONTACT) in keys)
    _write(CONTACT, [collected_under, as_json([contact_row(told, keys) for told in reached])])
    if numbered := [number_row(told, keys) for told in newest_of(told for told in people if told.social)]:
        _write(NUMBER_NEW, [collected_under, as_json(numbered)])
        _write(NUMBER_AGAIN, [collected_under, as_json(numbered)])
    return last


def name_anew(found: Sequence[Found], last: frozenset[UUID]) -> None:
    """Where the last word on somebody gives another name, the former finds them for 24 months, and they are told."""
    said = [one for one in found if one.person_id in last]
    if said:
        with connection.cursor() as cursor:
            cursor.execute(
                "select wellkept.people_named(%s::uuid[], %s::text[], %s::bytea[])",
                [[f.person_id for f in said], [f.kind for f in said], hexes([f.index for f in said])],
            )


def newest_of(people: Iterable[Told]) -> Collection[Told]:
    """Of each person what was told last."""
    newest: dict[UUID, Told] = {}
    for told in people:
        standing = newest.get(told.person_id)
        if standing is None or told.told > standing.told:
            newest[told.person_id] = told
    return newest.values()


def person_row(told: Told, keys: Keys) -> dict[str, object]:
    """One row of people_person, sealed."""

    def sealed(field: str, text: str) -> bytes:
        key = keys[told.person_id, Retention.BENEFITS]
        return envelope.seal(data_key=key, field=field, subject=told.person_id, row=told.person_id, text=text)

    own = ages.own_days(told.birth_date, told.state)
    return {
        "person_id": told.person_id,
        "plan_id": told.plan_id,
        "own_care_on": own.care,
        "own_sensitive_on": own.sensitive,
        "household_id": told.household_id,
        "relationship": told.relationship,
        "name": sealed("person.name", json.dumps(list(told.name))),
        "birth_date": sealed("person.birth_date", told.birth_date),
        "member_number": sealed("person.member_number", told.member_number),
        "gender": told.gender,
        "state": told.state,
        "file_id": told.file_id,
        "set_number": told.set_number,
        "told": told.told,
    }


def household_row(told: Told) -> dict[str, object]:
    """One row of people_household."""
    return {"household_id": told.household_id, "person_id": told.person_id}


def contact_row(told: Told, keys: Keys) -> dict[str, object]:
    """One row of people_contact, sealed."""

    def sealed(field: str, text: str) -> bytes:
        key = keys[told.person_id, Retention.CONTACT]
        return (
            envelope.seal(data_key=key, field=field, subject=told.person_id, row=told.person_id, text=text)
            if text
            else b""
        )

    return {
        "person_id": told.person_id,
        "plan_id": told.plan_id,
        "address": sealed("contact.address", json.dumps(list(told.address)) if told.address else ""),
        "phone": sealed("contact.phone", told.phone),
        "email": sealed("contact.email", told.email),
        "file_id": told.file_id,
        "told": told.told,
    }


def number_row(told: Told, keys: Keys) -> dict[str, object]:
    """One row of people_number, sealed."""
    key = keys[told.person_id, Retention.BENEFITS]
    number = envelope.seal(
        data_key=key, field=social.FIELD, subject=told.person_id, row=told.person_id, text=told.social
    )
    return {
        "person_id": told.person_id, "plan_id": told.plan_id, "number": number, "file_id": told.file_id,
        "told": told.told,
    }  # fmt: skip


PERSON = f"""
insert into wellkept.people_person as p (id, person_id, category, plan_id, collected_under, restricted,
  household_id, relationship, name,
  birth_date, member_number, gender, state, own_care_on, own_sensitive_on, file_id, set_number, told)
select person_id, person_id, '{Category.IDENTITY}', plan_id, %s, false, household_id, relationship, name,
  birth_date, member_number, gender, state, own_care_on, own_sensitive_on, file_id, set_number, told
from json_to_recordset(%s::json) as r(person_id uuid, plan_id uuid, household_id uuid, relationship text,
  name bytea, birth_date bytea,
  member_number bytea, gender text, state text, own_care_on date, own_sensitive_on date, file_id uuid, set_number text,
  told text)
on conflict (person_id, id) do update set relationship = excluded.relationship, name = excluded.name,
  own_care_on = excluded.own_care_on, own_sensitive_on = excluded.own_sensitive_on,
  birth_date = excluded.birth_date,
  member_number = excluded.member_number, gender = excluded.gender, state = excluded.state, file_id = excluded.file_id,
  set_number = excluded.set_number, told = excluded.told
where p.told collate "C" < excluded.told
returning person_id
"""  # noqa: S608  (the category is a word of ours)

HOUSEHOLD = """
insert into wellkept.people_household (household_id, person_id)
select household_id, person_id from json_to_recordset(%s::json) as r(household_id uuid, person_id uuid)
on conflict do nothing
"""

CONTACT = f"""
insert into wellkept.people_contact as c (id, person_id, category, plan_id, collected_under, restricted, address,
  phone, email, file_id, told)
select person_id, person_id, '{Category.CONTACT}', plan_id, %s, false, address, phone, email, file_id, told
from json_to_recordset(%s::json) as r(person_id uuid, plan_id uuid, address bytea, phone bytea, email bytea,
  file_id uuid, told text)
on conflict (person_id, id) do update set address = excluded.address, phone = excluded.phone, email = excluded.email,
  file_id = excluded.file_id, told = excluded.told
where c.told collate "C" < excluded.told
"""  # noqa: S608  (as above)

# Two statements: the one that would do both reads the number, and intake may not.
NUMBER_NEW = f"""
insert into wellkept.people_number (id, person_id, category, plan_id, collected_under, restricted, number, file_id,
  told)
select person_id, person_id, '{Category.SOCIAL}', plan_id, %s, false, number, file_id, told
from json_to_recordset(%s::json) as r(person_id uuid, plan_id uuid, number bytea, file_id uuid, told text)
on conflict do nothing
"""  # noqa: S608  (as above)

NUMBER_AGAIN = """
update wellkept.people_number n
   set collected_under = %s, number = r.number, file_id = r.file_id, told = r.told
  from json_to_recordset(%s::json) as r(person_id uuid, number bytea, file_id uuid, told text)
 where n.person_id = r.person_id and n.told collate "C" < r.told
"""


def _write(statement: str, arguments: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
