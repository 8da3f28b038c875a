"""The times of privacy requests, by month: the database counts them as the policy says, and withholds what is small."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.cluster import Cluster
from wellkept.clocks.business import business_days_between, is_business_day
from wellkept.proof.family import SPONSOR
from wellkept.statistics import withheld

CHICAGO = ZoneInfo("America/Chicago")
Asked = tuple[datetime, datetime | None]


@pytest.fixture
def emptied(house: Cluster) -> Iterator[psycopg.Connection]:
    """The records of UMR without any request, in a transaction that is taken back."""
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = False
        connection.execute("set search_path = wellkept")
        connection.execute("set session_replication_role = replica")
        connection.execute("delete from rights_request")
        yield connection
        connection.rollback()


def ask(connection: psycopg.Connection, requests: list[Asked], person: object = None) -> None:
    for asked_at, answered_at in requests:
        connection.execute(
            "insert into rights_request (id, person_id, category, collected_under, restricted, kind, words, asked_at,"
            " due_on, answered_at) values (%s, %s, 'requests', '2026-11-22', false, 'copy', '', %s, %s, %s)",
            [uuid4(), person or uuid4(), asked_at, asked_at.date(), answered_at],
        )


def published(connection: psycopg.Connection) -> list[tuple[date, int | None, list[int | None]]]:
    return connection.execute("select month, requests, answered from rights_months()").fetchall()


def first_of(day: date, months: int) -> date:
    """The first day of the month that lies so many months after that of ``day``."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def today() -> date:
    return datetime.now(CHICAGO).date()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def test_the_database_knows_every_business_day_that_the_clock_knows(emptied: psycopg.Connection) -> None:
    days = [date(2021, 1, 1) + timedelta(days=n) for n in range(365 * 30)]
    rows = emptied.execute(
        "select d::date, extract(isodow from d) < 6 and not rights_holiday(d::date)"
        " from generate_series(%s::date, %s::date, interval '1 day') d",
        [days[0], days[-1]],
    ).fetchall()
    assert [(day, bool(open_)) for day, open_ in rows] == [(day, is_business_day(day)) for day in days]


def test_the_database_withholds_by_the_same_rule_as_the_reports(emptied: psycopg.Connection) -> None:
    chance = random.Random(11)  # noqa: S311  (a draw of a test)
    cases = [[chance.choice((0, 0, 3, 9, 10, 11, 12, 15, 40)) for _ in range(8)] for _ in range(400)]
    for counts in cases:
        row = emptied.execute("select rights_withheld(%s)", [counts]).fetchone()
        assert row
        assert tuple(row[0]) == withheld.parts(counts), counts


def test_a_month_is_what_an_independent_count_makes_of_it(emptied: psycopg.Connection) -> None:
    chance = random.Random(3)  # noqa: S311  (a draw of a test)
    month = first_of(today(), -4)
    closed = first_of(month, 1) + timedelta(days=15)
    asked: list[Asked] = []
    for _ in range(160):
        at = noon(month + timedelta(days=chance.randrange(28)))
        took = chance.choice((0, 1, 1, 2, 3, 4, 5, 6, 9, 40, None))
        asked.append((at, None if took is None else at + timedelta(days=took)))
    ask(emptied, asked)
    expected = [0] * 8
    for at, answered in asked:
        if answered is None or answered.astimezone(CHICAGO).date() >= closed:
            expected[7] += 1
        else:
            day = business_days_between(at.astimezone(CHICAGO).date(), answered.astimezone(CHICAGO).date())
            expected[min(day, 6)] += 1
    found = published(emptied)
    assert found[0] == (month, 160, list(withheld.parts(expected)))
    assert any(found[0][2])
    assert all(row[1:] == (0, [0] * 8) for row in found[1:])


def test_a_month_with_few_requests_tells_neither_how_many_nor_when(emptied: psycopg.Connection) -> None:
    month = first_of(today(), -3)
    ask(emptied, [(noon(month), noon(month))] * 10)
    assert published(emptied)[0] == (month, None, [None] * 8)


def test_months_without_requests_say_so(emptied: psycopg.Connection) -> None:
    ask(emptied, [(noon(first_of(today(), -4)), None)] * 20)
    empty = [row for row in published(emptied) if row[0] == first_of(today(), -3)]
    assert empty == [(first_of(today(), -3), 0, [0] * 8)]


def test_nothing_is_published_before_a_month_is_over_for_15_days(emptied: psycopg.Connection) -> None:
    ask(emptied, [(noon(today()), noon(today()))] * 30)
    assert published(emptied) == []


def test_an_answer_after_the_month_was_published_changes_nothing(emptied: psycopg.Connection) -> None:
    month = first_of(today(), -3)
    ask(emptied, [(noon(month), None)] * 12)
    before = published(emptied)
    emptied.execute("update rights_request set answered_at = now()")
    assert published(emptied) == before


def test_the_made_up_people_of_the_probes_stand_outside(emptied: psycopg.Connection) -> None:
    person, plan = uuid4(), uuid4()
    emptied.execute(
        "insert into organisations_plan (id, sponsor, group_number, collected_under) values (%s, %s, 'P', '')",
        [plan, SPONSOR],
    )
    emptied.execute(
        "insert into people_person (id, person_id, category, plan_id, collected_under, restricted, household_id,"
        " relationship, name, birth_date, member_number, gender, state, file_id, set_number, told)"
        " values (%s, %s, 'identity', %s, '', false, %s, '18', '', '', '', '', '', %s, '', '')",
        [person, person, plan, uuid4(), uuid4()],
    )
    ask(emptied, [(noon(first_of(today(), -3)), None)] * 30, person)
    assert published(emptied) == []


def test_a_page_may_ask_for_the_finished_months_and_for_nothing_that_makes_them(house: Cluster) -> None:
    with house.connect("umr", "web", autocommit=True) as connection:
        connection.execute("select * from wellkept.rights_months()").fetchall()
        for asked in (
            "rights_withheld(array[12])",
            "rights_holiday(now()::date)",
            "rights_answer_day(now()::date, now()::date)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select wellkept.{asked}")
