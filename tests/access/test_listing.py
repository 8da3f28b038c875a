"""What a role can open, in words, is what the pack's rules say: each rule once, and nothing beside them."""

import pytest

from wellkept.access.listing import WHY, opens
from wellkept.policy import packs
from wellkept.policy.words import Purpose, Role

OFFICES = (Role.PROVIDER, Role.EMPLOYER, Role.AGENT, Role.PARTNER)


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_every_rule_of_a_role_is_listed_once_with_its_clause(operator: str) -> None:
    pack = packs.named(operator)
    for role in Role:
        rules = [rule for rule in pack.rules if rule.role == role]
        found = opens(pack, role)
        assert [one.rule for one in found] == [rule.id for rule in rules]
        assert [one.clause for one in found] == [rule.clause for rule in rules]
        assert [len(one.what) for one in found] == [len(rule.categories) for rule in rules]
        assert [len(one.why) for one in found] == [len(rule.purposes) for rule in rules]


@pytest.mark.parametrize("operator", ["umr", "pwer"])
def test_an_organisation_reads_that_its_terms_come_first(operator: str) -> None:
    for role in OFFICES:
        assert all(one.first[:1] == ("accept the current terms of use",) for one in opens(packs.named(operator), role))


def test_every_purpose_has_words_that_speak_of_somebody_else() -> None:
    assert set(WHY) == set(Purpose)
    assert not [words for words in map(str, WHY.values()) if {"you", "your"} & set(words.split())]
