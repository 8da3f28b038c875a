"""The tries against social security numbers hold on a sound house, and find one shown whole, early or to others."""

from dataclasses import replace

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes import numbers

pytestmark = pytest.mark.database
WHOLE = """
from wellkept.people import social
social.SHOWN = 9
"""
EARLY = """
from dataclasses import replace
from wellkept.web.desk import calls
inner = calls.on_call
calls.on_call = lambda here, call: replace(inner(here, call), verified=inner(here, call).began)
"""


@pytest.fixture(scope="module")
def desk(sound: Ground) -> dict[str, str]:
    """A session of the representative for all of these: a code of their second factor works once in half a minute."""
    one = sound.staff["representative"]
    return {one.login: sound.sign_in(one)}


@pytest.fixture
def ground(sound: Ground, desk: dict[str, str]) -> Ground:
    """It, at the beginning of a round, with the representative signed in."""
    return replace(sound, memo={"sessions": dict(desk)})


def test_four_digits_and_no_more(ground: Ground) -> None:
    assert failed(numbers.four_digits_and_no_more, ground) == []


def test_it_finds_a_number_that_is_shown_whole(without: Without) -> None:
    with without(after=WHOLE) as ground:
        assert "Read more than four" in failed(numbers.four_digits_and_no_more, ground)


def test_it_finds_digits_before_the_caller_was_checked(house: Cluster, altered: Altered, without: Without) -> None:
    with house.administer("wellkept_umr") as connection:
        ties = one(connection, "select pg_get_functiondef('wellkept.service_on_call'::regproc)")
    loose = ties.replace("c.verified is not null", "true")
    assert loose != ties
    with altered(loose, ties), without(after=EARLY) as ground:
        assert failed(numbers.four_digits_and_no_more, ground) == ["Read them without a checked caller"]


def test_it_finds_a_role_that_may_read_it_and_a_table_without_its_lock(ground: Ground, altered: Altered) -> None:
    shut = "alter table wellkept.people_number {} row level security"
    grant = f"grant select on wellkept.people_number to umr_release; {shut.format('disable')}"
    back = f"revoke select on wellkept.people_number from umr_release; {shut.format('enable')}"
    with altered(grant, back):
        assert failed(numbers.four_digits_and_no_more, ground) == ["Read it as a part of the program"]
