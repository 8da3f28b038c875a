"""The tries against explanations hold on a sound house, and find each control that is taken away."""

import pytest

from tests.proof.conftest import Altered, failed
from tests.proof.test_offices import body
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import explaining

pytestmark = pytest.mark.database
PROBES = (explaining.only_the_privacy_office_asks_why, explaining.an_explanation_is_true_and_told_of)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_an_answer_that_anybody_hears(ground: Ground, altered: Altered) -> None:
    whole = body(ground, "gate_explain_told")
    open_to_all = whole.replace("s.role = 'privacy_officer' and s.account_id = e.account", "true")
    assert open_to_all != whole
    with altered(open_to_all, whole):
        assert failed(explaining.only_the_privacy_office_asks_why, ground) == ["Hear the answer to another's question"]


def test_it_finds_a_question_that_anybody_asks(ground: Ground, altered: Altered) -> None:
    asked, told = body(ground, "gate_explain_asked"), body(ground, "gate_explain_told")
    anybody = asked.replace("s.role <> 'privacy_officer'", "false").replace(
        "not wellkept.consent_acknowledged(s.account_id, s.role, 'agreement')", "false"
    )
    heard = told.replace("s.role = 'privacy_officer' and ", "")
    assert asked != anybody
    assert told != heard
    with altered(f"{anybody}; {heard}", f"{asked}; {told}"):
        found = failed(explaining.only_the_privacy_office_asks_why, ground)
    assert found == ["Ask the gate about somebody, as anybody but the privacy office"]


def test_it_finds_an_explanation_that_is_not_true(ground: Ground, altered: Altered) -> None:
    whole = body(ground, "gate_explain")
    with altered(whole.replace("order by exists", "and false order by exists"), whole):
        found = failed(explaining.an_explanation_is_true_and_told_of, ground)
    assert found == ["Catch the gate explaining itself wrongly"]
