"""Reads ``access.toml``: the decision rules and the budgets by role.

Serves U-13: each rule is a readable row that names the clause it rests on. What no row allows is refused.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from wellkept.policy import sections
from wellkept.policy.sections import Section
from wellkept.policy.shapes import UNLIMITED, Family, Rule
from wellkept.policy.words import Category, Purpose, Role

RELATIONSHIPS: Final = (
    "self", "household", "parent", "parent_young", "authorised", "helper",
    "personal_representative", "authority", "caller", "call_back", "case", "appeal", "search", "request", "join",
    "file", "registration", "letter", "death", "inquiry", "alarm", "fraud_inquiry", "legal_process", "release", "none",
    "own_organisation", "organisation_administrator", "appointed", "papers_case",
)  # fmt: skip
"""What can tie whoever asks to the person: themself, somebody covered with them, their parent, their parent while they
are too young to consent to any care alone, somebody they authorised, a helper they named,
somebody whose paper lets them stand for the person, such a paper that waits for a second one of us, a
caller, one who is called back, a verified case, a
search for a caller, a request the person made, records to join or to split, a file that came in, the registration
the person began, a letter to the person, their death that waits for a second one of us, an
inquiry that whoever asks has taken to answer, an opening of theirs that stood out, an inquiry into fraud or a legal
process that two officers decided on, nothing at all;
of papers: their own organisation, one they administer, an employer that appointed them, a case about it."""

NEEDS: Final = ("terms", "agreement", "helping", "authorization", "appointment", "covered", "releasing")
"""Facts asked at the moment of opening: the current terms accepted; the current agreements signed and in force;
what whoever acts for somebody agrees to; the person's own authorisation in force; an appointment in force;
an agreement with the reader's organisation that is in force and covers purpose and category."""

_KEYS: Final = ("id", "role", "relationship", "purposes", "categories", "needs", "clause")

Word = TypeVar("Word", bound=StrEnum)


def read(path: Path) -> tuple[tuple[Rule, ...], Mapping[Role, int]]:
    """The rules in their order, and for each role how many people it may open in an hour."""
    whole = sections.document(path)
    sections.only(whole, ("rule", "budgets", "family"))
    rules = _distinct(whole, tuple(_rule(section) for section in sections.tables(whole, "rule")))
    budgets = _budgets(sections.table(whole, "budgets"))
    for rule in rules:
        if rule.role not in budgets:
            sentence = f"The role {rule.role} has rules and no budget."
            raise sections.refusal(sections.table(whole, "budgets"), "", sentence)
    return rules, budgets


def family(path: Path) -> Family:
    """What enrolment files make of a family; where nothing is said of it, nobody is anybody's parent or partner."""
    whole = sections.document(path)
    if "family" not in whole.values:
        return Family(parents=MappingProxyType({}), partners=())
    said = sections.table(whole, "family")
    sections.only(said, ("parents", "partners"))
    parents = sections.table(said, "parents")
    return Family(
        parents=MappingProxyType({_code(parents, key, key): _codes(parents, key) for key in parents.values}),
        partners=_codes(said, "partners"),
    )


def _codes(section: Section, key: str) -> tuple[str, ...]:
    return tuple(_code(section, key, code) for code in sections.texts(section, key))


def _code(section: Section, key: str, code: str) -> str:
    if not re.fullmatch(r"[0-9A-Z]{2}", code):
        raise sections.refusal(section, key, f'"{code}" is no individual relationship code, such as "19".')
    return code


def _rule(section: Section) -> Rule:
    sections.only(section, _KEYS)
    return Rule(
        id=sections.text(section, "id"),
        role=_word(section, "role", Role, sections.text(section, "role")),
        relationship=_listed(section, "relationship", RELATIONSHIPS, sections.text(section, "relationship")),
        purposes=_words(section, "purposes", Purpose),
        categories=_words(section, "categories", Category),
        needs=tuple(_listed(section, "needs", NEEDS, need) for need in sections.texts(section, "needs")),
        clause=sections.text(section, "clause"),
    )


def _words(section: Section, key: str, kind: type[Word]) -> tuple[Word, ...]:
    found = tuple(_word(section, key, kind, text) for text in sections.texts(section, key))
    if not found:
        raise sections.refusal(section, key, f'"{key}" names nothing, and a rule that allows nothing is no rule.')
    return found


def _word(section: Section, key: str, kind: type[Word], text: str) -> Word:
    return kind(_listed(section, key, tuple(word.value for word in kind), text))


def _listed(section: Section, key: str, allowed: tuple[str, ...], text: str) -> str:
    if text not in allowed:
        raise sections.refusal(section, key, f'"{text}" is not among what "{key}" may be: {", ".join(allowed)}.')
    return text


def _distinct(whole: Section, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Two rules for one question would leave open which clause decides."""
    ids: set[str] = set()
    cells: dict[tuple[str, ...], str] = {}
    for rule, section in zip(rules, sections.tables(whole, "rule"), strict=True):
        if rule.id in ids:
            raise sections.refusal(section, "id", f'The rule "{rule.id}" is here twice.')
        ids.add(rule.id)
        for purpose in rule.purposes:
            for category in rule.categories:
                cell = (rule.role, rule.relationship, purpose, category)
                if cell in cells:
                    sentence = f'"{rule.id}" and "{cells[cell]}" both decide {", ".join(cell)}.'
                    raise sections.refusal(section, "id", sentence)
                cells[cell] = rule.id
    return rules


def _budgets(section: Section) -> Mapping[Role, int]:
    return MappingProxyType({_word(section, key, Role, key): _budget(section, key) for key in section.values})


def _budget(section: Section, key: str) -> int:
    if section.values[key] == "unlimited":
        return UNLIMITED
    return sections.number(section, key, least=1, most=UNLIMITED)
