"""The tries against what a call shows hold on a sound house, and find each control that was taken away."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes.showing import a_call_shows_what_its_reason_needs

pytestmark = pytest.mark.database
EARLY = (("service_my_calls", "c.verified", "c.began"), ("service_on_call", "c.verified is not null", "true"))
TAKEN = {
    "See the card or the year before the caller has answered": EARLY,
    "See them on a call about an address": (("service_my_calls", "c.about", "'claim'::text"),),
    "See them as a colleague, or when the call is over": (
        ("service_my_calls", "c.ended is null and", ""),
        ("service_on_call", "and c.ended is null", ""),
    ),
}


def test_a_call_shows_what_its_reason_needs(ground: Ground) -> None:
    assert failed(a_call_shows_what_its_reason_needs, ground) == []


@pytest.mark.parametrize("name", TAKEN)
def test_it_finds_a_control_that_was_taken_away(house: Cluster, altered: Altered, ground: Ground, name: str) -> None:
    changed, back = [], []
    for function, control, instead in TAKEN[name]:
        with house.administer("wellkept_umr") as connection:
            sound = one(connection, f"select pg_get_functiondef('wellkept.{function}'::regproc)")
        assert control in sound
        changed.append(sound.replace(control, instead))
        back.append(sound)
    with altered("; ".join(changed), "; ".join(back)):
        assert name in failed(a_call_shows_what_its_reason_needs, ground)
