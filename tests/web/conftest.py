"""The public pages as a visitor meets them: for either operator, without any database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

OPERATORS = ("umr", "pwer")
OPEN = (
    "wellkept.web.shell.logs.RequestLog",
    "wellkept.web.shell.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wellkept.web.shell.origin.SameOrigin",
    "wellkept.web.shell.errors.Answers",
    "django.middleware.common.CommonMiddleware",
)

Visit = Callable[[str], Client]


@pytest.fixture
def visit(settings: Settings, tmp_path: Path) -> Visit:
    """A visitor of the named operator. The session's middleware stays away: it would ask a database."""
    settings.MIDDLEWARE = OPEN
    settings.STATIC_ROOT = tmp_path

    def of(operator: str) -> Client:
        settings.WELLKEPT_OPERATOR = operator
        return Client(raise_request_exception=False)

    return of
