"""What stands out again: after a finding, after more became known, and after the watcher was down (B-10)."""

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def three_days_later(watched: Watched) -> Iterator[None]:
    """The watcher's clock stands three days ahead."""
    row = watched.admin.execute("select pg_get_functiondef('wellkept.watch_look'::regproc)").fetchone()
    assert row
    late = row[0].replace("now()", "(now() + interval '3 days')")
    assert late != row[0]
    watched.admin.execute(late)
    try:
        yield
    finally:
        watched.admin.execute(row[0])


def test_a_watcher_that_was_down_for_days_goes_on_where_it_was(watched: Watched) -> None:
    person = uuid4()
    watched.near(person, surname="ours")
    watched.opened(uuid4())
    watched.look()
    watched.opened(person)
    with three_days_later(watched):
        watched.look()
    assert watched.raised(person) == [{"surname"}]


def test_the_very_first_look_goes_back_two_days(watched: Watched) -> None:
    person = uuid4()
    watched.near(person, surname="ours")
    watched.opened(person)
    had = watched.admin.execute("select xact, entry, at from access_watched").fetchone()
    watched.admin.execute("update access_watched set xact = '0', entry = 0, at = null")
    with three_days_later(watched):
        watched.look()
    watched.admin.execute("update access_watched set xact = %s, entry = %s, at = %s", had)
    assert watched.raised(person) == []
    watched.look()
    assert watched.raised(person) == [{"surname"}]


def test_a_clock_that_ran_ahead_hides_nothing(watched: Watched) -> None:
    person = uuid4()
    watched.near(person, surname="ours")
    watched.opened(uuid4())
    watched.look()
    watched.admin.execute("update access_watched set at = now() + interval '9 years'")
    watched.opened(person)
    watched.look()
    assert watched.raised(person) == [{"surname"}]


def test_how_many_were_opened_stays_known_when_the_watcher_was_down(watched: Watched) -> None:
    account = watched.cast.accounts["representative"]
    watched.admin.execute(
        "insert into access_spent_count (account, hour, people) values (%s, date_trunc('hour', now()) - interval '5 h',"
        " 7)",
        [account],
    )
    watched.watcher.execute("select * from wellkept.watch_tick(0)")
    rows = watched.admin.execute("select people from access_usual where account = %s and people = 7", [account])
    assert rows.fetchall() == [(7,)]
    left = watched.admin.execute("select 1 from access_spent_count where account = %s and people = 7", [account])
    assert left.fetchall() == []
