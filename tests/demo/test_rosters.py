"""The invented rosters read without a fault, and name the employers and offices of the book."""

from datetime import date
from pathlib import Path

import pytest

from wellkept.cli.bringing import SCENES
from wellkept.demo import rosters
from wellkept.exchange.tables.reading import Row, opened
from wellkept.exchange.tables.rosters import ROSTERS, organisation
from wellkept.organisations.rosters import Listed

TODAY = date(2026, 11, 22)


def read(folder: Path, operator: str, kind: str) -> list[Listed]:
    """What a roster says; a row that could not be read is not among it."""
    path = rosters.roster_csv(folder, kind, SCENES[operator], seed=7, today=TODAY)
    rows = list(opened(path, ROSTERS[kind]).rows)
    assert [one for one in rows if not isinstance(one, Row)] == []
    return [organisation(one, kind=kind, today=TODAY) for one in rows if isinstance(one, Row)]


@pytest.mark.parametrize("operator", list(rosters.KINDS))
def test_every_row_reads_and_the_employers_are_those_of_the_plans(tmp_path: Path, operator: str) -> None:
    told = {kind: read(tmp_path, operator, kind) for kind in rosters.KINDS[operator]}
    scene = SCENES[operator]
    assert {group for one in told["employer"] for group in one.group_numbers} == {one.group for one in scene.employers}
    assert len(told["provider"]) >= 2
    assert {one.npi for one in told["provider"]} <= {one.npi for those in scene.billers.values() for one in those}
    assert all(one.tax_number.startswith("00") for those in told.values() for one in those)


def test_only_the_second_demonstration_has_an_agent_and_a_partner(tmp_path: Path) -> None:
    assert set(rosters.KINDS["umr"]) == {"employer", "provider"}
    (agent,) = read(tmp_path, "pwer", "agent")
    (partner,) = read(tmp_path, "pwer", "partner")
    assert len(agent.group_numbers) == 2
    assert (agent.producer_number, partner.agreement_number) == (rosters.PRODUCER, rosters.AGREEMENT)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    read(tmp_path, "umr", "employer")
    first = (tmp_path / "roster-employer.csv").read_bytes()
    read(tmp_path, "umr", "employer")
    assert (tmp_path / "roster-employer.csv").read_bytes() == first
