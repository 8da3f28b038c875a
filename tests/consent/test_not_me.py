"""Whoever says "this was not me" while something is ended: each waits for the other in one order."""

import threading
from typing import Any

import psycopg
import pytest

from tests.access.opening import number
from tests.cluster import Cluster
from tests.consent.helping import helping, why_not
from tests.consent.test_outside import WAITING, authorized
from tests.web.member.world import World, hashed, sign_in

pytestmark = pytest.mark.database


def test_this_was_not_me_waits_for_whoever_ends_one_before_it_holds_any(
    house: Cluster, web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    """The lock before the rows, as everywhere: of two at once none waits for the other in a ring."""
    ann, said = world.people["ann"], list[Any]()
    word = authorized(web, world, "ann", "claims")

    def not_me() -> None:
        with house.connect("umr", "entrance", autocommit=True) as other:
            asked = "select wellkept.accounts_not_me(%s, 'TEST-0002', 'session', false, '')"
            said.append(other.execute(asked, [hashed(world.secrets["ann"])]).fetchone())

    with house.administer("wellkept_umr") as first:
        first.execute("begin")
        first.execute("select pg_advisory_xact_lock(hashtextextended('leaves ' || %s, 0))", [ann])
        second = threading.Thread(target=not_me)
        second.start()
        while second.is_alive() and not number(admin, WAITING):
            pass
        row = "select 1 from wellkept.consent_authorization where id = %s for update nowait"
        try:
            assert first.execute(row, [word]).fetchone() == (1,)
        finally:
            first.rollback()
            second.join()
            sign_in(admin, world, "ann")
            admin.execute("delete from accounts_alarm where number = 'TEST-0002'")
    assert said == [("TEST-0002",)]
    assert number(admin, "select count(*) from consent_authorization where id = %s and revoked is not null", [word])
    admin.execute("delete from consent_authorization where person_id = %s", [ann])


@pytest.mark.usefixtures("nobody_helps")
def test_this_was_not_me_goes_on_where_the_helper_lays_it_down_at_that_moment(
    house: Cluster, web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    ann, said = world.people["ann"], list[Any]()
    first, other = helping(web, world, "ann", "stella", "claims"), helping(web, world, "ann", "bereft", "claims")
    secret, last = hashed(world.secrets["ann"]), number(admin, "select max(id) from ledger_entry")

    def not_me() -> None:
        with house.connect("umr", "entrance", autocommit=True) as entrance:
            asked = "select wellkept.accounts_not_me(%s, 'TEST-0003', 'session', false, '')"
            said.append(entrance.execute(asked, [secret]).fetchone())

    try:
        with house.administer("wellkept_umr") as helper:
            helper.execute("begin")
            helper.execute("select pg_advisory_xact_lock(hashtextextended('access code ' || %s, 0))", [first])
            second = threading.Thread(target=not_me)
            second.start()
            while second.is_alive() and not number(admin, WAITING):
                pass
            helper.execute(
                "update wellkept.consent_appointment set state = 'ended', ended_at = now(), ended_by = 'helper'"
                " where id = %s",
                [first],
            )
            helper.commit()
            second.join()
    finally:
        sign_in(admin, world, "ann")
        admin.execute("delete from accounts_alarm where number = 'TEST-0003'")
    assert said == [("TEST-0003",)]
    by = admin.execute("select id, ended_by from consent_appointment where person_id = %s", [ann]).fetchall()
    assert dict(by) == {first: "helper", other: "person"}
    ended = "select count(*) from ledger_entry where kind = 'helper ended' and subjects[1] = %s and id > %s"
    assert number(admin, ended, [ann, last]) == 1
    assert why_not(web, world, "bereft", "ann", "claims") == "no rule"
