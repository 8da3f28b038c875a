"""The tries against a member's pages hold on a sound house, and find a whole number and a source left out."""

import pytest

from tests.proof.conftest import Without, failed
from wellkept.proof.ground import Ground
from wellkept.proof.probes import member

pytestmark = pytest.mark.database
WHOLE = """
from wellkept.web.member import coverage
inner = coverage.page
coverage.page = lambda request, name, given: inner(request, name, given | {"member_number": "123-45-6789"})
"""
SILENT = """
from wellkept.web.member import claim
claim.EVENTS = {**claim.EVENTS, "filed": "Begun"}
"""


def test_no_page_shows_a_whole_number(ground: Ground) -> None:
    assert failed(member.no_page_shows_a_whole_number, ground) == []


def test_it_finds_a_whole_number_on_a_page(without: Without) -> None:
    with without(after=WHOLE) as ground:
        assert failed(member.no_page_shows_a_whole_number, ground) == ["Find a whole number on a page"]


def test_every_claim_shows_its_source(ground: Ground) -> None:
    assert failed(member.every_claim_shows_its_source, ground) == []


def test_it_finds_a_claim_without_its_source(without: Without) -> None:
    with without(after=SILENT) as ground:
        assert failed(member.every_claim_shows_its_source, ground) == ["Find a claim without its source"]
