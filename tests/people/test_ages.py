"""From when a minor's record is their own: worked out when a file comes, and again when the law changes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import psycopg
import pytest

from tests.cluster import Cluster
from tests.households import COMMAND, PEOPLE, born, settled, today
from tests.web.member.world import World
from wellkept.policy.minors import age_reached

pytestmark = pytest.mark.database

AGES = {"WI": 18, "OR": 15, "SC": 16, "CA": 18, "": 14}


@pytest.fixture(scope="module")
def world(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("ages"))


@pytest.fixture
def admin(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = True
        connection.execute("set search_path = wellkept")
        yield connection


def days(admin: psycopg.Connection, world: World) -> dict[str, date | None]:
    found = admin.execute("select person_id, own_care_on from people_person").fetchall()
    rows: dict[UUID, date | None] = dict(found)
    return {name: rows[person] for name, person in world.people.items()}


def expected() -> dict[str, date | None]:
    on = today("umr")
    reached = {one.name: age_reached(born(one, on), AGES[one.state]) for one in PEOPLE}
    return {name: day if day > on else None for name, day in reached.items()}


def minors(house: Cluster) -> str:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "minors", "--operator", "umr"],
        env=os.environ | {"WELLKEPT_STATE": str(house.state)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_file_says_from_which_day_by_the_states_law(world: World, admin: psycopg.Connection) -> None:
    assert days(admin, world) == expected()


def test_of_an_adult_and_of_whoever_has_come_of_age_no_day_is_kept(world: World, admin: psycopg.Connection) -> None:
    found = days(admin, world)
    assert {name for name in ("ann", "ben", "lucas", "birthday", "teen_or", "teen_sc") if found[name]} == set()
    rows = admin.execute("select count(*) from people_person where own_sensitive_on is not null").fetchone()
    assert rows == (0,)


def test_after_a_change_of_the_law_a_command_works_them_out_again(
    house: Cluster, world: World, admin: psycopg.Connection
) -> None:
    last = admin.execute("select max(id) from ledger_entry").fetchone()
    assert last
    admin.execute(
        "update people_person set own_care_on = null where person_id = any (%s)",
        [[world.people["nina"], world.people["adopted"]]],
    )
    admin.execute("update people_person set own_care_on = '2999-01-01' where person_id = %s", [world.people["lucas"]])
    assert "3 changed" in minors(house)
    assert days(admin, world) == expected()
    assert ", 0 changed" in minors(house)
    rows = admin.execute(
        "select distinct e.kind, e.role, e.categories, o.kind from ledger_entry e join ledger_occasion o"
        " on o.id = e.occasion where e.id > %s and %s = any (e.subjects)",
        [last[0], world.people["nina"]],
    ).fetchall()
    assert rows == [("opened", "intake", ["identity"], "command")]
