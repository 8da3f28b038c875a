"""A finished month is reckoned once, from packed days and open ones alike, and no page reads what it was made of."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest

from tests.cluster import Cluster
from tests.statistics.test_browsing import emptied

pytestmark = pytest.mark.database
TODAY = "select (now() at time zone 'America/Chicago')::date"


@pytest.fixture
def counters(house: Cluster) -> Iterator[psycopg.Connection]:
    with emptied(house, "umr") as connection:
        yield connection


def before(connection: psycopg.Connection, months: int) -> date:
    """The first day of the month that lies so many months before this one."""
    row = connection.execute(
        f"select date_trunc('month', ({TODAY}) - make_interval(months => %s))::date", [months]
    ).fetchone()
    assert row
    first: date = row[0]
    return first


def count(connection: psycopg.Connection, day: date, value: str, hours: list[int], audience: str = "public") -> None:
    connection.execute("insert into statistics_total values (%s, 'pages', %s, %s, %s)", [day, audience, value, hours])


def finished(connection: psycopg.Connection) -> list[date]:
    return [month for (month,) in connection.execute("select * from statistics_finished()").fetchall()]


@pytest.mark.parametrize("packed", [True, False])
def test_a_month_is_the_sum_of_its_days(counters: psycopg.Connection, *, packed: bool) -> None:
    chance = random.Random(4)  # noqa: S311  (a draw of a test)
    month = before(counters, 2)
    values, hours, days = Counter[tuple[str, str]](), [0] * 24, Counter[date]()
    for day in (month + timedelta(days=n) for n in range(-2, 28)):
        for audience, value in (("public", "/"), ("public", "/policy/"), ("member", "/member/")):
            numbers = [chance.randrange(4) for _ in range(24)]
            count(counters, day, value, numbers, audience)
            if day >= month:
                values[audience, value] += sum(numbers)
                days[day] += sum(numbers)
                hours = [a + b for a, b in zip(hours, numbers, strict=True)]
        count(counters, day, "/", [9] * 24, "proof")
    if packed:
        counters.execute("select statistics_settle('America/Chicago')")
        assert counters.execute("select count(*) from statistics_total").fetchone() == (0,)
    while month not in finished(counters):
        pass
    rows = counters.execute("select audience, value, n from statistics_months(%s, %s)", [month, month]).fetchall()
    assert {(audience, value): n for audience, value, n in rows} == dict(values)
    times = counters.execute("select slots, days from statistics_times(%s)", [month]).fetchall()
    assert [sum(one) for one in zip(*(slots for slots, _days in times), strict=True)] == hours
    found = [sum(one) for one in zip(*(days for _slots, days in times), strict=True)]
    assert found[:28] == [days[month + timedelta(days=n)] for n in range(28)]


def test_the_month_that_runs_and_the_one_whose_last_day_may_still_grow_are_not_finished(
    counters: psycopg.Connection,
) -> None:
    count(counters, before(counters, 0), "/", [20] * 24)
    assert finished(counters) == []
    row = counters.execute(TODAY).fetchone()
    assert row
    count(counters, before(counters, 1), "/", [20] * 24)
    assert finished(counters) == ([] if row[0].day == 1 else [before(counters, 1)])


def test_a_finished_month_never_changes(counters: psycopg.Connection) -> None:
    month = before(counters, 3)
    count(counters, month, "/", [20] * 24)
    assert finished(counters) == [month]
    count(counters, month, "/late/", [20] * 24)
    assert finished(counters) == [month]
    assert len(counters.execute("select * from statistics_months(%s, %s)", [month, month]).fetchall()) == 1


def test_what_is_more_than_a_dimension_holds_is_other(counters: psycopg.Connection) -> None:
    month = before(counters, 3)
    for n in range(30):
        counters.execute(
            "insert into statistics_total values (%s, 'crawlers', '', %s, %s)", [month, f"c{n:02}", [n + 1] + [0] * 23]
        )
    finished(counters)
    rows = counters.execute("select value, n from statistics_months(%s, %s)", [month, month]).fetchall()
    assert sum(n for _value, n in rows) == 465
    assert len(rows) <= 3
    assert ("c29", 30) in rows


def test_a_page_reads_finished_months_and_no_table(house: Cluster, counters: psycopg.Connection) -> None:
    with house.connect("umr", "web", autocommit=True) as web:
        web.execute("select * from wellkept.statistics_finished()").fetchall()
        for behind in (
            "statistics_month",
            "statistics_month_times",
            "statistics_reckoned(current_date)",
            "statistics_clock(current_date)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(f"select * from wellkept.{behind}")
