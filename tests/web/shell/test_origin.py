"""A form is taken from our own pages alone."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from tests.web.conftest import Visit
from wellkept.web.shell.origin import is_ours
from wellkept.web.shell.public import from_anywhere, public

OURS = {"HTTP_HOST": "testserver"}


@public("A form of this test.")
def taken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.method)


@from_anywhere("A machine of this test posts here.")
def machine(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.method)


class Urls:
    urlpatterns = [path("form/", taken), path("machine/", machine)]
    handler404 = "wellkept.web.shell.errors.not_found"


@pytest.fixture
def client(visit: Visit, settings: Settings) -> Client:
    found = visit("umr")
    settings.ROOT_URLCONF = Urls
    return found


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_it_refuses_a_form_the_browser_says_came_from_elsewhere(client: Client, site: str) -> None:
    response = client.post("/form/", headers={"sec-fetch-site": site, "origin": "http://testserver"})
    assert response.status_code == 403
    assert "did nothing" in response.text


def test_it_takes_a_form_the_browser_says_is_ours(client: Client) -> None:
    assert client.post("/form/", headers={"sec-fetch-site": "same-origin"}).text == "POST"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://elsewhere.example"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:81"},
        {"origin": "http://testserver.elsewhere.example"},
        {"referer": "http://elsewhere.example/?http://testserver/"},
        {"origin": "http://elsewhere.example", "referer": "http://testserver/form/"},
        {"origin": "http://testserver@elsewhere.example"},
    ],
)
def test_it_refuses_a_form_of_an_old_browser_that_does_not_name_this_host(headers: dict[str, str]) -> None:
    assert not is_ours(RequestFactory().post("/form/", headers=headers))


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"referer": "http://testserver/form/"}])
def test_it_takes_a_form_of_an_old_browser_that_names_this_host(headers: dict[str, str]) -> None:
    assert is_ours(RequestFactory().post("/form/", headers=headers))


def test_reading_is_open_from_anywhere(client: Client) -> None:
    assert client.get("/form/", headers={"sec-fetch-site": "cross-site"}).text == "GET"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_way_to_change_something_is_left_open(client: Client, method: str) -> None:
    assert getattr(client, method)("/form/").status_code == 403


def test_a_view_that_machines_post_to_says_so_and_is_open(client: Client) -> None:
    assert client.post("/machine/", headers={"sec-fetch-site": "cross-site"}).text == "POST"
