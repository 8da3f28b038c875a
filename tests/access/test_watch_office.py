"""What the privacy office reads of an alarm is for an officer whom it is not about, and nobody else (B-03, B-10)."""

from uuid import UUID, uuid4

import pytest

from tests.access.opening import entered, held, number
from tests.access.watched import Watched, alarm_of
from tests.cast import on_a_call

pytestmark = pytest.mark.database
ABOUT = "select count(*) from wellkept.watch_about(%s, %s)"


def looking_into(watched: Watched, person: UUID) -> int:
    """An officer's opening of who it is about."""
    return entered(watched.web, watched.cast.secret["privacy_officer"], [person], "identity", "openings", why="HOPERAT")


def test_the_one_it_is_about_does_not_read_what_the_office_reads(watched: Watched) -> None:
    person, secret = watched.cast.people["subscriber"], watched.cast.secret
    alarm = alarm_of(watched, person)
    entry = entered(watched.web, secret["subscriber"], None, "openings")
    with held(watched.web, entry):
        assert number(watched.web, ABOUT, [secret["subscriber"], alarm]) == 0
        assert number(watched.web, ABOUT, [secret["representative"], alarm]) == 0
    with held(watched.web, looking_into(watched, person)):
        assert number(watched.web, ABOUT, [secret["privacy_officer"], alarm]) > 0
    watched.admin.execute("delete from access_near where person_id = %s", [person])


def test_an_officer_does_not_read_what_is_about_themselves(watched: Watched) -> None:
    person, secret = uuid4(), watched.cast.secret["privacy_officer"]
    alarm = alarm_of(watched, person)
    with held(watched.web, looking_into(watched, person)):
        assert number(watched.web, ABOUT, [secret, alarm]) == 1
        watched.admin.execute(
            "update access_alarm set account = %s where id = %s", [watched.cast.accounts["privacy_officer"], alarm]
        )
        assert number(watched.web, ABOUT, [secret, alarm]) == 0


def test_what_is_kept_back_is_not_read_from_another_occasion(watched: Watched) -> None:
    person, secret = uuid4(), watched.cast.secret["privacy_officer"]
    alarm = alarm_of(watched, person)
    inquiry = on_a_call(watched.admin, watched.cast, person)
    watched.opened(person, call=inquiry)
    watched.look()
    row = watched.admin.execute("select id from access_alarm where occasion = %s", [inquiry]).fetchone()
    assert row
    seal = "insert into ledger_seal (occasion, kind, until) values (%s, 'fraud', now() + interval '1 day')"
    entry = looking_into(watched, person)
    with held(watched.web, entry):
        assert number(watched.web, ABOUT, [secret, alarm]) == 2
        watched.admin.execute(seal, [inquiry])
        try:
            assert number(watched.web, ABOUT, [secret, alarm]) == 1
            assert number(watched.web, ABOUT, [secret, row[0]]) == 2
        finally:
            watched.admin.execute("delete from ledger_seal where occasion = %s", [inquiry])
