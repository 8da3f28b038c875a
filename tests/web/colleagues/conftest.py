"""Browsers of the people of organisations, signed in over the real cluster."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.accounts.offices import Office, opened
from tests.cluster import Cluster
from wellkept.web.shell.visitor import token

Visit = Callable[[Office, str], Client]
Post = Callable[..., Any]


@pytest.fixture
def office(django: None, house: Cluster) -> Office:
    """A clinic of one administrator, Ana, and one colleague, Ben."""
    return opened(house)


@pytest.fixture
def visit(django: None, house: Cluster, settings: Settings) -> Visit:
    """The browser of somebody of an office; one nobody knows is signed out."""
    settings.WELLKEPT_STATE = house.state

    def of(place: Office, name: str) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
        if name in place.secrets:
            client.cookies["umr_session"] = place.secrets[name]
        return client

    return of


@pytest.fixture
def post() -> Post:
    """Send a form with the token of the client's own session."""

    def send(client: Client, address: str, **told: Any) -> Any:
        cookie = client.cookies.get("umr_session")
        return client.post(address, told | {"token": token(cookie.value) if cookie else "x"})

    return send
