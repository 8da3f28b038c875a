"""The tries against the evidence hold on a sound house, and find a break in silence and a result that was forged.

A control is made to fail here, and mended: the pages say so at once, since when, and how it was mended.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from os import environ
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one, template
from wellkept.policy import controls
from wellkept.proof import actions
from wellkept.proof.ground import Ground, Said, Try
from wellkept.proof.probes import evidence as probes

pytestmark = pytest.mark.database
BREAKS = "age-first"
SILENT = """
from wellkept.proof import history
history.spans = lambda: {}
"""
PATIENT = """
from wellkept.policy import controls
controls.overdue = lambda control, day: False
"""
GULLIBLE = """
from wellkept.cli import main
from wellkept.proof import release
release.judged = lambda folder, body: "good"
release.digest = lambda: "0" * 64
main(prog_name="wellkept")
"""
Round = Callable[..., UUID]


@pytest.fixture
def keeping(house: Cluster) -> Iterator[psycopg.Connection]:
    """The role that writes evidence, after the round in which everything held. What it wrote here is taken back."""
    earlier = "update wellkept.proof_try set at = at {} interval '1 day' where name = 'Try'"
    with house.administer("wellkept_umr") as connection:
        connection.execute(earlier.format("-"))
    with house.connect("umr", "proof", autocommit=True) as connection:
        yield connection
    with house.administer("wellkept_umr") as connection:
        connection.execute(earlier.format("+"))
        connection.execute("delete from wellkept.proof_mended")
        connection.execute("delete from wellkept.proof_span")
        connection.execute("delete from wellkept.proof_try where name = 'Look'")
        connection.execute("delete from wellkept.proof_run where program_version = 'here'")


@pytest.fixture
def round_(keeping: psycopg.Connection) -> Round:
    """A round of one control, so many minutes ago, as a round writes it."""

    def made(*, held: bool, ago: int, control: str = BREAKS) -> UUID:
        run, known = uuid4(), controls.house()[control]
        keeping.execute("insert into wellkept.proof_run values (%s, now(), now(), '2026-11-22', 'here')", [run])
        keeping.execute(
            "insert into wellkept.proof_try (run, control, name, sentence, outcome, held, at)"
            " values (%s, %s, 'Look', 'We looked for it.', %s, %s, now() - make_interval(mins => %s))",
            [run, control, "None found" if held else "Found", held, ago],
        )
        actions.span(keeping, run, known)
        return run

    return made


def spans(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    return connection.execute("select control, ended is null from wellkept.proof_span order by began").fetchall()


def test_it_holds_on_a_sound_house(without: Without, round_: Round) -> None:
    round_(held=False, ago=40)
    round_(held=True, ago=25)
    with without() as ground:
        assert failed(probes.each_break_is_told, ground) == []
        assert failed(probes.a_forged_result_counts_for_nothing, ground) == []


def test_a_review_that_lapsed_is_red_in_a_rehearsal(rehearsed_without: Without) -> None:
    with rehearsed_without() as ground:
        assert failed(probes.a_lapsed_review_is_red, ground) == []


def test_a_control_that_fails_begins_one_span_and_the_round_that_holds_ends_it(
    keeping: psycopg.Connection, round_: Round
) -> None:
    round_(held=True, ago=60)
    assert spans(keeping) == []
    round_(held=False, ago=45)
    round_(held=False, ago=30)
    assert spans(keeping) == [(BREAKS, True)]
    round_(held=True, ago=29)
    round_(held=True, ago=10)
    assert spans(keeping) == [(BREAKS, False)]
    assert one(keeping, "select date_trunc('minute', ended - began) from wellkept.proof_span") == "0:16:00"


def test_a_round_writes_its_tries_and_their_span_together(keeping: psycopg.Connection, ground: Ground) -> None:
    known = replace(controls.house()[BREAKS], id="tried-here")
    version = replace(
        ground.pack.versions[-1], clauses=(replace(ground.pack.versions[-1].clauses[0], kept_by=("tried-here",)),)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(controls, "of", lambda _pack: {"tried-here": known})
        patch.setattr(
            actions, "probe", lambda _control: lambda _ground: [Try("Look", "We looked.", "Found", held=False)]
        )
        assert not actions.run(ground, version, evidence=keeping, each=lambda *_given: None)
    assert spans(keeping) == [("tried-here", True)]
    assert (
        one(keeping, "select s.began = t.at from wellkept.proof_span s join wellkept.proof_try t on t.run = s.began_in")
        == "True"
    )
    keeping.execute("update wellkept.proof_run set next_at = null where program_version <> 'here'")


def test_what_breaks_is_said_at_once_on_every_page_and_mended_with_its_length(
    ground: Ground, without: Without, round_: Round
) -> None:
    live = {name for name, one in controls.house().items() if one.kind == "live"}
    kept = [c for c in ground.pack.versions[-1].clauses if c.kept_by and not c.not_kept and c.id.startswith("B-")]
    clause = next(c for c in kept if live.issuperset(c.kept_by))
    control, path = clause.kept_by[0], f"/policy/{clause.id.lower()}/"
    with without() as other:
        round_(held=False, ago=45, control=control)
        page = other.ask(path).text
        assert "Broken now." in page
        assert "Since " in page
        assert f"{clause.id} {clause.heading}</a>" in other.ask("/how-we-keep-it/?state=broken").text
        assert "still broken" in other.ask(f"{path}broken/").text
        assert probes.promises(other, base="")[clause.id]["state"] == "broken"
    with without() as other:
        round_(held=True, ago=29, control=control)
        page = other.ask(path).text
        assert "Holding" in page
        assert "Broken once, on " in page
        assert "for 16 minutes." in page
        breaks = other.ask(f"{path}broken/").text
        assert "We looked for it." in breaks
        assert "How it was mended is not written yet." in breaks


def test_it_finds_a_break_that_no_page_tells(without: Without, round_: Round) -> None:
    round_(held=False, ago=40)
    round_(held=True, ago=25)
    with without(after=SILENT) as ground:
        assert failed(probes.each_break_is_told, ground) == ["Find a broken promise that says otherwise"]


def test_it_finds_a_page_of_breaks_that_leaves_them_out(without: Without, round_: Round) -> None:
    round_(held=False, ago=40)
    round_(held=True, ago=25)
    page = template("site/broken.html").replace('{% include "site/broken_once.html" %}', "")
    with without(templates={"site/broken.html": page}) as ground:
        assert failed(probes.each_break_is_told, ground) == ["Find a broken promise that says otherwise"]


def test_it_finds_a_failure_and_a_break_that_do_not_fit(without: Without, round_: Round, altered: Altered) -> None:
    round_(held=False, ago=40)
    with altered("update wellkept.proof_span set began = began + interval '1 min'", "select 1"), without() as ground:
        found = failed(probes.each_break_is_told, ground)
    assert found == ["Find a failure that nobody tells", "Find a break that no try shows"]


def test_it_finds_a_review_that_lapsed_in_silence(rehearsed_without: Without) -> None:
    with rehearsed_without(after=PATIENT) as ground:
        assert failed(probes.a_lapsed_review_is_red, ground) == ["Let a review lapse"]


def test_it_finds_a_forged_result_that_counts(ground: Ground) -> None:
    def say(words: tuple[str, ...], more: Mapping[str, str]) -> Said:
        done = subprocess.run(
            [sys.executable, "-c", GULLIBLE, *words],
            capture_output=True,
            text=True,
            check=False,
            env=environ | dict(more),
        )
        return Said(done.returncode, done.stdout + done.stderr)

    # Whether a sound result ships besides decides what the pages show; the forged ones count in any case.
    assert failed(probes.a_forged_result_counts_for_nothing, replace(ground, say=say))[:3] == [
        "Alter a signed result",
        "Show the result of another build",
        "Show a result that nobody signed",
    ]
