"""A browser of each member of staff, signed in over the real cluster."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cluster import Cluster
from tests.web.desk.staff import Staff, hired
from tests.web.member.world import brought

Visit = Callable[[str], Client]
Call = Callable[..., str]


@pytest.fixture(scope="module")
def staff(house: Cluster) -> Staff:
    """Staff of this module's own, so that one module's callers are not counted in another's hour."""
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


MARIA = {"number": "M-4410", "birth_date_month": "5", "birth_date_day": "21", "birth_date_year": "1984"}


@pytest.fixture
def call(visit: Visit, staff: Staff) -> Call:
    """Find Maria and begin a call about something; returns its address."""

    def begin(about: str = "claim", *, who: str = "dana", verified: bool = True) -> str:
        client = visit(who)
        staff.post(client, "/desk/find/", **MARIA)
        chosen = {"begin": "yes", "person": str(staff.world.people["maria"]), "about": about}
        address: str = staff.post(client, "/desk/find/", **MARIA, **chosen).headers["Location"]
        if verified:
            staff.post(client, f"{address}verified/")
        return address

    return begin


@pytest.fixture
def no_appeals(staff: Staff) -> None:
    """What another module of the run sent about these people's claims is gone."""
    people = [[*staff.world.people.values()]]
    staff.ask("update service_case set closed_at = now() where closed_at is null and about in"
              " (select id from service_thread where person_id = any (%s))", people)  # fmt: skip
    staff.ask("delete from service_thread where person_id = any (%s)", people)


@pytest.fixture
def a_short_list(staff: Staff) -> Iterator[None]:
    """What other modules of the run left open at the desk is set aside meanwhile: the list ends after 200."""
    aside = staff.ask("update service_case set closed_at = now() where closed_at is null returning id")
    yield
    staff.ask("update service_case set closed_at = null where id = any (%s)", [[number for (number,) in aside]])
