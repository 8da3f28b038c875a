"""The one cookie of a session: what it carries, and what the browser is told when it ends (P-20, R-11)."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from wellkept.web.shell.visitor import cookie_name, forget, remember, token


def given(*, secure: bool) -> tuple[str, dict[str, object]]:
    response = HttpResponse()
    request = RequestFactory().get("/", secure=secure)
    remember(request, response, "a secret")
    name = cookie_name(request)
    return name, dict(response.cookies[name].items())


def test_over_tls_it_is_bound_to_the_host_and_hidden_from_scripts() -> None:
    name, marks = given(secure=True)
    assert name == "__Host-umr_session"
    assert (marks["secure"], marks["httponly"], marks["samesite"], marks["path"]) == (True, True, "Lax", "/")
    assert marks["domain"] == ""


def test_it_ends_with_the_browser() -> None:
    for secure in (True, False):
        _, marks = given(secure=secure)
        assert (marks["max-age"], marks["expires"]) == ("", "")


def test_it_bears_the_name_of_its_operator(settings: Settings) -> None:
    settings.WELLKEPT_OPERATOR = "pwer"
    assert cookie_name(RequestFactory().get("/", secure=True)) == "__Host-pwer_session"


def test_signing_out_tells_the_browser_to_forget() -> None:
    response = HttpResponse()
    request = RequestFactory().post("/sign-out/", secure=True)
    forget(request, response)
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    gone = response.cookies[cookie_name(request)]
    assert (gone["max-age"], bool(gone["secure"])) == (0, True)


@pytest.mark.parametrize("typed", ["", "x", "0" * 32])
def test_a_signed_in_form_without_its_session_s_token_does_nothing(settings: Settings, typed: str) -> None:
    client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
    client.cookies[f"{settings.WELLKEPT_OPERATOR}_session"] = "somebody's secret"
    response = client.post("/sign-in/agree/", {"token": typed})
    assert response.status_code == 403
    assert token("somebody's secret") not in response.text


def test_the_token_of_a_form_tells_nothing_of_the_secret() -> None:
    assert token("one secret") != token("another secret")
    assert "one secret" not in token("one secret")
    assert len(token("one secret")) * 4 >= 128
