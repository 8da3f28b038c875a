"""What was said on calls goes when the time we keep it is over, and nothing else does (U-20)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cluster import Cluster

SWEEP = "select wellkept.service_sweep_calls(%s)"
NOTE = (
    "insert into wellkept.service_note (id, person_id, category, collected_under, restricted, call_id, at, about,"
    " actor, words) values (gen_random_uuid(), %s, 'calls', 'v', false, gen_random_uuid(),"
    " now() - make_interval(years => %s, days => 1), 'claim', 'Dana R.', 'x')"
)
CASE = (
    "insert into wellkept.service_case (id, person_id, category, collected_under, restricted, number, kind, about,"
    " state, opened_at, due_on, closed_at) values (%s, %s, 'calls', 'v', false, %s, %s, gen_random_uuid(), 'accepted',"
    " now(), current_date, now() - make_interval(years => %s, days => 1))"
)
STEP = (
    "insert into wellkept.service_casestep (id, person_id, category, collected_under, restricted, case_id, at, what)"
    " values (gen_random_uuid(), %s, 'calls', 'v', false, %s, now(), 'accepted')"
)
NUMBER = "insert into wellkept.service_number (number, person_id) values (%s, %s)"
TABLES = ("service_note", "service_casestep", "service_case", "service_number")
Connection = psycopg.Connection[Any]


@pytest.fixture
def keeper(house: Cluster) -> Iterator[Connection]:
    """Behind the lock, for what no role of ours may do."""
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture
def person(keeper: Connection) -> Iterator[UUID]:
    """Somebody who is nobody else of the run; what is left of them goes."""
    one = uuid4()
    yield one
    for table in TABLES:
        keeper.execute(f"delete from wellkept.{table} where person_id = %s", [one])


def called(keeper: Connection, person: UUID, years: int, *, kind: str = "call") -> None:
    case, number = uuid4(), uuid4().hex[:9]
    keeper.execute(NOTE, [person, years])
    keeper.execute(CASE, [case, person, number, kind, years])
    keeper.execute(STEP, [person, case])
    keeper.execute(NUMBER, [number, person])


def held(keeper: Connection, person: UUID) -> list[int]:
    asked = "select count(*) from wellkept.{} where person_id = %s"
    return [keeper.execute(asked.format(table), [person]).fetchone()[0] for table in TABLES]  # type: ignore[index]


def swept(house: Cluster, years: int) -> None:
    with house.connect("umr", "jobs", autocommit=True) as jobs:
        jobs.execute(SWEEP, [years])


def test_what_was_said_six_years_ago_goes_and_the_person_reads_of_it(
    house: Cluster, keeper: Connection, person: UUID
) -> None:
    for years in (50, 40):
        called(keeper, person, years)
    swept(house, 51)
    assert held(keeper, person) == [2, 2, 2, 2]
    swept(house, 45)
    assert held(keeper, person) == [1, 1, 1, 1]
    told = "select kind, categories, clause from wellkept.ledger_entry where subjects = array[%s]"
    assert keeper.execute(told, [person]).fetchall() == [("calls ended", ["calls"], "U-20")]


def test_a_case_about_anything_else_stays_and_so_does_its_number(
    house: Cluster, keeper: Connection, person: UUID
) -> None:
    called(keeper, person, 50, kind="claim")
    swept(house, 45)
    assert held(keeper, person) == [0, 1, 1, 1]


def test_what_is_still_to_do_stays(house: Cluster, keeper: Connection, person: UUID) -> None:
    called(keeper, person, 50)
    keeper.execute(
        "update wellkept.service_case set closed_at = null, state = 'waiting' where person_id = %s", [person]
    )
    swept(house, 45)
    assert held(keeper, person) == [0, 1, 1, 1]


@pytest.mark.parametrize("role", ["web", "entrance", "intake", "proof", "mailroom"])
def test_nobody_else_ends_it(house: Cluster, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as one, pytest.raises(psycopg.errors.InsufficientPrivilege):
        one.execute(SWEEP, [100])


def test_no_time_is_no_time(house: Cluster) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        swept(house, -1)
