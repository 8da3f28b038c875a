"""Every address is public by name, or shut to whoever has not signed in (U-31, U-06)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

# A value that each kind of place in an address takes.
VALUES = {"str": "x", "slug": "x", "int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}
SHUT = {302, 303, 403, 404, 405}


def routes(found: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal, with a value in each of its places."""
    for one in found.url_patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, address)
        else:
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda place: VALUES[place[1] or "str"], address), one


def views() -> dict[str, URLPattern]:
    return dict(routes(get_resolver()))


def reason(view: URLPattern) -> str:
    return str(getattr(view.callback, "public_reason", "") or "")


CLOSED = sorted(address for address, view in views().items() if not reason(view))


@pytest.fixture
def stranger(settings: Settings, tmp_path: Path) -> Client:
    settings.STATIC_ROOT = tmp_path
    return Client(raise_request_exception=False)


def test_every_public_view_says_why() -> None:
    public = {address: reason(view) for address, view in views().items() if reason(view)}
    assert public
    assert [address for address, why in public.items() if len(why.split()) < 4] == []


@pytest.mark.parametrize("address", CLOSED)
def test_a_stranger_is_shown_nothing_behind_a_door(stranger: Client, address: str) -> None:
    response = stranger.get(address)
    assert response.status_code in SHUT
    if response.status_code in {302, 303}:
        assert response.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", CLOSED)
def test_a_stranger_changes_nothing_behind_a_door(stranger: Client, address: str) -> None:
    response = stranger.post(address, {"token": "x"}, headers={"sec-fetch-site": "same-origin"})
    assert response.status_code in SHUT
    if response.status_code in {302, 303}:
        assert response.headers["Location"].startswith("/sign-in/")
