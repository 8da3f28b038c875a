"""Browsers at the entrance of the real house."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from wellkept.web.entrance import throttle

Browser = Callable[[], Client]


@pytest.fixture
def browser(django: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Makes browsers, each with cookies of its own. Nobody has tried anything yet."""
    settings.STATIC_ROOT = tmp_path
    for counted in (throttle.PASSWORDS, throttle.ASKS, throttle.CODES):
        monkeypatch.setattr(counted, "_began", None)

    def opened() -> Client:
        return Client(headers={"sec-fetch-site": "same-origin"})

    return opened
