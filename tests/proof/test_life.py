"""The tries against deaths hold on a sound house, and find one who does both steps."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes import life

pytestmark = pytest.mark.database
NAMED = """
from wellkept.web.desk import deaths
deaths.KINDS = {step: "%s" for step in ("death", "estate", "undo")}
"""


def test_a_death_takes_two(ground: Ground) -> None:
    assert failed(life.a_death_takes_two, ground) == []


def test_it_finds_one_who_does_both_steps(house: Cluster, ground: Ground, altered: Altered) -> None:
    with house.administer("wellkept_umr") as connection:
        decides = one(connection, "select pg_get_functiondef('wellkept.people_death_decide'::regproc)")
    loose = decides.replace("if d.asked_by = s.account_id then return 'first'; end if;", "").replace(
        "decided_by = s.account_id", "decided_by = gen_random_uuid()"
    )
    # All that follows from a death is left out: the family stands for the tests that come.
    loose = loose.replace("perform wellkept.people_ended(d.person_id, s);", "null;")
    assert loose.count("gen_random_uuid") == 1
    with altered(loose, decides):
        found = failed(life.a_death_takes_two, ground)
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.people_death")
    assert "Record a death alone" in found


def test_it_finds_a_list_that_names_somebody(house: Cluster, ground: Ground, without: Without) -> None:
    with without(after=NAMED % ground.members["other"].canaries[0]) as changed:
        assert failed(life.a_death_takes_two, changed) == ["Read on the list who is meant"]
