"""Who somebody is leaves the room as finished values, and what was erased is empty, not an error."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.people import queries
from wellkept.policy.words import Category, Key, Purpose, Retention

NAME = ["Maria", "T.", "Alvarez", "III"]
ADDRESS = ["1 Invented Street", "", "Town", "WI", "54401", ""]
CATEGORIES = (Category.IDENTITY, Category.CONTACT)


@dataclass(frozen=True, slots=True)
class Erased:
    """An opening whose keys were destroyed."""

    subjects: tuple[UUID, ...]
    entry: int = 0
    categories: frozenset[str] = frozenset()
    purpose: str = ""

    def unseal(self, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> str:
        raise LookupError(subject, retention, field, row, sealed)

    def seal(self, subject: UUID, retention: str, field: str, row: UUID, text: str) -> bytes:
        raise LookupError(subject, retention, field, row, text)

    def unseal_bytes(self, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> bytes:
        raise LookupError(subject, retention, field, row, sealed)

    def seal_bytes(self, subject: UUID, retention: str, field: str, row: UUID, content: bytes) -> bytes:
        raise LookupError(subject, retention, field, row, content)


@pytest.fixture(autouse=True)
def _here(django: None, house: Cluster, settings: Settings) -> None:
    settings.WELLKEPT_STATE = house.state


@pytest.fixture
def maria(cast: Cast, house: Cluster) -> Iterator[str]:
    """The subscriber, on file with a name and an address."""
    person = cast.people["subscriber"]
    with access.enter(cast.secret["subscriber"], purpose=Purpose.PATIENT_REQUEST, categories=CATEGORIES) as key:
        sealed = {
            name: key.seal(person, Retention.BENEFITS, f"person.{name}", person, text)
            for name, text in (
                ("name", json.dumps(NAME)),
                ("birth_date", "1984-05-21"),
                ("member_number", "M4410"),
            )
        }
        address = key.seal(person, Retention.CONTACT, "contact.address", person, json.dumps(ADDRESS))
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        written(connection, person, sealed=sealed, address=address)
        connection.commit()
    yield "subscriber"
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.people_person where person_id = %s", [person])
        connection.execute("delete from wellkept.people_contact where person_id = %s", [person])
        connection.commit()


def written(connection: psycopg.Connection, person: UUID, *, sealed: dict[str, bytes], address: bytes) -> None:
    common = {"id": person, "person_id": person, "collected_under": "2026-11-01", "restricted": False, "told": ""}
    common |= {"file_id": uuid4()}
    rows = {
        "people_person": common
        | {"category": "identity", "household_id": uuid4(), "relationship": "18", "gender": "F", "state": ""}
        | {"set_number": "1"}
        | sealed,
        "people_contact": common | {"category": "contact", "address": address, "phone": b"", "email": b""},
    }
    for table, row in rows.items():
        marks = ", ".join(f"%({name})s" for name in row)
        connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", row)


def opened(cast: Cast, name: str) -> AbstractContextManager[Key]:
    return access.enter(cast.secret[name], purpose=Purpose.PATIENT_REQUEST, categories=CATEGORIES)


def test_a_person_is_read_whole(cast: Cast, maria: str) -> None:
    with opened(cast, maria) as key:
        found, reached = queries.identity(key), queries.reach(key)
    assert found is not None
    assert (found.full, found.greeting) == ("Maria T. Alvarez III", "Maria Alvarez")
    assert (found.birth_date, found.member_number) == (date(1984, 5, 21), "M4410")
    assert reached is not None
    assert (reached.address, reached.phone, reached.email) == (("1 Invented Street", "Town", "WI", "54401"), "", "")


def test_what_was_erased_is_empty(cast: Cast, maria: str) -> None:
    with opened(cast, maria) as key:
        erased = Erased(key.subjects)
        found, reached = queries.identity(erased), queries.reach(erased)
    assert found is not None
    assert (found.full, found.birth_date, found.member_number) == ("", None, "")
    assert reached is not None
    assert reached.address == ()


def test_nobody_is_made_up_for_somebody_no_file_named(cast: Cast) -> None:
    with opened(cast, "stranger") as key:
        assert queries.identity(key) is None
        assert queries.reach(key) is None
