"""The page a proxy shows while nothing of ours answers: whole by itself, in every language, with somebody to call."""

import re

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from tests.web.conftest import OPERATORS
from wellkept.cli.outage import command
from wellkept.policy import packs
from wellkept.web.shell import outage


@pytest.mark.parametrize("operator", OPERATORS)
def test_it_says_whom_to_call_in_every_language(settings: Settings, operator: str) -> None:
    settings.WELLKEPT_OPERATOR = operator
    pack, page = packs.named(operator), outage.page()
    assert page.count(f'href="tel:+{"".join(filter(str.isdigit, pack.phone))}"') == len(pack.languages)
    assert re.findall(r'<section lang="(\w\w)">', page) == list(pack.languages)
    assert page.count("<h1>") == 1
    assert f'<html lang="{pack.languages[0]}">' in page
    assert all(page.count(word) >= 1 for word in (pack.tty, pack.hours, pack.postal_address[-1], 'href="/terms/"'))


@pytest.mark.parametrize("operator", OPERATORS)
def test_it_loads_nothing(settings: Settings, operator: str) -> None:
    settings.WELLKEPT_OPERATOR = operator
    page = outage.page()
    assert not re.search(r"<(link|script|img|iframe|form)\b|url\(|@import|\ssrc=", page)
    assert "--brand:" in page
    assert len(page.encode()) < 20_000


def test_a_terminal_prints_the_same() -> None:
    said = CliRunner().invoke(command, ["--operator", "umr"])
    assert said.exit_code == 0
    assert said.output == outage.page()
