"""The policy for programs says what the page says, and nothing that the page would not (B-01, B-11, U-09)."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.web.conftest import OPERATORS, Visit
from wellkept.policy import controls, packs, vocabulary
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Purpose
from wellkept.web.shell import serving

ADDRESS = "/.well-known/wellkept/policy.json"
TERM = re.compile(r"^(dpv|pd|rdf|xsd):[A-Za-z]+$")


def asked(visit: Visit, operator: str) -> dict[str, Any]:
    answer = visit(operator).get(ADDRESS)
    assert answer.headers["Content-Type"] == "application/ld+json"
    found: dict[str, Any] = json.loads(answer.content)
    return found


def version_of(pack: Pack) -> Any:
    return packs.in_force(pack, serving.today(pack))


def within(found: object) -> Iterator[dict[str, Any]]:
    """Every object of a document."""
    if isinstance(found, dict):
        yield found
        for one in found.values():
            yield from within(one)
    elif isinstance(found, list):
        for one in found:
            yield from within(one)


@pytest.mark.parametrize("operator", OPERATORS)
def test_each_promise_is_there_with_its_words_and_its_keepers(visit: Visit, operator: str) -> None:
    found, pack = asked(visit, operator), packs.named(operator)
    version, house = version_of(pack), controls.of(pack)
    assert (found["version"], found["effective"]) == (version.version, version.effective.isoformat())
    assert found["governing_language"] == "en"
    assert found["languages"][0] == "en"
    assert [one["id"] for one in found["clauses"]] == [clause.id for clause in version.clauses]
    for told, clause in zip(found["clauses"], version.clauses, strict=True):
        assert told["heading"]["en"] == clause.heading
        assert told["text"]["en"] == clause.text
        assert told["not_kept"] == clause.not_kept
        assert [(one["id"], one["sentence"]) for one in told["kept_by"]] == [
            (name, house[name].sentence) for name in clause.kept_by
        ]
        assert set(told["text"]) == set(found["languages"])
    kept = {one["id"]: one["keeps"] for one in found["dpv:hasTechnicalOrganisationalMeasure"]}
    assert set(kept) == {name for clause in version.clauses for name in clause.kept_by}


@pytest.mark.parametrize("operator", OPERATORS)
def test_it_reads_without_fetching_anything_and_every_term_is_declared(visit: Visit, operator: str) -> None:
    found = asked(visit, operator)
    context = found["@context"]
    assert isinstance(context, dict)
    assert {name: context[name] for name in ("dpv", "pd")} == {"dpv": vocabulary.DPV, "pd": vocabulary.PD}
    for one in within({name: part for name, part in found.items() if name != "@context"}):
        for name in one:
            assert not re.search(r"\s", name)
            assert ":" not in name or TERM.match(name)
        types = one.get("@type", [])
        assert all(TERM.match(term) for term in ([types] if isinstance(types, str) else types))
    terms = [
        term
        for one in found["dpv:hasProcess"]
        for name in ("dpv:hasPersonalData", "dpv:hasPurpose")
        for term in one[name]
    ]
    assert terms
    assert all(TERM.match(term) for term in terms)


@pytest.mark.parametrize("operator", OPERATORS)
def test_what_each_kind_of_data_serves_is_what_the_rules_open(visit: Visit, operator: str) -> None:
    found, pack = asked(visit, operator), packs.named(operator)
    processes = {one["category"]: one for one in found["dpv:hasProcess"]}
    for category in Category:
        rules = [rule for rule in pack.rules if category in rule.categories]
        assert (category in processes) == bool(rules)
        if rules:
            told = processes[category]
            assert set(told["purposes"]) == {purpose for rule in rules for purpose in rule.purposes}
            assert {one["role"] for one in told["dpv:hasRecipient"]} == {rule.role for rule in rules}
            assert told["dpv:hasStorageCondition"]["because"] == pack.retention[category].because
            assert told["dpv:hasLegalBasis"]


def test_no_term_of_marketing_or_sale_is_among_the_purposes() -> None:
    terms = " ".join(term for purpose in Purpose for term in vocabulary.PURPOSES[purpose])
    assert not re.search("market|advert|sell|personalis|profil", terms, re.IGNORECASE)
    assert set(vocabulary.BASES) == set(Purpose)
    assert set(vocabulary.CATEGORIES) == set(Category)


@pytest.mark.parametrize("practice", ["members", "auditors"])
def test_where_the_evidence_is_not_for_everyone_none_is_in_it(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, practice: str
) -> None:
    pack = packs.named("umr")
    closed = replace(pack, practices={**pack.practices, "evidence": practice})
    monkeypatch.setattr(serving, "original", lambda: closed)
    monkeypatch.setattr(serving, "pack", lambda: closed)
    found = asked(visit, "umr")
    assert len(found["clauses"]) == len(version_of(pack).clauses)
    for one in found["clauses"]:
        assert not {"state", "kept_by", "tries", "not_kept", "last_tried", "broken_since"} & set(one)
    assert "dpv:hasTechnicalOrganisationalMeasure" not in found
    assert "sentence" not in json.dumps(found)


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_policy_page_leads_there(visit: Visit, operator: str) -> None:
    assert f'href="{ADDRESS}"' in visit(operator).get("/policy/").text
