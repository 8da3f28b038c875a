"""The tries against the ledger hold on a sound house, and find an opening that is hidden and a receipt that lies."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes import ledger

pytestmark = pytest.mark.database


def test_an_opening_is_shown_to_its_person(ground: Ground) -> None:
    assert failed(ledger.an_opening_is_shown_to_its_person, ground) == []


def test_it_finds_an_opening_that_is_not_shown(ground: Ground, house: Cluster, altered: Altered) -> None:
    with house.administer("wellkept_umr") as connection:
        asked = one(connection, "select pg_get_functiondef('wellkept.ledger_openings'::regproc)")
    silent = asked.replace("\nbegin\n", "\nbegin\n  return;\n", 1)
    assert silent != asked
    with altered(silent, asked):
        assert "Open a claim and look for the note" in failed(ledger.an_opening_is_shown_to_its_person, ground)


def test_a_receipt_fits_the_published_checkpoint(ground: Ground) -> None:
    assert failed(ledger.a_receipt_fits_the_published_checkpoint, ground) == []


LYING = """
from wellkept.web.member import openings
inner = openings.receipt_for
def lying(*given):
    receipt = inner(*given)
    return receipt | {"entry": receipt["entry"] | {"kind": "searched"}}
openings.receipt_for = lying
"""


def test_it_finds_a_receipt_that_does_not_fit(without: Without) -> None:
    with without(after=LYING) as ground:
        assert failed(ledger.a_receipt_fits_the_published_checkpoint, ground) == [
            "Check a receipt with the published head"
        ]


BEHIND = """
from functools import wraps
from wellkept.web.site import ledger
inner = ledger.published
@wraps(inner)
def behind(request, path):
    answer = inner(request, path)
    lines = answer.content.split(b"\\n")
    answer.content = b"\\n".join([lines[0], b"0", *lines[2:]])
    return answer
ledger.published = behind
"""


def test_it_finds_a_published_head_that_stays_behind(without: Without, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "BEHIND", 2)
    with without(before=BEHIND) as ground:
        assert failed(ledger.a_receipt_fits_the_published_checkpoint, ground) == [
            "Check a receipt with the published head"
        ]
