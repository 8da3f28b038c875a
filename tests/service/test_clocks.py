"""The database's clocks and the words of the regulations: leap days, ends of years, where the clock changes (R-15)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.cluster import Cluster
from wellkept.clocks.business import is_business_day
from wellkept.clocks.law import appeal_until, review_until

ZONES = ("America/Chicago", "America/New_York", "America/Phoenix", "Pacific/Honolulu")
# 29 CFR 2560.503-1(f)(2)(i), (ii)(B) and (iii)(A), (i)(2)(i) to (iii): in hours, and in days. An urgent review is
# checked at once (45 CFR 147.136(d)(3)(ii)), for which we take a day at most.
HOURS = {("request", "urgent"): 72, ("appeal", "urgent"): 72, ("review", "urgent"): 24, ("request", "ongoing"): 24}
CALENDAR = {("request", "before"): 15, ("appeal", "before"): 30, ("appeal", "after"): 60}
FIRST, LAST = datetime(2027, 10, 1, tzinfo=UTC), datetime(2029, 3, 31, tzinfo=UTC)
MOMENTS = [FIRST + n * timedelta(hours=3, minutes=37) for n in range(int((LAST - FIRST) / timedelta(hours=3.62)))]
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(366 * 12)]


@pytest.fixture
def asking(house: Cluster) -> Iterator[psycopg.Connection[Any]]:
    """The administrator in a transaction that is taken back, so that the zone may be another one."""
    with house.administer("wellkept_umr") as connection:
        yield connection
        connection.rollback()


def due(asking: psycopg.Connection[Any], zone: str, kind: str, setting: str | None) -> list[datetime | None]:
    asking.execute("update wellkept.access_place set zone = %s", [zone])
    statement = (
        "select wellkept.service_due(%s, %s, m) from unnest(%s::timestamptz[]) with ordinality u (m, n) order by n"
    )
    return [row[0] for row in asking.execute(statement, [kind, setting, MOMENTS])]


@pytest.mark.parametrize("sort", HOURS)
def test_hours_are_hours(asking: psycopg.Connection[Any], sort: tuple[str, str]) -> None:
    found = due(asking, ZONES[0], *sort)
    assert {end - at for at, end in zip(MOMENTS, found, strict=True) if end} == {timedelta(hours=HOURS[sort])}
    assert None not in found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("sort", CALENDAR)
def test_days_are_days_of_the_calendar_where_the_operator_works(
    asking: psycopg.Connection[Any], sort: tuple[str, str], zone: str
) -> None:
    here, hour = ZoneInfo(zone), timedelta(hours=1)
    for at, end in zip(MOMENTS, due(asking, zone, *sort), strict=True):
        assert end is not None
        assert end.astimezone(here).date() - at.astimezone(here).date() == timedelta(days=CALENDAR[sort])
        assert abs(end - at - timedelta(days=CALENDAR[sort])) <= hour


@pytest.mark.parametrize("sort", [("inquiry", None), ("review", None), ("request", "after")])
def test_no_clock_runs_where_the_law_has_none(asking: psycopg.Connection[Any], sort: tuple[str, str | None]) -> None:
    assert set(due(asking, ZONES[0], *sort)) == {None}


def test_the_database_rests_on_the_days_that_the_government_does(asking: psycopg.Connection[Any]) -> None:
    rows = asking.execute("select d, wellkept.service_rests(d) from unnest(%s::date[]) d", [DAYS]).fetchall()
    assert len(rows) == len(DAYS)
    assert [day for day, rests in rows if rests is is_business_day(day)] == []


def test_the_database_and_the_pages_name_the_same_last_days(asking: psycopg.Connection[Any]) -> None:
    statement = (
        "select d, wellkept.service_until('appeal', d), wellkept.service_until('review', d) from unnest(%s::date[]) d"
    )
    rows = asking.execute(statement, [DAYS]).fetchall()
    assert len(rows) == len(DAYS)
    assert [day for day, appeal, review in rows if (appeal, review) != (appeal_until(day), review_until(day))] == []


def test_an_inquiry_has_no_last_day(asking: psycopg.Connection[Any]) -> None:
    assert asking.execute("select wellkept.service_until('inquiry', current_date)").fetchone() == (None,)
