"""Openings that stand out are found in the ledger, each with its reason, and closed by somebody else (B-10)."""

from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from tests.access.opening import entered, flushed, number
from tests.access.watched import Watched, alarm_of, close
from tests.cast import agree, on_a_call, sign_in
from tests.cluster import Cluster

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("near", "reasons"),
    [
        ({"surname": "ours"}, {"surname"}),
        ({"address": "home", "street": "road"}, {"address"}),
        ({"street": "road"}, {"street"}),
        ({"surname": "ours", "address": "home", "street": "road"}, {"surname", "address"}),
    ],
)
def test_somebody_near_stands_out(watched: Watched, near: dict[str, str], reasons: set[str]) -> None:
    person = uuid4()
    watched.near(person, **near)
    watched.opened(person)
    watched.look()
    assert watched.raised(person) == [reasons]


def test_somebody_who_is_not_near_does_not_stand_out(watched: Watched) -> None:
    person, unknown = uuid4(), uuid4()
    watched.near(person, surname="another")
    watched.opened(person)
    watched.opened(unknown)
    watched.look()
    assert watched.raised(person) == watched.raised(unknown) == []


def test_a_colleague_stands_out_and_so_does_ones_own_record(watched: Watched) -> None:
    colleague, own = uuid4(), uuid4()
    watched.is_person(colleague, "nora")
    watched.is_person(own, "dana")
    watched.opened(colleague)
    watched.opened(own)
    watched.look()
    assert watched.raised(colleague) == [{"colleague"}]
    assert watched.raised(own) == [{"own"}]


def test_the_household_of_whoever_works_here_stands_out(watched: Watched) -> None:
    household, colleague, child = uuid4(), uuid4(), uuid4()
    watched.is_person(colleague, "nora", household)
    watched.admin.execute("insert into people_household (household_id, person_id) values (%s, %s)", [household, child])
    watched.admin.execute(
        "insert into people_person (id, person_id, category, plan_id, collected_under, restricted, household_id,"
        " relationship, name, birth_date, member_number, gender, state, file_id, set_number, told)"
        " values (%(p)s, %(p)s, 'identity', %(plan)s, '2026-11-01', false, %(h)s, '19', '', '', '', '', '', %(p)s, '',"
        " '')",
        {"p": child, "plan": watched.cast.plan, "h": household},
    )
    watched.opened(child)
    watched.look()
    assert watched.raised(child) == [{"household"}]


def test_one_call_is_one_alarm_and_another_call_another(watched: Watched) -> None:
    person = uuid4()
    watched.near(person, surname="ours")
    call = on_a_call(watched.admin, watched.cast, person)
    for _twice in range(2):
        watched.opened(person, call=call)
    watched.look()
    watched.opened(person)
    watched.look()
    assert watched.raised(person) == [{"surname"}, {"surname"}]


def test_what_commits_late_is_not_lost(watched: Watched, house: Cluster) -> None:
    first, late = uuid4(), uuid4()
    for person in (first, late):
        watched.near(person, surname="ours")
    cast = watched.cast
    sign_in(watched.admin, cast, "second", role="representative", person=None, actor="Second")
    agree(watched.admin, cast)
    watched.admin.execute(
        "insert into access_staffnear select %s, surnames, addresses, streets, persons, told_by, told_at"
        " from access_staffnear where account = %s",
        [cast.accounts["second"], cast.accounts["representative"]],
    )
    call = on_a_call(watched.admin, replace(cast, accounts={"representative": cast.accounts["second"]}), late)
    with house.connect("umr", "web") as slow:
        slow.execute(
            "select wellkept.gate_enter(%s, %s::uuid[], 'MEMADMIN', array['identity'], %s)",
            [cast.secret["second"], [late], call],
        )
        watched.opened(first)
        watched.look(settled=False)
        assert watched.raised(late, who="second") == []
        slow.commit()
    watched.look()
    assert watched.raised(late, who="second") == [{"surname"}]
    assert watched.raised(first) == [{"surname"}]


def test_an_opening_without_a_case_stands_out(watched: Watched) -> None:
    person = uuid4()
    watched.admin.execute(
        "insert into access_rule (id, role, relationship, purpose, category, needs, clause)"
        " values ('made-up', 'representative', 'none', 'MEMADMIN', 'coverage', '{agreement}', 'U-31')"
    )
    try:
        entered(watched.web, watched.cast.secret["representative"], [person], "coverage", why="MEMADMIN")
        watched.look()
    finally:
        watched.admin.execute("delete from access_rule where id = 'made-up'")
    assert watched.raised(person) == [{"no case"}]


def test_an_opening_by_a_rule_that_is_gone_stands_out(watched: Watched) -> None:
    person = uuid4()
    watched.admin.execute(
        "insert into access_rule (id, role, relationship, purpose, category, needs, clause)"
        " values ('made-up', 'nurse', 'none', 'MEMADMIN', 'coverage', '{agreement}', 'U-31')"
    )
    entered(watched.web, watched.cast.secret["nurse"], [person], "coverage", why="MEMADMIN")
    watched.admin.execute("delete from access_rule where id = 'made-up'")
    watched.look()
    assert watched.raised(person, who="nurse") == [{"no case"}]


def test_many_more_than_usual_stand_out_once_an_hour(watched: Watched) -> None:
    watched.admin.execute("update access_unusual set people = 3")
    try:
        for _each in range(13):  # an hour may end meanwhile: three before it, and then more than three times three
            watched.opened(uuid4())
            watched.look()
    finally:
        watched.admin.execute("update access_unusual set people = 25")
    assert {"surge"} in watched.raised(None)
    assert len(watched.raised(None)) <= 2


def test_what_is_usual_for_somebody_is_no_surge(watched: Watched) -> None:
    watched.admin.execute("update access_unusual set people = 3")
    watched.admin.execute(
        "insert into access_usual (account, hour, people)"
        " select %s, date_trunc('hour', now()) - make_interval(days => d), 40 from generate_series(1, 5) d",
        [watched.cast.accounts["representative"]],
    )
    try:
        for _each in range(5):
            watched.opened(uuid4())
        watched.look()
    finally:
        watched.admin.execute("update access_unusual set people = 25")
    assert watched.raised(None) == []


@pytest.mark.parametrize(("hours", "stands_out"), [((0, 0), 1), ((0, 24), 0)])
def test_an_opening_outside_working_hours_stands_out(watched: Watched, hours: tuple[int, int], stands_out: int) -> None:
    person = uuid4()
    watched.opened(person)
    # A Wednesday at noon, told as if it had been then: no test depends on the hour or the day.
    made = watched.admin.execute(
        "select wellkept.watch_entry(jsonb_populate_record(e, jsonb_build_object('at', '2026-11-18T12:00:00-06:00')),"
        " jsonb_populate_record(u, jsonb_build_object('from_hour', %s::int, 'until_hour', %s::int)),"
        " 'America/Chicago')"
        " from (select e from ledger_entry e where account = %s order by id desc limit 1) x, access_unusual u",
        [*hours, watched.cast.accounts["representative"]],
    ).fetchone()
    assert made == (stands_out,)


def test_members_and_machines_do_not_stand_out(watched: Watched) -> None:
    person = watched.cast.people["subscriber"]
    watched.near(person, surname="ours")
    entered(watched.web, watched.cast.secret["subscriber"], None, "claims")
    watched.look()
    rows = watched.admin.execute("select 1 from access_alarm where subject = %s", [person]).fetchall()
    watched.admin.execute("delete from access_near where person_id = %s", [person])
    assert rows == []


def test_an_officer_closes_it_once_and_the_person_reads_of_it(watched: Watched) -> None:
    person = uuid4()
    alarm = alarm_of(watched, person)
    assert close(watched, "privacy_officer", alarm) == "yes"
    assert close(watched, "privacy_officer", alarm) == "closed"
    rows = watched.admin.execute(
        "select kind, reason, role from ledger_entry where subjects = %s and kind = 'looked into'", [[person]]
    ).fetchall()
    assert rows == [("looked into", "unrelated", "privacy_officer")]


@pytest.mark.parametrize("who", ["representative", "nurse", "subscriber", "stranger"])
def test_nobody_else_closes_or_sees_it(watched: Watched, who: str) -> None:
    alarm = alarm_of(watched, uuid4())
    assert close(watched, who, alarm) == "no"
    secret = watched.cast.secret[who]
    assert watched.web.execute("select * from wellkept.watch_list(%s)", [secret]).fetchall() == []
    assert watched.web.execute("select * from wellkept.watch_alarm(%s, %s)", [secret, alarm]).fetchall() == []
    assert watched.web.execute("select * from wellkept.watch_staff(%s)", [secret]).fetchall() == []


def test_nobody_closes_or_sees_their_own(watched: Watched) -> None:
    alarm = alarm_of(watched, uuid4())
    watched.admin.execute(
        "update access_alarm set account = %s where id = %s", [watched.cast.accounts["privacy_officer"], alarm]
    )
    secret = watched.cast.secret["privacy_officer"]
    assert close(watched, "privacy_officer", alarm) == "own"
    assert watched.web.execute("select * from wellkept.watch_alarm(%s, %s)", [secret, alarm]).fetchall() == []
    with pytest.raises(psycopg.errors.CheckViolation):
        watched.admin.execute(
            "update access_alarm set closed_at = now(), closed_by = account, finding = 'assigned' where id = %s",
            [alarm],
        )


def test_chance_is_not_raised_again_for_the_same_two(watched: Watched) -> None:
    person = uuid4()
    close(watched, "privacy_officer", alarm_of(watched, person))
    watched.opened(person)
    watched.look()
    assert len(watched.raised(person)) == 1


def test_what_was_their_work_once_is_raised_again(watched: Watched) -> None:
    person = uuid4()
    close(watched, "privacy_officer", alarm_of(watched, person), "assigned")
    watched.opened(person)
    watched.look()
    assert len(watched.raised(person)) == 2


def test_an_alarm_ties_the_officer_to_the_record_and_nobody_else(watched: Watched) -> None:
    person = uuid4()
    officer = watched.cast.secret["privacy_officer"]
    before = entered(watched.web, officer, [person], "identity", why="HOPERAT")
    alarm_of(watched, person)
    after = entered(watched.web, officer, [person], "identity", why="HOPERAT")
    kinds = "select kind from ledger_entry where id = any (%s) order by id"
    assert watched.admin.execute(kinds, [[before, after]]).fetchall() == [("refused",), ("opened",)]
    other = entered(watched.web, watched.cast.secret["nurse"], [person], "identity", why="HOPERAT")
    assert watched.admin.execute(kinds, [[other]]).fetchall() == [("refused",)]


def test_no_page_reads_the_tables_and_no_page_runs_the_watch(watched: Watched) -> None:
    for statement in (
        "select 1 from wellkept.access_near", "select 1 from wellkept.access_staffnear",
        "select 1 from wellkept.access_alarm", "select 1 from wellkept.access_inquiry",
        "select 1 from wellkept.ledger_seal", "select wellkept.watch_look(1)",
        "select wellkept.watch_nearness(gen_random_uuid(), gen_random_uuid())",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            watched.web.execute(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        watched.watcher.execute("select 1 from wellkept.ledger_entry")
    assert number(watched.web, "select 1") == flushed(watched.web, 1)
