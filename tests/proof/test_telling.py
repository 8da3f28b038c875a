"""The tries against prescribed forms hold on a sound house, and find an extra answer taken and a version left out."""

import pytest

from tests.proof.conftest import Without, failed
from wellkept.proof.ground import Ground
from wellkept.proof.probes import telling

pytestmark = pytest.mark.database
TAKING = """
from wellkept.web.member import sending
sending.refuse_strange = lambda *given: None
"""
UNVERSIONED = """
from wellkept.benefits import told
inner = told.Told.objects.create
told.Told.objects.create = lambda **named: inner(**named | {"version": ""})
"""


def test_answers_stay_with_their_form(ground: Ground) -> None:
    assert failed(telling.answers_stay_with_their_form, ground) == []


def test_it_finds_an_answer_nobody_asked_for(without: Without) -> None:
    with without(after=TAKING) as ground:
        assert "Answer what the form does not ask" in failed(telling.answers_stay_with_their_form, ground)


def test_it_finds_answers_without_their_version(without: Without) -> None:
    with without(after=UNVERSIONED) as ground:
        assert "Find answers without their version" in failed(telling.answers_stay_with_their_form, ground)
