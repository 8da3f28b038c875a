"""One house for the run: a private cluster with both operators migrated, reached as the real roles."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, installed
from tests.cluster import OPERATORS, Cluster, cluster  # noqa: F401  (a fixture)
from wellkept.cli import cluster as server
from wellkept.cli import migrations

# No test of ours is timed: two runs share the machine. A profile that the command line names is loaded after this one.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database or a browser by the fixtures it asks for."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & {"cluster", "house", "django"}:
            item.add_marker("database")
        if "browser" in asked:
            item.add_marker("browser")


def pytest_unconfigure() -> None:
    """Remove the state folder that this run made for itself."""
    with contextlib.suppress(KeyError):
        shutil.rmtree(os.environ.pop("WELLKEPT_TEST_STATE_IS_OURS"), ignore_errors=True)


@pytest.fixture(scope="session")
def house(cluster: Cluster) -> Cluster:  # noqa: F811  (pytest passes the fixture)
    """The cluster with both operators migrated and their rules loaded."""
    for operator in OPERATORS:
        migrations.run(operator)
    return cluster


@pytest.fixture(scope="session")
def cast(house: Cluster) -> Cast:
    """The standing cast of UMR: people, accounts, open sessions and some claims, committed."""
    return installed(house, "umr")


@pytest.fixture
def django(house: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django's own connections, as the web role, over real commits."""
    roles = {"default": ("web", "records"), "keys": ("web", "keys"), "entrance": ("entrance", "records")}
    for alias, (role, database) in roles.items():
        parts = server.parameters(operator="umr", role=role, database=database, state=Path(house.state))
        connections.databases[alias].update(
            HOST=parts["host"], PORT=parts["port"], NAME=parts["dbname"], USER=parts["user"], PASSWORD=parts["password"]
        )
    with django_db_blocker.unblock():
        yield
        for alias in roles:
            connections[alias].close()
            close_pool = getattr(connections[alias], "close_pool", None)
            if close_pool is not None:
                close_pool()
