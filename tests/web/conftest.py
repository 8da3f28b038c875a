"""The public pages as a visitor meets them: for either operator, without any database."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from wellkept.proof.values import Verdict

OPERATORS = ("umr", "pwer")
OPEN = (
    "wellkept.web.shell.logs.RequestLog",
    "wellkept.web.shell.headers.Headers",
    "wellkept.web.shell.compressed.Compressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wellkept.web.shell.language.Language",
    "wellkept.web.shell.origin.SameOrigin",
    "wellkept.web.shell.visitor.Visitor",
    "wellkept.web.shell.errors.Answers",
    "django.middleware.common.CommonMiddleware",
)

Visit = Callable[[str], Client]


class NoTries:
    """What a database without a single try says."""

    @staticmethod
    def verdicts(*_given: object, **_named: object) -> Mapping[str, Verdict]:
        return {}


@pytest.fixture
def visit(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A visitor of the named operator."""
    settings.MIDDLEWARE = OPEN
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr("wellkept.web.shell.evidence.queries", NoTries, raising=False)
    monkeypatch.setattr("wellkept.web.site.popular.routes", lambda _operator: ())

    def of(operator: str) -> Client:
        settings.WELLKEPT_OPERATOR = operator
        return Client(raise_request_exception=False)

    return of
