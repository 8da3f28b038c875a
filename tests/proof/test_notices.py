"""The tries against the notices hold on a sound house, and find an entrance or a form that does not explain itself."""

from dataclasses import replace

import pytest

from tests.proof.conftest import Without, failed, template
from wellkept.policy import packs
from wellkept.proof.ground import Ground
from wellkept.proof.probes import notices

pytestmark = pytest.mark.database
UNNAMED = """
from wellkept.web.entrance.paths import Member
del Member.asks.keeps["last_name"]
"""


def test_it_holds_on_a_sound_house(ground: Ground) -> None:
    assert failed(notices.every_service_and_form_has_its_notice, ground) == []


def test_it_asks_for_cards_only_where_cards_are_given(ground: Ground) -> None:
    assert notices.CARD in dict(notices.entrances(ground))
    assert notices.CARD not in dict(notices.entrances(replace(ground, pack=packs.named("pwer"))))


def test_it_finds_a_service_without_its_notice(without: Without) -> None:
    page = template("member/coverage.html").replace("{% collecting %}", "")
    with without(templates={"member/coverage.html": page}) as ground:
        assert failed(notices.every_service_and_form_has_its_notice, ground) == [
            "Find a service that does not say what it collects",
            "Find a notice that says otherwise than the page of all we hold",
        ]


def test_it_finds_a_field_that_no_notice_names(without: Without) -> None:
    with without(after=UNNAMED) as ground:
        assert failed(notices.every_service_and_form_has_its_notice, ground) == [
            "Find a field that its notice does not name"
        ]


def test_it_finds_a_field_that_stands_beside_the_form(without: Without) -> None:
    page = template("entrance/sign_in.html").replace("{% endblock %}", '<input name="shoe_size">{% endblock %}')
    with without(templates={"entrance/sign_in.html": page}) as ground:
        found = failed(notices.every_service_and_form_has_its_notice, ground)
    assert found == ["Find a field that its notice does not name"]


def test_it_finds_a_form_without_a_reason(without: Without) -> None:
    page = template("shell/collecting.html").replace("It serves {{ serves }}.", "")
    with without(templates={"shell/collecting.html": page}) as ground:
        found = failed(notices.every_service_and_form_has_its_notice, ground)
    assert "Find a form without one of the three reasons" in found


def test_it_finds_a_notice_that_says_otherwise(without: Without) -> None:
    page = template("shell/collecting.html").replace("<li>{{ one }}</li>", "<li>Nobody at all</li>")
    with without(templates={"shell/collecting.html": page}) as ground:
        assert failed(notices.every_service_and_form_has_its_notice, ground) == [
            "Find a notice that says otherwise than the page of all we hold"
        ]
