"""The tries against the desk hold on a sound house, and find a change for a caller whom nobody verified."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes import desk

pytestmark = pytest.mark.database
ANSWERED = """
from dataclasses import replace
from wellkept.web.desk import contact
inner = contact.on_call
contact.on_call = lambda here, call: replace(inner(here, call), verified=inner(here, call).began)
"""
UNSAID = """
from wellkept.web.desk import contact
contact.changed = lambda *given: None
"""


def test_an_unverified_caller_changes_nothing(ground: Ground) -> None:
    assert failed(desk.an_unverified_caller_changes_nothing, ground) == []


def test_it_finds_a_change_before_the_caller_has_answered(house: Cluster, altered: Altered, without: Without) -> None:
    with house.administer("wellkept_umr") as connection:
        ties = one(connection, "select pg_get_functiondef('wellkept.service_on_call'::regproc)")
    loose = ties.replace("c.verified is not null", "true")
    assert loose != ties
    with altered(loose, ties), without(after=ANSWERED) as ground:
        found = failed(desk.an_unverified_caller_changes_nothing, ground)
    assert "Change an address before the caller has answered" in found


def test_it_finds_a_change_that_its_person_does_not_read(without: Without) -> None:
    with without(after=UNSAID) as ground:
        assert failed(desk.an_unverified_caller_changes_nothing, ground) == ["Read it as the one it is about"]
