"""The tries against reports hold on a sound house, and find a small count, a reckoned one, and a wrong one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed
from tests.proof.test_links import source
from tests.statistics.test_browsing import emptied
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import reports

pytestmark = pytest.mark.database
PROBES = (
    reports.small_counts_are_withheld,
    reports.a_report_says_what_was_counted,
    reports.months_show_no_request,
    reports.popular_comes_first,
)
# Pages of the last finished month with how often they were read; what one policy's welcome page links is among them.
READ = {"/words/": 90, "/policy/": 60, "/help/": 40, "/what-we-hold/": 7, "/search/": 5}
NOTHING_SMALL = """
from wellkept.statistics import values, withheld
withheld.parts = lambda counts, least=11: tuple(counts)
"""
SMALL_ALONE = """
from wellkept.statistics import withheld
withheld.parts = lambda counts, least=11: tuple(n if n == 0 or n > 10 else None for n in counts)
"""
ADDED_TO = """
from dataclasses import replace
from wellkept.statistics import queries
inner = queries.months
def more(first, last):
    return tuple(replace(one, counts={key: {name: n + 1 for name, n in counts.items()}
                 for key, counts in one.counts.items()}) for one in inner(first, last))
queries.months = more
"""
UNORDERED = """
from wellkept.web.site import popular
popular.ordered = lambda items: list(items)
"""


@pytest.fixture
def counted(house: Cluster) -> Iterator[psycopg.Connection]:
    """UMR with a finished month of visits in its counters and nothing else."""
    with emptied(house, "umr") as connection:
        month = (datetime.now(UTC) - timedelta(days=3)).replace(day=1) - timedelta(days=40)
        hours = [0] * 24
        for route, n in READ.items():
            hours[9] = n
            connection.execute(
                "insert into statistics_total values (date_trunc('month', %s)::date + 4, 'pages', 'public', %s, %s)",
                [month, route, hours],
            )
        yield connection


@contextmanager
def requested(house: Cluster, took: list[int]) -> Iterator[None]:
    """UMR with privacy requests of a month that is over, answered after so many days; afterwards without them."""
    asked_at = (datetime.now(UTC).replace(day=1) - timedelta(days=70)).replace(day=2, hour=18)
    numbers = [uuid4() for _ in took]
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = True
        for number, days in zip(numbers, took, strict=True):
            connection.execute(
                "insert into wellkept.rights_request (id, person_id, category, collected_under, restricted, kind,"
                " words, asked_at, due_on, answered_at) values (%s, %s, 'requests', '', false, 'copy', '', %s, %s, %s)",
                [number, uuid4(), asked_at, asked_at.date(), asked_at + timedelta(days=days)],
            )
        try:
            yield
        finally:
            connection.execute("delete from wellkept.rights_request where id = any(%s)", [numbers])


def test_they_hold_on_a_sound_house(counted: psycopg.Connection, without: Without) -> None:
    with without() as fresh:
        assert [name for probe in PROBES for name in failed(probe, fresh)] == []


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_before_any_month_is_over(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_small_count_in_a_report(counted: psycopg.Connection, without: Without) -> None:
    with without(before=NOTHING_SMALL) as ground:
        assert "Find a small count in a report" in failed(reports.small_counts_are_withheld, ground)


def test_it_finds_a_count_that_can_be_reckoned(counted: psycopg.Connection, without: Without) -> None:
    counted.execute("delete from statistics_total where value = '/search/'")
    with without(before=SMALL_ALONE) as ground:
        assert "Reckon a small count" in failed(reports.small_counts_are_withheld, ground)


def test_it_finds_totals_that_any_page_may_read(ground: Ground, altered: Altered) -> None:
    table = "select on wellkept.statistics_month"
    with altered(f"grant {table} to umr_web", f"revoke {table} from umr_web"):
        assert failed(reports.small_counts_are_withheld, ground) == ["Read what lies behind a report"]


def test_it_finds_a_report_that_says_something_else(counted: psycopg.Connection, without: Without) -> None:
    with without(before=ADDED_TO) as ground:
        assert failed(reports.a_report_says_what_was_counted, ground) == ["Find a number that was not counted so"]


def test_it_finds_a_month_shown_before_it_is_over(
    counted: psycopg.Connection, house: Cluster, ground: Ground, altered: Altered
) -> None:
    counted.execute(
        "insert into statistics_total values (access_day(now()), 'pages', 'public', '/', array_fill(50, '{24}'))"
    )
    whole = source(house, "statistics_finished")
    at_once = whole.replace("(w.month + interval '1 month 1 day')::date <= wellkept.access_day(now())", "true")
    assert at_once != whole
    with altered(at_once, whole):
        assert failed(reports.a_report_says_what_was_counted, ground) == ["Read a month that is not over"]


def test_it_finds_small_counts_of_requests(house: Cluster, ground: Ground, altered: Altered) -> None:
    body = source(house, "rights_withheld")
    bare = body[: body.index("AS $")] + "AS $x$ begin return p_counts; end $x$"
    with requested(house, [0] * 20 + [1] * 4 + [2] * 3), altered(bare, body):
        assert "Find a small count in a month" in failed(reports.months_show_no_request, ground)


def test_it_finds_requests_that_can_be_reckoned(house: Cluster, without: Without, altered: Altered) -> None:
    body = source(house, "rights_withheld")
    alone = "begin return (select array_agg(case when c = 0 or c > 10 then c end) from unnest(p_counts) c); end"
    bare = body[: body.index("AS $")] + f"AS $x$ {alone} $x$"
    with requested(house, [0] * 20 + [1] * 4), altered(bare, body), without() as ground:
        assert failed(reports.months_show_no_request, ground) == ["Reckon a small count of a month"]


def test_it_finds_links_that_are_not_in_order(counted: psycopg.Connection, without: Without) -> None:
    with without(after=UNORDERED) as ground:
        assert failed(reports.popular_comes_first, ground) == ["Find a rarely read page first"]
