"""The tries against promotion hold on a sound house, and find what promotes once its keeper is gone (U-15)."""

from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from tests.proof.conftest import Altered, Without, failed, template
from wellkept.proof.ground import Ground, Said
from wellkept.proof.probes import contents

pytestmark = pytest.mark.database

START = "Start with offers allowed"
WRITE = "Write a letter or news that promotes"
SELL = "Find a page that sells"


def test_nothing_promotes(ground: Ground) -> None:
    assert failed(contents.nothing_promotes, ground) == []


def test_it_finds_a_start_with_offers(ground: Ground) -> None:
    willing = replace(ground, say=lambda _words, _more: Said(code=0, text="umr: no problem"))
    assert failed(contents.nothing_promotes, willing) == [START]


@pytest.mark.parametrize("table", ["letter", "news"])
def test_it_finds_a_kind_of_message_nobody_allowed(ground: Ground, altered: Altered, table: str) -> None:
    trigger = f"wellkept.notices_{table} disable trigger notices_{table}_declared"
    with altered(f"alter table {trigger}", f"alter table {trigger.replace('disable', 'enable')}"):
        assert failed(contents.nothing_promotes, ground) == [WRITE]


def test_it_finds_an_offer_on_the_list(ground: Ground, altered: Altered) -> None:
    row = "wellkept.notices_content"
    offered: AbstractContextManager[None] = altered(
        f"insert into {row} values ('letter', 'sale', 'offer')", f"delete from {row} where kind = 'sale'"
    )
    with offered:
        assert failed(contents.nothing_promotes, ground) == [WRITE]


def test_it_finds_a_page_that_sells(without: Without) -> None:
    page = template("site/help.html").replace("<h1>", "<h1>Special offer! ", 1)
    with without(templates={"site/help.html": page}) as ground:
        assert failed(contents.nothing_promotes, ground) == [SELL]
