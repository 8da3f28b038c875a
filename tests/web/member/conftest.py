"""A browser of each person, signed in over the real cluster."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.web.member.world import World, brought

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
