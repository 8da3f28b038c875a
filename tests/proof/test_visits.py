"""The tries against what is counted of a visit hold on a sound house, and find a name, a difference, a wrong total."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, running, wait_for
from wellkept.cli import cluster, serve
from wellkept.cli.cluster.server import free_port
from wellkept.policy import packs
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import cookies, visits

pytestmark = pytest.mark.database
PROBES = (visits.visits_are_totals_alone, visits.totals_lead_to_nobody, cookies.the_visit_cookie_holds_days_alone)

# Each is the program with one control taken away.
NOT_COUNTED = 'settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("Counting")]'
NAMED_AT_ONCE = """
from wellkept.statistics import counters
counters.FIVE = 1
"""
BY_LANGUAGE = """
from wellkept.web.shell.counting import Counting
inner = Counting.totals
def more(self, request, response):
    yield from inner(self, request, response)
    yield "pages", "proof", "/" + request.headers["Accept-Language"]
Counting.totals = more
"""
WITHOUT_PRIVACY = """
from wellkept.web.shell import counting
counting.asks_for_privacy = lambda request: False
"""
NUMBERED = """
from wellkept.statistics import remembered
from itertools import count
numbers = count(1)
remembered.visit = lambda value, today: remembered.Visit("first", f"{today:%Y%m%d}.{next(numbers)}")
"""


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


@pytest.fixture
def hits(house: Cluster, ground: Ground, tmp_path: Path) -> Iterator[Ground]:
    """The portal of PWeR, which counts hits. Of its ground the tries of this page need the address and the database."""
    port = free_port()
    child = serve.web(operator="pwer", host="127.0.0.1", port=port, workers=2, threads=2)
    with contextlib.ExitStack() as stack:
        stack.enter_context(running(child, tmp_path / "pages.log"))
        wait_for(port)

        def connect(role: str) -> psycopg.Connection[Any]:
            return cluster.connect(operator="pwer", role=role, autocommit=True)

        yield replace(ground, pack=packs.named("pwer"), base=f"http://127.0.0.1:{port}", connect=connect)


def test_it_holds_where_hits_are_counted(hits: Ground) -> None:
    assert [failed(probe, hits) for probe in PROBES] == [[], [], []]


def test_it_finds_visits_that_are_not_counted(without: Without) -> None:
    with without(before=NOT_COUNTED) as ground:
        assert failed(visits.visits_are_totals_alone, ground) == ["Count a visit otherwise than it was"]


def test_it_finds_a_way_in_that_was_named_too_early(without: Without) -> None:
    with without(after=NAMED_AT_ONCE) as ground:
        assert "Find a rare way in" in failed(visits.visits_are_totals_alone, ground)


def test_it_finds_a_total_that_tells_visitors_apart(without: Without) -> None:
    with without(after=BY_LANGUAGE) as ground:
        assert "Tell one visitor from another" in failed(visits.visits_are_totals_alone, ground)


def test_it_finds_a_browser_whose_wish_is_not_heard(without: Without) -> None:
    with without(after=WITHOUT_PRIVACY) as ground:
        assert "Get it against one's wish" in failed(cookies.the_visit_cookie_holds_days_alone, ground)


def test_it_finds_a_cookie_that_tells_browsers_apart(without: Without) -> None:
    with without(after=NUMBERED) as ground:
        found = failed(cookies.the_visit_cookie_holds_days_alone, ground)
    assert found == ["Find more than two days in it", "Tell two browsers apart by it", "Get it anew with each page"]


def test_it_finds_a_column_for_a_person(ground: Ground, altered: Altered) -> None:
    with altered(
        "alter table wellkept.statistics_run add column account uuid",
        "alter table wellkept.statistics_run drop column account",
    ):
        assert failed(visits.totals_lead_to_nobody, ground) == ["Find a column for a person"]


def test_it_finds_a_key_to_a_person(ground: Ground, altered: Altered) -> None:
    with altered(
        "alter table wellkept.statistics_run add constraint led foreign key (id)"
        " references wellkept.people_person (person_id) not valid",
        "alter table wellkept.statistics_run drop constraint led",
    ):
        assert failed(visits.totals_lead_to_nobody, ground) == ["Find a key from a total to a person"]


def test_it_finds_a_page_that_may_read_what_was_counted(ground: Ground, altered: Altered) -> None:
    with altered(
        "grant select on wellkept.statistics_total to umr_web",
        "revoke select on wellkept.statistics_total from umr_web",
    ):
        assert failed(visits.totals_lead_to_nobody, ground) == ["Read what was counted as a page"]
