"""A file brings another last name: it is the same person, found under both for 24 months, and their account is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from tests.cast import account
from tests.intake.book import ERIKA, enrolment, written
from tests.intake.house import House, bring
from wellkept.policy import packs

pytestmark = pytest.mark.database
MARRIED = replace(ERIKA, last="SONNTAG")
KINDS = "select kind, until is null, count(*)::int from people_finder where person_id = %s and kind in ('roster',"
NOTED = "select kind from accounts_event where account_id = %s"


@pytest.fixture(autouse=True)
def _no_account_stays(house: House) -> Iterator[None]:
    yield
    house.do("delete from accounts_event where account_id in (select id from accounts_account where role = 'member')")
    house.do("delete from accounts_account where role = 'member'")


def one(house: House) -> UUID:
    ((person,),) = house.rows("select person_id from people_person")
    assert isinstance(person, UUID)
    return person


def held_by(house: House, person: UUID) -> UUID:
    with house.cluster.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        return account(connection, role="member", person=person, actor=None)


def found(house: House, person: UUID) -> list[tuple[str, bool, int]]:
    return house.rows(f"{KINDS} 'name_birth', 'number_birth') group by 1, 2 order by 1, 2", person)


def test_the_same_person_is_found_under_both_names_and_told(house: House, tmp_path: Path) -> None:
    bring(house, written(tmp_path, "a.834", enrolment([ERIKA], day="20260101")))
    person = one(house)
    holder = held_by(house, person)
    bring(house, written(tmp_path, "b.834", enrolment([MARRIED], day="20260401")))
    assert one(house) == person
    assert found(house, person) == [
        ("name_birth", False, 1), ("name_birth", True, 1), ("number_birth", True, 1), ("roster", False, 1),
        ("roster", True, 1),
    ]  # fmt: skip
    assert house.rows(NOTED, holder) == [("name changed",)]
    ((until,),) = house.rows("select distinct until from people_finder where until is not null")
    today = packs.today(packs.named("umr"))
    assert timedelta(days=729) <= until - today <= timedelta(days=732)


def test_a_name_that_is_said_again_finds_without_end(house: House, tmp_path: Path) -> None:
    for place, (member, day) in enumerate(((ERIKA, "20260301"), (MARRIED, "20260401"), (ERIKA, "20260501"))):
        bring(house, written(tmp_path, f"{place}.834", enrolment([member], day=day)))
    person = one(house)
    holder = held_by(house, person)
    assert {kind: n for kind, still, n in found(house, person) if still} == {
        "name_birth": 1, "number_birth": 1, "roster": 1,
    }  # fmt: skip
    bring(house, written(tmp_path, "again.834", enrolment([ERIKA], day="20260601")))
    assert house.rows(NOTED, holder) == []


def test_an_older_file_changes_no_name(house: House, tmp_path: Path) -> None:
    bring(house, written(tmp_path, "new.834", enrolment([MARRIED], day="20260401")))
    holder = held_by(house, one(house))
    bring(house, written(tmp_path, "old.834", enrolment([ERIKA], day="20260301")))
    assert house.rows(NOTED, holder) == []


def test_nobody_names_whom_they_did_not_open(house: House) -> None:
    named = "select wellkept.people_named(array[gen_random_uuid()], '{roster}', '{x}')"
    with (
        house.cluster.connect("umr", "intake", autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(named)
