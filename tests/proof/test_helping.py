"""The tries against helpers and representatives hold on a sound house, and find what bounds them taken away."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import helping

pytestmark = pytest.mark.database
GIVEN, STANDS = helping.a_helper_sees_what_was_given, helping.nobody_stands_for_a_member_by_one_of_us
ALTERED = {
    "consent_appointed": ("(p_category = 'identity' or a.opens ? p_category)", "true", "See more than was given"),
    "consent_unacknowledged": ("wellkept.consent_acts(p_account)", "false", "Open anything before agreeing"),
    "consent_claim": ("c.birth_date is distinct from p_birth_date", "false", "Use the code with another birth date"),
    "consent_holds": ("p_appointment.state = 'stands'", "true", "See it after it was ended"),
}


@pytest.mark.parametrize("probe", [GIVEN, STANDS], ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


@pytest.mark.parametrize("name", ALTERED)
def test_it_finds_a_helper_nobody_bounds(house: Cluster, ground: Ground, altered: Altered, name: str) -> None:
    was, now, what = ALTERED[name]
    with house.administer("wellkept_umr") as connection:
        sound = one(connection, f"select pg_get_functiondef('wellkept.{name}'::regproc)")
    assert was in sound
    with altered(sound.replace(was, now), sound):
        found = failed(GIVEN, ground)
    assert any(each.startswith(what) for each in found)


def test_it_finds_one_of_us_who_does_both_steps(house: Cluster, ground: Ground, altered: Altered) -> None:
    with house.administer("wellkept_umr") as connection:
        sound = one(connection, "select pg_get_functiondef('wellkept.consent_authority_decide'::regproc)")
    loose = sound.replace("if a.asked_by = s.account_id then return 'first'; end if;", "").replace(
        "decided_by = s.account_id", "decided_by = gen_random_uuid()"
    )
    assert loose.count("gen_random_uuid") == 1
    with altered(loose, sound):
        found = failed(STANDS, ground)
    with house.administer("wellkept_umr") as connection:
        for table in ("consent_actsfor", "consent_appointment"):
            connection.execute(f"delete from wellkept.{table} where person_id = %s", [ground.members["other"].person])
    assert "Let somebody stand for a member, alone" in found


def test_it_finds_pages_that_write_who_acts(ground: Ground, altered: Altered) -> None:
    grant = "grant update on wellkept.consent_appointment to umr_web"
    with altered(grant, grant.replace("grant", "revoke").replace(" to ", " from ")):
        assert failed(STANDS, ground) == ["Write one past our program"]
