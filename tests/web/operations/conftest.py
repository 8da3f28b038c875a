"""Administrators with open sessions, beside other staff and the people whom files brought."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.web.desk.staff import Staff, hire, hired
from tests.web.member.world import brought

Visit = Callable[[str], Client]


@pytest.fixture(scope="module")
def staff(house: Cluster) -> Staff:
    """Staff of this module's own, two administrators among them, and one who has signed nothing."""
    staff = hired(house, brought(house, "umr"))
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        for name in ("olga", "omar"):
            hire(connection, staff, name, role="administrator")
        hire(connection, staff, "ute", role="administrator", signed=False)
        connection.commit()
    return staff


@pytest.fixture
def visit(django: None, house: Cluster, staff: Staff, settings: Settings) -> Visit:
    """The browser of somebody by name; one nobody knows is signed out."""
    settings.WELLKEPT_STATE = house.state

    def of(name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
        if name in staff.secrets:
            client.cookies["umr_session"] = staff.secrets[name]
        return client

    return of


@pytest.fixture
def inbox(house: Cluster) -> Iterator[Path]:
    """The folder that intake watches, empty before and after."""
    folder = house.state / "umr" / "inbox"
    folder.mkdir(exist_ok=True)
    yield folder
    for path in folder.iterdir():
        path.unlink()
