"""The tries against ending on the phone hold on a sound house, and find each control that was taken away."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes import phone

pytestmark = pytest.mark.database
EARLY = "End it before the caller has answered, or on another call"
TAKEN = (
    ("consent_phone_call", "c.verified is not null and", "", EARLY),
    ("consent_phone_call", "c.about = 'choices'", "true", EARLY),
    ("service_open_call", "c.account_id = s.account_id", "true", "End it as anybody else"),
    ("consent_phone_choices", "e.xact <> pg_current_xact_id()", "true", "Read a name before that is saved"),
    ("consent_phone_end", "x.revoked is null and", "", "End it on the phone, once"),
)


def test_what_was_allowed_ends_on_the_phone(ground: Ground) -> None:
    assert failed(phone.what_was_allowed_ends_on_the_phone, ground) == []


@pytest.mark.parametrize(("function", "control", "instead", "name"), TAKEN)
def test_it_finds_a_control_that_was_taken_away(
    house: Cluster, altered: Altered, ground: Ground, function: str, control: str, instead: str, name: str
) -> None:
    with house.administer("wellkept_umr") as connection:
        sound = one(connection, f"select pg_get_functiondef('wellkept.{function}'::regproc)")
    loose = sound.replace(control, instead)
    assert loose != sound
    with altered(loose, sound):
        assert name in failed(phone.what_was_allowed_ends_on_the_phone, ground)
