"""The tries within a family hold on a sound house, and find each thing that keeps its people apart taken away."""

import pytest

from tests.proof.conftest import Altered, Without, failed
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import household

pytestmark = pytest.mark.database
RULE = (
    "insert into wellkept.access_rule (id, role, relationship, purpose, category, needs, clause)"
    " values ('behind', 'member', '{}', 'PATRQT', '{}', '{{}}', 'U-13')"
)
NO_RULE = "delete from wellkept.access_rule where id = 'behind'"
PROBES = (
    household.nobody_in_the_family_opens_another,
    household.a_parent_sees_what_the_state_leaves_them,
    household.an_address_in_confidence_stays_so,
)
ELSEWHERE = """
from wellkept.people.confidential import Mailing
from wellkept.web.member import posting
posting.mailing = lambda key: Mailing((), paper=True, confidential=False)
"""


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_rule_that_opens_a_spouse(ground: Ground, altered: Altered) -> None:
    with altered(RULE.format("household", "claims"), NO_RULE):
        found = failed(household.nobody_in_the_family_opens_another, ground)
    assert "Open the record of one's husband or wife" in found


def test_it_finds_a_parent_who_opens_what_the_state_keeps(ground: Ground, altered: Altered) -> None:
    young = f"where person_id = '{ground.members['young'].person}'"
    day = "update wellkept.people_person set own_sensitive_on = {} " + young
    with altered(day.format("own_care_on"), day.format("null")):
        found = failed(household.a_parent_sees_what_the_state_leaves_them, ground)
    assert found == ["Open care that the child may ask for alone"]


def test_it_finds_a_brother_who_opens_a_record(ground: Ground, altered: Altered) -> None:
    tie = "wellkept.access_kin where code = '19' and other = '19'"
    with altered("insert into wellkept.access_kin values ('19', '19', 'parent')", f"delete from {tie}"):
        assert "Open it as a brother or sister" in failed(household.a_parent_sees_what_the_state_leaves_them, ground)


def test_it_finds_a_paper_that_goes_elsewhere(without: Without) -> None:
    with without(after=ELSEWHERE) as ground:
        assert failed(household.an_address_in_confidence_stays_so, ground) == ["Read whom a paper goes to"]


def test_it_finds_a_file_that_overwrites_an_address(ground: Ground, altered: Altered) -> None:
    grant = "grant select, update on wellkept.people_confidential to umr_intake"
    with altered(grant, grant.replace("grant", "revoke").replace(" to ", " from ")):
        assert failed(household.an_address_in_confidence_stays_so, ground) == ["Overwrite it with a file"]
