"""A browser of each member of staff, and requests as the member's own page writes them."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.web.desk.staff import Staff, hired
from tests.web.member.world import brought

Visit = Callable[[str], Client]
Asked = Callable[..., UUID]


@pytest.fixture(scope="module")
def staff(house: Cluster) -> Staff:
    """Staff of this module's own."""
    return hired(house, brought(house, "umr"))


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
def asked(visit: Visit, staff: Staff) -> Asked:
    """A request that a member made on their own page; returns its number."""

    def ask(words: str, *, kind: str = "question", who: str = "tom") -> UUID:
        page = staff.post(visit(who), "/member/privacy/requests/ask/", kind=kind, words=words)
        return UUID(page.headers["Location"].split("/")[4])

    return ask


@pytest.fixture(scope="module")
def a_short_list(staff: Staff) -> Iterator[None]:
    """What other modules of the run asked the office is set aside meanwhile: the list ends after 200."""
    aside = staff.ask(
        "update rights_request set answered_at = now() - interval '31 days' where answered_at is null returning id"
    )
    yield
    staff.ask("update rights_request set answered_at = null where id = any (%s)", [[number for (number,) in aside]])
