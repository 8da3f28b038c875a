"""A browser of each person, signed in over the real cluster."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.web.member.world import World, brought
from wellkept.cli import cluster as server

Visit = Callable[[str], Client]


@pytest.fixture(scope="session")
def world(house: Cluster) -> World:
    """The people whom the files brought."""
    return brought(house, "umr")


@pytest.fixture
def visit(django: None, house: Cluster, world: World, settings: Settings) -> Visit:
    """The browser of the named person; one nobody knows is signed out."""
    settings.WELLKEPT_STATE = house.state

    def of(name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        if name in world.secrets:
            client.cookies["umr_session"] = world.secrets[name]
        return client

    return of


@pytest.fixture(scope="session")
def other_world(house: Cluster) -> World:
    """The same people at the operator of personal records."""
    return brought(house, "pwer")


@pytest.fixture
def visit_record(django: None, house: Cluster, other_world: World, settings: Settings) -> Visit:
    """The browser of the named person at the operator of personal records."""
    settings.WELLKEPT_STATE, settings.WELLKEPT_OPERATOR = house.state, "pwer"
    for alias, database in (("default", "records"), ("keys", "keys")):
        parts = server.parameters(operator="pwer", role="web", database=database, state=Path(house.state))
        connections[alias].close()
        connections.databases[alias].update(NAME=parts["dbname"], USER=parts["user"], PASSWORD=parts["password"])

    def of(name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.cookies["pwer_session"] = other_world.secrets.get(name, name)
        return client

    return of
