"""What every answer of the portal bears and none gives away, asked as a stranger would (R-11)."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from wellkept.proof import queries

# A page, a page with a value in its path, a fault of the asker, a style, a text for machines.
PATHS = ("/", "/policy/u-07/", "/no/such/page/", "/robots.txt", "/.well-known/security.txt")
HIDDEN = ("/.git/HEAD", "/.git/", "/.env", "/static/", "/static/shell/", "/static/../pyproject.toml", "/wellkept/")
NOT_FOUND = 404
ROOT = Path(__file__).parents[2]


@pytest.fixture
def stranger(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Asks with no cookie and from another site. No database is asked: nobody is signed in and nothing was tried."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".Visitor")]
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(queries, "verdicts", lambda *_given, **_named: {})
    monkeypatch.setattr("wellkept.web.site.popular.routes", lambda _operator: ())
    headers = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    return Client(headers=headers, raise_request_exception=False)


@pytest.mark.parametrize("path", PATHS)
def test_each_address_tried_here_is_what_it_is_taken_for(stranger: Client, path: str) -> None:
    assert stranger.get(path).status_code == (NOT_FOUND if "/no/" in path else 200)


def allowed(policy: str) -> dict[str, str]:
    """The directives of a content security policy."""
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_frames_objects_and_other_bases(stranger: Client, path: str) -> None:
    policy = allowed(stranger.get(path).headers["Content-Security-Policy"])
    assert (policy["default-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'", "'none'", "'none'")
    assert "object-src" not in policy
    assert policy["form-action"] == "'self'"


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_is_opened_to_another_origin(stranger: Client, path: str) -> None:
    response = stranger.get(path)
    assert [name for name in response.headers if name.lower().startswith("access-control-")] == []
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS)
def test_a_secure_answer_binds_the_host_and_its_subdomains_for_a_year(stranger: Client, path: str) -> None:
    parts = stranger.get(path, secure=True).headers["Strict-Transport-Security"].split("; ")
    assert int(parts[0].removeprefix("max-age=")) >= 365 * 24 * 3600
    assert "includeSubDomains" in parts


@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_what_it_is_and_in_which_characters(stranger: Client, path: str) -> None:
    kind, _, characters = stranger.get(path).headers["Content-Type"].partition("; ")
    assert kind in {"text/html", "text/plain"}
    assert characters.lower() == "charset=utf-8"


@pytest.mark.parametrize("path", HIDDEN)
def test_nothing_that_is_not_a_page_is_served(stranger: Client, path: str) -> None:
    response = stranger.get(path)
    assert response.status_code == NOT_FOUND
    assert "ref:" not in response.text


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DELETE", "PUT", "PATCH"])
def test_a_method_that_no_page_has_does_nothing(stranger: Client, method: str) -> None:
    response = stranger.generic(method, "/", headers={"x-canary": "canary-41"})
    assert response.status_code in {403, 405}
    assert "canary-41" not in response.text


def test_another_host_name_is_not_answered(stranger: Client) -> None:
    assert stranger.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_no_forwarded_header_is_believed_without_a_declared_proxy(stranger: Client, settings: Settings) -> None:
    forged = {"x-forwarded-proto": "https", "x-forwarded-host": "elsewhere.example", "x-forwarded-for": "192.0.2.1"}
    assert settings.SECURE_PROXY_SSL_HEADER is None
    assert not settings.USE_X_FORWARDED_HOST
    response = stranger.get("/", headers=forged)
    assert "Strict-Transport-Security" not in response.headers
    assert "elsewhere.example" not in response.text


def test_debugging_is_off_and_no_environment_switches_it_on(settings: Settings) -> None:
    assert settings.DEBUG is False
    assert "DEBUG = False" in (ROOT / "wellkept/config/settings.py").read_text().splitlines()


def test_a_repeated_parameter_and_one_in_the_wrong_place_change_nothing(stranger: Client) -> None:
    once = stranger.get("/how-we-keep-it/?state=kept")
    crossed = stranger.get("/how-we-keep-it/?state=kept&state=kept", headers={"cookie": "state=broken"})
    assert once.status_code == crossed.status_code
    assert once.text == crossed.text
