"""The tries against numbers and rosters hold on a sound house, and find what takes a wrong number or opens a roster."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Without, failed
from wellkept.proof.ground import Ground
from wellkept.proof.probes import rosters

pytestmark = pytest.mark.database
UNCHECKED = """
from wellkept.organisations import formats
formats.{name} = lambda *typed: typed[-1]
"""


def test_they_hold_on_a_sound_house(ground: Ground) -> None:
    for probe in (rosters.numbers_are_checked, rosters.rosters_open_to_nobody):
        tries = probe(ground)
        assert tries
        assert [one for one in tries if not one.held] == []


@pytest.mark.parametrize("name", ["npi", "tax_number", "group_number"])
def test_a_number_that_nobody_checks_is_found(without: Without, name: str) -> None:
    with without(before=UNCHECKED.format(name=name)) as ground:
        assert failed(rosters.numbers_are_checked, ground) == ["Register with a number that is none"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("select on wellkept.organisations_organisation to umr_web", "Read a roster"),
        (
            "execute on function wellkept.organisations_found to umr_entrance",
            "Ask a page's role who is on a roster",
        ),
    ],
)
def test_a_grant_too_many_is_found(house: Cluster, ground: Ground, given: str, name: str) -> None:
    with house.administer("wellkept_umr") as administrator:
        administrator.execute(f"grant {given}")
    try:
        assert failed(rosters.rosters_open_to_nobody, ground) == [name]
    finally:
        with house.administer("wellkept_umr") as administrator:
            administrator.execute(f"revoke {given.replace(' to ', ' from ')}")
