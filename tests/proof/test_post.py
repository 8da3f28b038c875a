"""The tries against letters hold on a sound house, and find a letter that can be read by others or a second time."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import post

pytestmark = pytest.mark.database
LETTER = """
insert into wellkept.notices_letter
  (id, person_id, category, collected_under, restricted, kind, body, made_at, printed_at)
values ('{}', '{}', 'contact', '2026-11-01', false, 'access code', 'still here', now(), now())
"""
OPEN_DESK = """
from wellkept.web.desk import returned
returned.post.returned = lambda secret, reference, back: "noted"
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


@pytest.mark.parametrize("probe", [post.the_mail_room_alone_reads_letters, post.a_reference_tells_nothing])
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_letter_that_was_not_emptied(ground: Ground, altered: Altered) -> None:
    number = uuid4()
    back = f"delete from wellkept.notices_letter where id = '{number}'"
    with altered(LETTER.format(number, ground.members["one"].person), back):
        assert failed(post.the_mail_room_alone_reads_letters, ground) == ["Read a letter a second time"]


@pytest.mark.parametrize("right", ["select (body)", "update (body)"])
def test_it_finds_a_grant_to_the_role_that_writes_letters(ground: Ground, altered: Altered, right: str) -> None:
    number = uuid4()
    grant = f"{LETTER.format(number, ground.members['one'].person).replace('still here', '')};"
    back = f"delete from wellkept.notices_letter where id = '{number}';"
    grant += f"grant {right} on wellkept.notices_letter to umr_jobs"
    with altered(grant, f"{back} revoke {right} on wellkept.notices_letter from umr_jobs"):
        found = failed(post.the_mail_room_alone_reads_letters, ground)
    assert found[-1] == "Read what a letter says where it was written"


def test_it_finds_a_rule_that_opens_all_a_letter_tells(ground: Ground, altered: Altered) -> None:
    rule = (
        "insert into wellkept.access_rule (id, role, relationship, purpose, category, needs, clause)"
        " select 'behind', 'jobs', 'letter', 'MEMADMIN', c, '{}', 'U-12'"
        " from unnest(array['coverage', 'claims', 'sensitive_claims']) c"
    )
    with altered(rule, "delete from wellkept.access_rule where id = 'behind'"):
        assert failed(post.the_mail_room_alone_reads_letters, ground) == [
            "Read what a letter says where it was written"
        ]


def test_it_finds_a_batch_that_others_may_take(ground: Ground, altered: Altered) -> None:
    grant = "grant execute on function wellkept.notices_batch_letters to umr_jobs"
    with altered(grant, "revoke execute on function wellkept.notices_batch_letters from umr_jobs"):
        assert failed(post.the_mail_room_alone_reads_letters, ground) == [
            "Read a letter as another part of the program"
        ]


def test_it_finds_a_desk_that_takes_any_reference(without: Without) -> None:
    with without(after=OPEN_DESK) as ground:
        assert failed(post.a_reference_tells_nothing, ground) == ["Guess a reference"]


def test_it_finds_that_anybody_may_say_a_letter_came_back(ground: Ground, house: Cluster, altered: Altered) -> None:
    with house.administer("wellkept_umr") as connection:
        asked = one(connection, "select pg_get_functiondef('wellkept.notices_returned'::regproc)")
    loose = asked.replace("if not found then raise", "if false then raise")
    assert loose != asked
    with altered(loose, asked):
        assert failed(post.a_reference_tells_nothing, ground) == ["Say that a letter came back as somebody else"]
