"""What stands out again: after a finding, after more became known, and after the watcher was down (B-10)."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from tests.access.opening import entered
from tests.access.watched import Watched, close
from tests.cast import on_a_call

pytestmark = pytest.mark.database


@pytest.fixture
def loose(watched: Watched) -> Iterator[None]:
    """A rule by which a representative opens what covers anybody, without a call."""
    watched.admin.execute(
        "insert into access_rule (id, role, relationship, purpose, category, needs, clause)"
        " values ('made-up', 'representative', 'none', 'MEMADMIN', 'coverage', '{agreement}', 'U-31')"
    )
    yield
    watched.admin.execute("delete from access_rule where id = 'made-up'")


def without_a_case(watched: Watched, person: UUID) -> None:
    """The representative opens somebody without a call, and the watcher looks."""
    entered(watched.web, watched.cast.secret["representative"], [person], "coverage", why="MEMADMIN")
    watched.look()


def closed(watched: Watched, person: UUID, finding: str) -> None:
    """An officer closes whatever waits about a person."""
    asked = "select id from access_alarm where subject = %s and closed_at is null"
    for (alarm,) in watched.admin.execute(asked, [person]).fetchall():
        assert close(watched, "privacy_officer", alarm, finding) == "yes"


@pytest.mark.usefixtures("loose")
def test_chance_does_not_silence_an_opening_without_a_case(watched: Watched) -> None:
    person = uuid4()
    watched.near(person, surname="ours")
    without_a_case(watched, person)
    closed(watched, person, "unrelated")
    without_a_case(watched, person)
    assert watched.raised(person) == [{"surname", "no case"}] * 2
    closed(watched, person, "unrelated")
    watched.opened(person)
    watched.look()
    assert len(watched.raised(person)) == 2


def on_one_call(watched: Watched, person: UUID, call: UUID) -> None:
    """One more opening on the same call, and the watcher looks."""
    watched.opened(person, call=call)
    watched.look()


def test_what_becomes_known_is_added_while_it_waits(watched: Watched) -> None:
    person = uuid4()
    call = on_a_call(watched.admin, watched.cast, person)
    watched.near(person, surname="ours")
    on_one_call(watched, person, call)
    watched.is_person(person, "nora")
    on_one_call(watched, person, call)
    assert watched.raised(person) == [{"surname", "colleague"}]


@pytest.mark.parametrize(("finding", "again"), [("assigned", 0), ("spoken", 1), ("unrelated", 0)])
def test_what_was_closed_is_raised_anew(watched: Watched, finding: str, again: int) -> None:
    person = uuid4()
    call = on_a_call(watched.admin, watched.cast, person)
    watched.near(person, surname="ours")
    on_one_call(watched, person, call)
    watched.opened(person, call=call)
    closed(watched, person, finding)
    watched.look()
    assert watched.raised(person) == [{"surname"}]
    on_one_call(watched, person, call)
    assert watched.raised(person) == [{"surname"}] * (1 + again)
    closed(watched, person, finding)
    watched.is_person(person, "nora")
    on_one_call(watched, person, call)
    assert watched.raised(person)[1 + again :] == [{"surname", "colleague"}]
