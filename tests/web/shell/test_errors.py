"""What went wrong becomes a page: no detail, no database, and a person to call."""

import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from tests.web.conftest import OPERATORS, Visit
from wellkept.policy.words import Refused

SECRET = "4111 Maria"
RAISED: dict[str, Exception] = {
    "refused": Refused("Your employer may not open claims.", clause="U-12"),
    "mend": ValidationError("Write the year with four figures."),
    "lost": OperationalError(SECRET),
    "fault": ValueError(SECRET),
    "denied": PermissionDenied(SECRET),
    "garbled": BadRequest(SECRET),
}
STATUS = {"refused": 403, "mend": 400, "lost": 503, "fault": 500, "denied": 403, "garbled": 400, "nowhere": 404}


def raises(request: HttpRequest, name: str) -> HttpResponse:
    raise RAISED[name]


class Urls:
    urlpatterns = [path("<str:name>/", raises)]
    handler400 = "wellkept.web.shell.errors.bad_request"
    handler403 = "wellkept.web.shell.errors.refused"
    handler404 = "wellkept.web.shell.errors.not_found"
    handler500 = "wellkept.web.shell.errors.fault"


def errors(visit: Visit, settings: Settings, operator: str) -> Client:
    client = visit(operator)
    settings.ROOT_URLCONF = Urls
    return client


def asked(client: Client, name: str) -> tuple[int, str]:
    response = client.get("/no/where/" if name == "nowhere" else f"/{name}/")
    return response.status_code, response.text


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("name", STATUS)
def test_each_says_its_status_and_tells_no_detail(visit: Visit, settings: Settings, operator: str, name: str) -> None:
    status, page = asked(errors(visit, settings, operator), name)
    assert status == STATUS[name]
    assert SECRET not in page
    assert "no/where" not in page
    assert all(f'href="/{address}/"' in page for address in ("policy", "terms", "how-we-keep-it", "contact"))


def test_a_refusal_names_its_clause_and_who_can_help(visit: Visit, settings: Settings) -> None:
    _status, page = asked(errors(visit, settings, "umr"), "refused")
    assert "Your employer may not open claims." in page
    assert 'href="/policy/u-12/"' in page
    assert "tel:+18005550100" in page


def test_what_can_be_mended_says_how(visit: Visit, settings: Settings) -> None:
    assert "Write the year with four figures." in asked(errors(visit, settings, "umr"), "mend")[1]


def test_a_fault_bears_the_reference_its_log_line_bears(
    visit: Visit, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    _status, page = asked(errors(visit, settings, "umr"), "fault")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "wellkept.fault"]
    found = re.search(r"<strong>([0-9A-Z]{8})</strong>", page)
    assert found
    assert line.startswith(f"{found[1]} ValueError at ")
    assert SECRET not in line


def test_no_error_page_asks_for_evidence(visit: Visit, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: object, **_named: object) -> None:
        pytest.fail("An error page asked a database.")

    monkeypatch.setattr("wellkept.web.shell.evidence.tally", never)
    client = errors(visit, settings, "umr")
    for name in STATUS:
        asked(client, name)


def test_a_fault_in_the_page_of_the_fault_is_still_answered_in_plain_words(
    visit: Visit, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr("wellkept.web.shell.errors.render", broken)
    status, page = asked(errors(visit, settings, "umr"), "fault")
    assert status == 500
    assert "our side" in page
    assert SECRET not in page
