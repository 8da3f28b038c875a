"""The totals as the database holds them: what may be added, by whom, how many values, and how a day is packed."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg
import pytest

from tests.cluster import Cluster
from wellkept.statistics.dimensions import DIMENSIONS

pytestmark = pytest.mark.database
NUMBERS = itertools.count(1)
RUN = UUID("00000000-0000-8000-8000-0000000000aa")
Row = dict[str, Any]


@pytest.fixture
def house_alone(house: Cluster) -> Iterator[psycopg.Connection]:
    """The totals of UMR without anything in them, for as long as one transaction that is never committed."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute("delete from statistics_total")
        connection.execute("delete from statistics_day")
        connection.execute("delete from statistics_run")
        yield connection
        connection.rollback()


def today() -> date:
    return datetime.now(UTC).date()


def row(value: str, n: int = 1, **other: object) -> Row:
    found: Row = {"day": str(today()), "slot": 3, "dimension": "pages", "audience": "public", "value": value, "n": n}
    return found | other


def add(
    connection: psycopg.Connection, *rows: Row, run: UUID = RUN, number: int | None = None, ended: bool = False
) -> None:
    """Add as a process for pages does."""
    connection.execute("set local role umr_web")
    asked = "select wellkept.statistics_add(%s, %s, 2, %s, 'UTC', %s)"
    given = [run, next(NUMBERS) if number is None else number, ended, orjson.dumps(list(rows)).decode()]
    try:
        with connection.transaction():
            connection.execute(asked, given)
    finally:
        connection.execute("reset role")


def totals(connection: psycopg.Connection) -> dict[tuple[date, str, str, str], list[int]]:
    found = connection.execute("select day, dimension, audience, value, counts from statistics_count").fetchall()
    return {(day, dimension, audience, value): counts for day, dimension, audience, value, counts in found}


def test_the_database_knows_the_same_dimensions(house_alone: psycopg.Connection) -> None:
    found = house_alone.execute("select name, slots, most from statistics_dimension").fetchall()
    assert set(found) == {(one.name, one.slots, one.most) for one in DIMENSIONS}


def test_what_is_added_twice_adds_up_in_its_hour(house_alone: psycopg.Connection) -> None:
    add(house_alone, row("/policy/", 2), row("/policy/", 5, slot=23))
    add(house_alone, row("/policy/", 1))
    expected = [0] * 24
    expected[3], expected[23] = 3, 5
    assert totals(house_alone) == {(today(), "pages", "public", "/policy/"): expected}


def test_an_addition_that_comes_twice_adds_once(house_alone: psycopg.Connection) -> None:
    add(house_alone, row("/policy/"), number=7)
    add(house_alone, row("/policy/"), number=7)
    add(house_alone, row("/policy/"), number=7, run=uuid4())
    assert sum(totals(house_alone)[today(), "pages", "public", "/policy/"]) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"slot": 24},
        {"slot": -1},
        {"slot": None},
        {"dimension": "people"},
        {"n": -1},
        {"day": "2020-01-01"},
        {"day": str(datetime.now(UTC).date() + timedelta(days=2))},
        {"value": ""},
        {"value": "a\nb"},
        {"value": "é"},
        {"value": "x" * 161},
        {"audience": "member 7"},
        {"dimension": "referrers", "slot": 0, "value": "https://a.example/", "n": -4},
    ],
)
def test_what_is_no_total_is_refused_whole(house_alone: psycopg.Connection, wrong: Row) -> None:
    with pytest.raises(psycopg.Error):
        add(house_alone, row("/policy/"), row("/terms/") | wrong)
    assert totals(house_alone) == {}


def test_other_gives_a_referrer_what_it_is_owed_and_never_falls_below_nought(house_alone: psycopg.Connection) -> None:
    came = {"dimension": "referrers", "slot": 0}
    add(house_alone, row("other", 4, **came))
    add(house_alone, row("https://a.example/", 5, **came), row("other", -4, **came))
    add(house_alone, row("other", -4, **came))
    found = {value: sum(counts) for (*_, value), counts in totals(house_alone).items()}
    assert found == {"https://a.example/": 5, "other": 0}


def test_five_hundred_referrers_a_day_and_the_rest_is_other(house_alone: psycopg.Connection) -> None:
    add(house_alone, *(row(f"https://{n}.example/", 5, dimension="referrers", slot=0) for n in range(520)))
    add(house_alone, row("https://0.example/", 5, dimension="referrers", slot=0))
    add(house_alone, row("https://new.example/", 5, dimension="referrers", slot=0))
    found = {value: sum(counts) for (*_, value), counts in totals(house_alone).items()}
    assert (len(found), found["other"], found["https://0.example/"]) == (501, 105, 10)
    assert "https://new.example/" not in found


def test_a_page_process_adds_and_does_nothing_else(house: Cluster) -> None:
    statements = (
        "select * from wellkept.statistics_count",
        "select * from wellkept.statistics_total",
        "select * from wellkept.statistics_day",
        "select * from wellkept.statistics_run",
        "insert into wellkept.statistics_total values (now(), 'pages', '', 'x', '{1}')",
        "update wellkept.statistics_total set counts = '{}'",
        "delete from wellkept.statistics_run",
        "select wellkept.statistics_settle('UTC')",
    )
    with house.connect("umr", "web", autocommit=True) as web:
        for one in statements:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(one)


def test_a_day_that_is_over_is_packed_and_reads_the_same(house_alone: psycopg.Connection) -> None:
    add(house_alone, row("/a/", 2), row("/b/", 3, audience="member"), row("x > y", 4, dimension="next", slot=0))
    before = {(*key[1:], tuple(counts)) for key, counts in totals(house_alone).items()}
    house_alone.execute("update statistics_total set day = day - 5")
    add(house_alone, row("/c/"))
    assert house_alone.execute("select count(*), max(day) from statistics_total").fetchone() == (1, today())
    assert house_alone.execute("select count(*) from statistics_day").fetchone() == (2,)
    old = {(*key[1:], tuple(counts)) for key, counts in totals(house_alone).items() if key[0] < today()}
    assert old == before


def test_our_own_tries_are_forgotten_when_their_day_is_packed(house_alone: psycopg.Connection) -> None:
    add(house_alone, row("/a/"), row("/a/", audience="proof"))
    house_alone.execute("update statistics_total set day = day - 5")
    add(house_alone)
    assert {audience for _day, _dimension, audience, _value in totals(house_alone)} == {"public"}


def test_what_comes_late_to_a_packed_day_is_packed_with_it(house_alone: psycopg.Connection) -> None:
    for value in ("/a/", "/b/"):
        add(house_alone, row(value, 2), row("/both/"))
        house_alone.execute("update statistics_total set day = day - 5")
        add(house_alone)
    found = {value: sum(counts) for (*_, value), counts in totals(house_alone).items()}
    assert found == {"/a/": 2, "/b/": 2, "/both/": 2}
    assert house_alone.execute("select count(*) from statistics_day").fetchone() == (1,)


def test_a_process_that_ended_without_a_word_is_counted_as_lost(house_alone: psycopg.Connection) -> None:
    add(house_alone, row("/a/"), run=uuid4())
    add(house_alone, row("/a/"), run=uuid4())
    house_alone.execute("update statistics_run set added = now() - interval '4 min'")
    add(house_alone, row("/a/"), run=RUN)
    assert house_alone.execute("select id from statistics_run").fetchall() == [(RUN,)]
    lost = [counts for (_day, dimension, *_), counts in totals(house_alone).items() if dimension == "lost"]
    assert sum(map(sum, lost)) == 2


def test_a_process_that_says_that_it_ended_is_not_lost(house_alone: psycopg.Connection) -> None:
    add(house_alone, row("/a/"))
    house_alone.execute("update statistics_run set added = now() - interval '4 min'")
    add(house_alone, ended=True)
    assert house_alone.execute("select count(*) from statistics_run").fetchone() == (0,)
    assert {dimension for _, dimension, *_ in totals(house_alone)} == {"pages"}


def test_no_total_has_a_column_or_a_key_that_leads_to_a_person(house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        keys = connection.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f'"
            " and (conrelid::regclass::text like '%statistics\\_%' or confrelid::regclass::text like '%statistics\\_%')"
        ).fetchall()
        types = connection.execute(
            "select distinct table_name, data_type from information_schema.columns"
            " where table_schema = 'wellkept' and table_name like 'statistics\\_%'"
            " and data_type in ('uuid', 'inet', 'bytea')"
        ).fetchall()
    assert keys
    assert all("statistics_" in one for pair in keys for one in pair)
    assert types == [("statistics_run", "uuid")]
