"""Access administrators with open sessions, beside others who work here."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.web.desk.staff import Staff, hire
from tests.web.member.world import World

Visit = Callable[[str], Client]
ROLES = {
    "alma": "access_administrator",
    "arno": "access_administrator",
    "nell": "nurse",
    "olga": "administrator",
    "rita": "representative",
    "maria": "member",
}
LEAVE = (
    "update accounts_account set closed_at = now()"
    " where role = 'access_administrator' and closed_at is null returning id"
)


@pytest.fixture
def staff(house: Cluster) -> Iterator[Staff]:
    """Two alone decide in this house, beside one who has signed nothing. Afterwards the others are back."""
    found = Staff(house, World("umr"))
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute("delete from accounts_staffchange")
        away = [row[0] for row in connection.execute(LEAVE).fetchall()]
        for name, role in ROLES.items():
            hire(connection, found, name, role=role, signed=role != "member")
        hire(connection, found, "ute", role="access_administrator", signed=False)
        # Nobody counts her: she decides nothing before she has signed.
        connection.execute("update accounts_account set role = 'auditor' where id = %s", [found.accounts["ute"]])
        connection.commit()
    yield found
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute("delete from accounts_staffcode")
        connection.execute(
            "update accounts_account set closed_at = now() where closed_at is null and id = any (%s)",
            [[found.accounts[name] for name in (*ROLES, "ute")]],
        )
        connection.execute("update accounts_account set closed_at = null where id = any (%s)", [away])
        connection.commit()


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
