"""The tries against the ID card hold on a sound house, and find a side without the number."""

import pytest

from tests.proof.conftest import Without, failed, template
from wellkept.proof.ground import Ground
from wellkept.proof.probes import papers

pytestmark = pytest.mark.database
UNPRINTED = """
from wellkept.web.member import card
inner = card.letterhead
card.letterhead = lambda pack: inner(pack) | {"phone": "call us"}
"""


def test_the_card_carries_the_phone_number(ground: Ground) -> None:
    assert failed(papers.the_card_carries_the_phone_number, ground) == []


def test_it_finds_a_card_without_the_number(without: Without) -> None:
    with without(after=UNPRINTED) as ground:
        assert failed(papers.the_card_carries_the_phone_number, ground) == ["Read the card on paper"]


def test_it_finds_a_screen_without_the_number(without: Without) -> None:
    page = template("shell/id_card.html").replace('<dd class="phone">{{ pack.phone|tel }}', '<dd class="phone">')
    with without(templates={"shell/id_card.html": page}) as ground:
        assert failed(papers.the_card_carries_the_phone_number, ground) == ["Read the card on the screen"]
