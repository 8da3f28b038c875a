"""Whoever says "this was not me" while something is ended: each waits for the other in one order."""

import threading
from typing import Any

import psycopg
import pytest

from tests.access.opening import number
from tests.cluster import Cluster
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
