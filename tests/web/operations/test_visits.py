"""The month that is being counted: for administration alone, with small counts withheld, and with who counts."""

import re
from collections.abc import Iterator

import psycopg
import pytest

from tests.cluster import Cluster
from tests.statistics.test_browsing import emptied
from tests.web.desk.staff import Staff
from tests.web.operations.conftest import Visit

PAGE = "/operations/visits/"


@pytest.fixture
def counted(house: Cluster) -> Iterator[psycopg.Connection]:
    """UMR with something counted today and nothing else."""
    with emptied(house, "umr") as connection:
        for route, n in {"/": 30, "/policy/": 25, "/help/": 4}.items():
            connection.execute(
                "insert into statistics_total values (access_day(now()), 'pages', 'public', %s, %s)",
                [route, [0] * 9 + [n] + [0] * 14],
            )
        yield connection


@pytest.mark.parametrize("name", ["nobody", "ada", "rita", "ute"])
def test_a_stranger_reads_nothing_of_it(visit: Visit, name: str, counted: psycopg.Connection) -> None:
    answer = visit(name).get(PAGE)
    assert answer.status_code in (302, 401, 403)
    assert b"Pages read" not in answer.content
    assert b"Visits so far" not in answer.content


def test_an_administrator_reads_the_month_so_far(visit: Visit, counted: psycopg.Connection) -> None:
    words = " ".join(re.sub("<[^>]+>", " ", visit("olga").get(PAGE).content.decode()).split())
    assert "Pages read 40" in words
    assert "Visits so far" in words
    assert not re.search(r"Help /help/ 4\b", words)


def test_two_looks_cannot_be_subtracted(visit: Visit, counted: psycopg.Connection) -> None:
    olga, page = visit("olga"), re.compile(r"Pages read.{0,200}?(\d+)", re.DOTALL)
    before = page.search(olga.get(PAGE).content.decode())
    counted.execute("update statistics_total set counts[10] = counts[10] + 1 where value in ('/', '/help/')")
    after = page.search(olga.get(PAGE).content.decode())
    assert before
    assert after
    assert before[1] == after[1]


def test_the_first_day_says_that_nothing_is_counted_yet(visit: Visit, counted: psycopg.Connection) -> None:
    counted.execute("delete from statistics_total")
    assert b"Nothing is counted yet for" in visit("olga").get(PAGE).content


def test_a_process_that_fell_silent_is_named(visit: Visit, counted: psycopg.Connection) -> None:
    run = (
        "insert into statistics_run (id, added, every_seconds, number)"
        " values (gen_random_uuid(), now() - %s::interval, 2, 1) returning id"
    )
    numbers = [counted.execute(run, [ago]).fetchone() for ago in ("1 second", "150 seconds")]
    try:
        page = visit("olga").get(PAGE).content.decode()
        assert "Silent" in page
        assert "Counting" in page
    finally:
        counted.execute("delete from statistics_run where id = any(%s)", [[row[0] for row in numbers if row]])


def test_the_database_tells_it_to_no_other_session(house: Cluster, staff: Staff, counted: psycopg.Connection) -> None:
    with house.connect("umr", "web", autocommit=True) as web:
        for secret in (b"", b"x" * 32):
            assert web.execute("select * from wellkept.statistics_so_far(%s)", [secret]).fetchall() == []
            assert web.execute("select * from wellkept.statistics_counting(%s)", [secret]).fetchall() == []
