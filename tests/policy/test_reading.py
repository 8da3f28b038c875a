"""The policy is written for the people it is about: grade 8, sentences under 20 words, in the first person plural."""

import re

import pytest

from wellkept.policy import controls, packs
from wellkept.policy.shapes import Clause

CLAUSES = [(name, clause) for name in ("umr", "pwer") for clause in packs.named(name).versions[-1].clauses]
SENTENCE = re.compile(r"[^.!?]+[.!?](?=\s|$)")
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d[\d,.-]*")


def sentences(text: str) -> list[str]:
    return SENTENCE.findall(text)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end: what the Flesch-Kincaid formula is usually counted with."""
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and found > 1
    return max(found - silent, 1)


def grade(text: str) -> float:
    """Flesch-Kincaid grade level (Kincaid and others, 1975)."""
    words = WORD.findall(text)
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def long_sentences(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if len(WORD.findall(sentence)) >= 20]


@pytest.mark.parametrize(("name", "clause"), CLAUSES, ids=lambda one: one.id if isinstance(one, Clause) else one)
def test_no_clause_has_a_sentence_of_twenty_words(name: str, clause: Clause) -> None:
    assert long_sentences(clause.text) == [], name
    assert long_sentences(f"{clause.not_kept}.") == [] if clause.not_kept else True


@pytest.mark.parametrize(("name", "clause"), CLAUSES, ids=lambda one: one.id if isinstance(one, Clause) else one)
def test_each_clause_ends_its_sentences(name: str, clause: Clause) -> None:
    assert clause.text.endswith("."), name
    assert sentences(clause.text)


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_the_policy_reads_at_grade_eight(name: str) -> None:
    version = packs.named(name).versions[-1]
    assert grade(" ".join([version.introduction, *(clause.text for clause in version.clauses)])) <= 8


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_the_policy_speaks_of_us_and_to_you(name: str) -> None:
    words = [word.lower() for clause in packs.named(name).versions[-1].clauses for word in WORD.findall(clause.text)]
    assert words.count("we") > 30
    assert words.count("you") > 30
    assert not {"shall", "hereby", "pursuant", "herein"} & set(words)


def test_what_keeps_a_promise_is_said_in_short_sentences() -> None:
    assert [one.id for one in controls.house().values() if long_sentences(one.sentence)] == []


def test_both_operators_say_the_same_of_how_they_keep_it() -> None:
    ours, theirs = (
        {clause.id: clause.heading for clause in packs.named(name).versions[-1].clauses if clause.id.startswith("B-")}
        for name in ("umr", "pwer")
    )
    assert ours == theirs
    assert len(ours) == 11
