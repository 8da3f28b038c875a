from collections.abc import Iterator

import psycopg
import pytest

from tests.access.watched import watched  # noqa: F401  (a fixture)
from tests.cast import Cast, installed
from tests.cluster import Cluster


@pytest.fixture
def web(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


@pytest.fixture
def administrator(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        yield connection


@pytest.fixture(scope="module")
def cast(house: Cluster) -> Cast:
    """A cast of this module's own: its attacks spend budgets and bring wrong entries."""
    return installed(house, "umr")
