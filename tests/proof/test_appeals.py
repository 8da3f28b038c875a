"""The tries against questions and appeals hold on a sound house, and find each control that is gone."""

import pytest

from tests.changing import zone
from tests.proof.conftest import Altered, Without, failed
from wellkept.proof.ground import Ground
from wellkept.proof.probes import appeals

pytestmark = pytest.mark.database
TAKING = """
from wellkept.files import kinds
kinds.checked = lambda content: (kinds.PDF, content)
"""


def body(ground: Ground, name: str) -> str:
    """A function as it stands, to put it back."""
    with ground.connect("proof") as proof:
        row = proof.execute(f"select pg_get_functiondef('wellkept.{name}'::regproc)").fetchone()
    assert row is not None
    return str(row[0])


def test_the_clocks_hold(ground: Ground) -> None:
    assert failed(appeals.the_clocks_of_the_law_run, ground) == []


@pytest.mark.parametrize("days", [15, 30, 60])
def test_the_clocks_hold_where_the_operators_clock_changes(ground: Ground, altered: Altered, days: int) -> None:
    changes = f"update wellkept.access_place set zone = '{zone(days)}'"
    with altered(changes, "update wellkept.access_place set zone = 'America/Chicago'"):
        assert failed(appeals.the_clocks_of_the_law_run, ground) == []


def test_it_finds_a_day_more_than_the_law_gives(ground: Ground, altered: Altered) -> None:
    stands = body(ground, "service_due")
    with altered(stands.replace("p_at, 30", "p_at, 31"), stands):
        assert failed(appeals.the_clocks_of_the_law_run, ground) == ["Find a decision due later than the law says"]


def test_only_who_may_sends_and_answers(ground: Ground) -> None:
    assert failed(appeals.nobody_appeals_for_another, ground) == []


def test_programs_are_refused(ground: Ground) -> None:
    assert failed(appeals.programs_are_no_papers, ground) == []


def test_it_finds_a_clock_that_runs_too_long(ground: Ground, altered: Altered) -> None:
    stands = body(ground, "service_due")
    with altered(stands.replace("72 hours", "96 hours"), stands):
        assert failed(appeals.the_clocks_of_the_law_run, ground) == ["Find a decision due later than the law says"]


def test_it_finds_an_appeal_taken_after_its_time(ground: Ground, altered: Altered) -> None:
    stands = body(ground, "service_until")
    with altered(stands.replace("180", "1800"), stands):
        assert failed(appeals.the_clocks_of_the_law_run, ground) == ["Appeal within 180 days, and later"]


def test_it_finds_an_appeal_in_another_name(ground: Ground, altered: Altered) -> None:
    stands = body(ground, "service_reads")
    loose = stands.replace("p_person = any (wellkept.held_subjects())", "true")
    assert loose != stands
    opens = body(ground, "service_open_case")
    open_to_all = opens.replace("or not p_person = any (wellkept.held_subjects())", "")
    assert open_to_all != opens
    with altered(loose, stands), altered(open_to_all, opens):
        assert "Appeal for somebody else" in failed(appeals.nobody_appeals_for_another, ground)


def test_it_finds_time_taken_by_anybody(ground: Ground, altered: Altered) -> None:
    stands = body(ground, "service_extend_case")
    loose = stands.replace("then return 'no'; end if;", "then return 'done'; end if;", 1)
    assert loose != stands
    with altered(loose, stands):
        assert failed(appeals.nobody_appeals_for_another, ground) == ["Take more time from outside the desk"]


def test_it_finds_a_program_taken(without: Without) -> None:
    with without(after=TAKING) as ground:
        assert "Send a program with a question" in failed(appeals.programs_are_no_papers, ground)
