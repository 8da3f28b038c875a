"""A house of its own for files: emptied before each test, reached through the command line as in production."""

from collections.abc import Iterator

import pytest

from tests.cluster import Cluster, temporary_state
from tests.intake.house import House, wellkept
from wellkept.cli import cluster as server


@pytest.fixture(scope="session")
def standing() -> Iterator[House]:
    """A migrated cluster that these tests share."""
    parent = temporary_state()
    house = House(Cluster(parent / "state"))
    done = wellkept(house, "db", "migrate")
    assert done.returncode == 0, done.stderr
    yield house
    server.stop(house.state)
    house.remove()


@pytest.fixture
def house(standing: House) -> House:
    """The house with nobody in it."""
    standing.empty()
    return standing
