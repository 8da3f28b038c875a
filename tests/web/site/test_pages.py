"""The public pages of both operators: whole, truthful, and open to anyone."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.conftest import OPERATORS, Visit
from wellkept.policy import controls, packs
from wellkept.policy.shapes import Clause
from wellkept.proof.values import Attempt, Verdict
from wellkept.web.shell import evidence, serving

PAGES = ("/", "/policy/", "/how-we-keep-it/", "/terms/", "/help/", "/words/", "/contact/", "/accessibility/")
FOOT = ("/policy/", "/how-we-keep-it/", "/terms/", "/help/", "/contact/", "/accessibility/")


def clauses(operator: str) -> tuple[Clause, ...]:
    return packs.named(operator).versions[-1].clauses


def kept(operator: str) -> Clause:
    return next(clause for clause in clauses(operator) if clause.kept_by)


def not_kept(operator: str) -> Clause:
    return next(clause for clause in clauses(operator) if clause.not_kept)


def told(monkeypatch: pytest.MonkeyPatch, **verdict: object) -> None:
    """Lets evidence say one verdict about every clause."""

    def every(*_given: object, **_named: object) -> dict[str, Verdict]:
        named = {"state": "holding", "last_tried": None, "broken_since": None, "attempts": ()} | verdict
        return {clause.id: Verdict(clause_id=clause.id, **named) for clause in clauses("umr")}  # type: ignore[arg-type]

    monkeypatch.setattr(evidence, "verdicts", every)


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole(visit: Visit, operator: str, page: str) -> None:
    response = visit(operator).get(page)
    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert 'href="#main"' in response.text
    assert all(f'href="{address}"' in response.text for address in FOOT)
    assert packs.named(operator).phone in response.text
    assert packs.named(operator).ribbon in response.text
    assert re.search(r"<title>[^|<]{3,} \| ", response.text)


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_has_no_form_and_no_field(visit: Visit, operator: str, page: str) -> None:
    text = visit(operator).get(page).text
    assert not re.search(r"<(form|input|select|textarea|script|iframe|img)\b", text)


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_promise_has_its_page_with_its_own_words(visit: Visit, operator: str) -> None:
    client = visit(operator)
    whole = client.get("/policy/").text
    for clause in clauses(operator):
        page = client.get(f"/policy/{clause.id.lower()}/")
        assert page.status_code == 200
        assert clause.body_html in page.text
        assert clause.body_html in whole


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_promise_of_the_other_operator_is_not_here(visit: Visit, operator: str) -> None:
    other = "/policy/p-06/" if operator == "umr" else "/policy/u-07/"
    assert visit(operator).get(other).status_code == 404


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_promise_not_kept_is_shown_red_with_its_reason_and_day(visit: Visit, operator: str) -> None:
    clause = not_kept(operator)
    reason = str(clause.not_kept).rpartition(", ")[0]
    page = visit(operator).get(f"/policy/{clause.id.lower()}/").text
    assert '<div class="verdict bad">' in page
    assert "Not kept yet." in page
    assert reason in page.replace("&#x27;", "'")
    assert "We said so on" in page


def test_a_promise_kept_in_part_is_still_not_kept_and_shows_what_keeps_that_part(visit: Visit) -> None:
    clause = next(clause for clause in clauses("umr") if clause.not_kept and clause.kept_by)
    page = visit("umr").get(f"/policy/{clause.id.lower()}/").text
    assert "Not kept yet." in page
    assert "A part of it is kept." in page
    for name in clause.kept_by:
        assert controls.house()[name].sentence in page.replace("&#x27;", "'")


def test_a_promise_the_policy_calls_not_kept_stays_so_whatever_a_try_found(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, state="holding", last_tried=timezone.now())
    page = visit("umr").get(f"/policy/{not_kept('umr').id.lower()}/").text
    assert "Not kept yet." in page
    assert "Holding" not in page


def test_where_nothing_tried_nothing_is_claimed(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "verdicts", lambda *_given, **_named: {})
    page = visit("umr").get(f"/policy/{kept('umr').id.lower()}/").text
    assert "Not tried yet." in page
    assert "Holding" not in page
    assert "ago" not in page


def test_a_broken_promise_says_so_at_once_and_since_when(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    told(monkeypatch, state="broken", last_tried=now, broken_since=now - timedelta(hours=2))
    page = visit("umr").get(f"/policy/{kept('umr').id.lower()}/").text
    assert '<div class="verdict bad">' in page
    assert "Broken now." in page
    assert "Since " in page


def test_a_promise_shows_what_keeps_it_and_each_try(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    tries = (
        Attempt("a", "Open a record with no case", "Refused", now, "live"),
        Attempt("b", "Walk all pages without cookies", "", None, "release"),
    )
    told(monkeypatch, state="holding", last_tried=now, attempts=tries)
    clause = kept("umr")
    page = visit("umr").get(f"/policy/{clause.id.lower()}/").text
    assert "Holding when last tried." in page
    assert all(controls.house()[name].sentence in page.replace("&#x27;", "'") for name in clause.kept_by)
    assert "Open a record with no case" in page
    assert ">Refused<" in page
    assert "Not tried yet" in page


def test_the_list_can_be_narrowed_to_one_state(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "verdicts", lambda *_given, **_named: {})
    client = visit("umr")
    lost = sum(clause.not_kept is not None for clause in clauses("umr"))
    rows = '<th scope="row">'
    assert client.get("/how-we-keep-it/").text.count(rows) == len(clauses("umr"))
    assert client.get("/how-we-keep-it/?state=not-kept").text.count(rows) == lost
    assert "No promise is in this state" in client.get("/how-we-keep-it/?state=broken").text
    assert client.get("/how-we-keep-it/?state=%3Cb%3E").text.count(rows) == len(clauses("umr"))


def test_evidence_for_those_who_signed_in_is_not_shown_to_a_visitor(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packs.named("umr")
    closed = replace(pack, practices={**pack.practices, "evidence": "members"})
    monkeypatch.setattr(serving, "pack", lambda: closed)
    client = visit("umr")
    assert "What keeps this promise" not in client.get(f"/policy/{kept('umr').id.lower()}/").text
    assert '<th scope="row">' not in client.get("/how-we-keep-it/").text


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_mail_address_stands_beside_its_warning_and_the_phone(visit: Visit, operator: str) -> None:
    page = visit(operator).get("/contact/").text
    before, _, after = page.partition("E-mail can be read by others")
    assert "mailto:" not in before
    assert after.count("mailto:") == 3
    assert packs.named(operator).phone in after
    assert "711" in page


def test_no_page_names_days_for_an_answer_while_that_promise_is_not_kept(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packs.named("umr")
    answered = "A person answers within"

    def requests(reason: str | None) -> str:
        changed = tuple(replace(one, not_kept=reason) if one.id == "U-33" else one for one in pack.versions[-1].clauses)
        monkeypatch.setattr(
            serving, "pack", lambda: replace(pack, versions=(replace(pack.versions[-1], clauses=changed),))
        )
        client = visit("umr")
        return client.get("/").text + client.get("/contact/").text

    assert answered not in requests("Not built yet, 2026-11-22")
    assert requests(None).count(answered) == 2


def test_a_version_keeps_its_address_and_an_unknown_one_has_none(visit: Visit) -> None:
    client = visit("umr")
    name = packs.named("umr").versions[-1].version
    assert client.get(f"/policy/versions/{name}/").status_code == 200
    assert client.get("/policy/versions/2001-01-01/").status_code == 404


def test_security_txt_names_a_contact_and_expires_within_a_year(visit: Visit) -> None:
    text = visit("umr").get("/.well-known/security.txt").text
    assert f"Contact: mailto:{packs.named('umr').mailboxes['security']}" in text
    found = re.search(r"^Expires: (\d{4}-\d\d-\d\d)T00:00:00Z$", text, re.MULTILINE)
    assert found
    expires = serving.today(packs.named("umr")) + timedelta(days=180)
    assert found[1] == expires.isoformat()


def test_global_privacy_control_is_honoured_and_said(visit: Visit) -> None:
    assert json.loads(visit("pwer").get("/.well-known/gpc.json").text)["gpc"] is True
    assert "User-agent: *" in visit("pwer").get("/robots.txt").text


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_state_of_every_promise_can_be_had_as_data(visit: Visit, operator: str) -> None:
    told_as = visit(operator).get("/how-we-keep-it/promises.json").json()["promises"]
    assert [one["id"] for one in told_as] == [clause.id for clause in clauses(operator)]
    assert {one["not_kept"] for one in told_as if one["state"] == "not kept"} == {
        clause.not_kept for clause in clauses(operator) if clause.not_kept
    }
