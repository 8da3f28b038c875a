"""Whoever is helped, whoever helps, and nobody helped any more when a test is over."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.cast import Cast, agree, installed, sign_in
from tests.cluster import Cluster
from tests.households import settled
from tests.web.member.world import World


@pytest.fixture(scope="module")
def world(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("helpers"))


@pytest.fixture(scope="module")
def cast(house: Cluster) -> Cast:
    cast = installed(house, "umr")
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        sign_in(connection, cast, "second", role="representative", person=None, actor="Second")
        agree(connection, cast)
    return cast


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


@pytest.fixture
def admin(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = True
        connection.execute("set search_path = wellkept")
        yield connection


@pytest.fixture
def nobody_helps(world: World, cast: Cast, admin: psycopg.Connection) -> Iterator[None]:
    yield
    people = [*world.people.values(), *cast.people.values()]
    admin.execute(
        "delete from accounts_accesscode c using consent_appointment a where a.id = c.place and a.person_id = any (%s)",
        [people],
    )
    admin.execute(
        "delete from consent_authority t using consent_appointment a where a.id = t.id and a.person_id = any (%s)",
        [people],
    )
    for table in ("consent_actsfor", "consent_appointment"):
        admin.execute(f"delete from {table} where person_id = any (%s)", [people])
    accounts = [*world.accounts.values(), *cast.accounts.values()]
    for table in ("access_spent", "access_spent_count"):
        admin.execute(f"delete from {table} where account = any (%s)", [accounts])
