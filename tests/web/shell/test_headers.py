"""What every answer bears, and who may store it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.web.conftest import OPERATORS, Visit
from wellkept.web.shell.headers import Headers

PATHS = ("/", "/policy/", "/contact/", "/no-such-page/", "/robots.txt")


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_lets_nothing_in_and_tells_nothing(visit: Visit, operator: str, path: str) -> None:
    response = visit(operator).get(path)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_a_public_page_sets_no_cookie(visit: Visit, path: str) -> None:
    assert not visit("umr").get(path).cookies


def test_a_secure_answer_binds_the_browser_to_tls(visit: Visit) -> None:
    assert "Strict-Transport-Security" not in visit("umr").get("/").headers
    assert visit("umr").get("/", secure=True).headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_page_that_needs_a_script_may_run_ours_alone() -> None:
    request = RequestFactory().get("/")
    request.scripts = True  # type: ignore[attr-defined]  # a view says so on the request
    policy = Headers(lambda _request: HttpResponse())(request).headers["Content-Security-Policy"]
    assert policy.endswith("script-src 'self'; connect-src 'self'")


def test_what_no_view_named_public_is_stored_nowhere() -> None:
    assert Headers(lambda _request: HttpResponse())(RequestFactory().get("/")).headers["Cache-Control"] == "no-store"


def test_a_public_page_asked_for_by_somebody_signed_in_is_stored_nowhere(visit: Visit) -> None:
    assert visit("umr").get("/policy/").headers["Cache-Control"] == "no-cache"

    def signed_in(request: HttpRequest) -> HttpResponse:
        request.signed_in_as = "Maria Alvarez"  # type: ignore[attr-defined]  # a door says so on the request
        request.private = False  # type: ignore[attr-defined]  # even where the view calls itself open
        return HttpResponse()

    assert Headers(signed_in)(RequestFactory().get("/policy/")).headers["Cache-Control"] == "no-store"
