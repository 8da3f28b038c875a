"""The reasons of a call: one closed list, allowed by the rules of every operator."""

import pytest

from tests.cluster import OPERATORS
from wellkept.access.decide import decide
from wellkept.ledger.sentences import CALLS
from wellkept.policy import packs
from wellkept.policy.words import Category, Role
from wellkept.service.values import ABOUT, ON_THE_DESK, SHOWN, on_the_desk, shown


def test_every_reason_has_its_words_for_both_sides_and_what_it_opens() -> None:
    assert ABOUT.keys() == ON_THE_DESK.keys() == SHOWN.keys() == CALLS.keys()


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("about", sorted(ABOUT))
def test_the_rules_allow_what_a_reason_opens(operator: str, about: str) -> None:
    pack = packs.named(operator)
    for category in shown(about):
        decision = decide(
            pack,
            role=Role.REPRESENTATIVE,
            relationships=["case"],
            purpose=ABOUT[about][1],
            category=category,
            met=["agreement"],
        )
        assert decision.allowed, category


def test_no_reason_opens_sensitive_care() -> None:
    assert all(Category.SENSITIVE_CLAIMS not in opens for opens in SHOWN.values())


def test_a_reason_of_no_list_opens_who_it_is_alone_and_is_told_as_it_is() -> None:
    assert shown("an old reason") == (Category.IDENTITY,)
    assert on_the_desk("an old reason") == "an old reason"
