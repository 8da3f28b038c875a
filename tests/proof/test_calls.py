"""The tries against what a call leaves hold on a sound house, and find each control that was taken away."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes import calls

pytestmark = pytest.mark.database
PROBES = (
    calls.notes_are_the_callers_own,
    calls.a_call_back_goes_to_the_number_on_file,
    calls.work_is_open_to_whom_it_is_handed,
    calls.what_an_answer_did_not_settle_is_tracked,
)
TAKEN = (
    ("service_on_call", "c.verified is not null", "true", 0, "Read notes before the caller has answered"),
    ("service_open_call", "c.account_id = s.account_id", "true", 0, "Write one for another, or when the call is over"),
    ("service_on_call", "c.call_back is not null", "true", 1, "See the number without calling back"),
    ("service_verify_call", "x.call_back is not null", "true", 1, "Claim a call back that nobody made"),
    ("service_hand_over_case", "x.account_id = s.account_id", "true", 2, "Hand on the work of another"),
    ("rights_work", "r.answered_at is null", "r.kind <> 'escalation'", 3, "Write to us after an answer"),
)


def test_what_a_call_leaves_is_kept(ground: Ground) -> None:
    assert [failed(probe, ground) for probe in PROBES] == [[], [], [], []]


@pytest.mark.parametrize(("function", "control", "instead", "probe", "name"), TAKEN)
def test_it_finds_a_control_that_was_taken_away(
    house: Cluster, altered: Altered, ground: Ground, function: str, control: str, instead: str, probe: int, name: str
) -> None:
    with house.administer("wellkept_umr") as connection:
        sound = one(connection, f"select pg_get_functiondef('wellkept.{function}'::regproc)")
    loose = sound.replace(control, instead)
    assert loose != sound
    with altered(loose, sound):
        found = failed(PROBES[probe], ground)
    assert [one_ for one_ in found if one_.startswith(name)]


def test_it_finds_a_call_back_without_its_rule(altered: Altered, ground: Ground) -> None:
    rule = "role = 'representative' and relationship = 'call_back'"
    kept = "create table wellkept.kept_rule as select * from wellkept.access_rule where " + rule
    gone = f"{kept}; delete from wellkept.access_rule where {rule}"
    back = "insert into wellkept.access_rule select * from wellkept.kept_rule; drop table wellkept.kept_rule"
    with altered(gone, back):
        found = failed(calls.a_call_back_goes_to_the_number_on_file, ground)
    assert found == ["See the number to call back, and nothing else"]
