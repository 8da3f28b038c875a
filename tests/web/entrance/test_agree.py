"""What has to be agreed to: in order, again at each new version, around which no address leads (U-41, P-25)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accounts.people import ask, change, registered, staff
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import COOKIE, agree, sign_in
from wellkept.accounts.actions import secret_hash
from wellkept.consent import actions as consent
from wellkept.consent.documents import Document, document, documents
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database
NOW = "2026-11-22"
TERMS = f"/sign-in/agree/member-terms/{NOW}/"
NEW = "2026-11-20"
READ = "wellkept.web.entrance.sign_in.documents"


@pytest.fixture
def new_terms(house: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A new version of the members' terms in force, taken back afterwards."""
    path = tmp_path / f"member-terms-{NEW}.md"
    path.write_text("# Terms for members, again\n\nNothing else changed.\n")
    text = document(path)
    monkeypatch.setattr(READ, lambda pack: (*documents(pack), text))
    yield NEW
    change(house, "delete from wellkept.consent_document where version = %s", NEW)


def publish(house: Cluster, version: str) -> None:
    put = (
        "insert into wellkept.consent_document (name, version, audience, need, effective)"
        " values ('member-terms', %s, 'member', 'terms', now())"
    )
    change(house, put, version)


def test_nothing_opens_before_the_terms_whatever_address_is_typed(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    sign_in(client, card.login)
    for path in ("/member/", "/member/claims/", "/member/coverage/", "/account/"):
        assert client.get(path).headers["Location"] == "/sign-in/agree/"
    agree(client)
    assert consent.owed(secret_hash(client.cookies[COOKIE].value)) == []


def test_it_is_recorded_with_its_entry_and_asked_once(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    sign_in(client, card.login)
    agree(client)
    entries = "select reason from wellkept.ledger_entry where subjects[1] = %s and kind = 'acknowledged'"
    assert ask(house, entries, card.person) == [(f"member-terms {NOW}",)]
    assert client.get("/sign-in/agree/").headers["Location"] == "/sign-in/cookie/"
    again = browser()
    sign_in(again, card.login, to="/member/")


def test_a_new_version_is_asked_at_the_next_opening(house: Cluster, browser: Browser, new_terms: str) -> None:
    client, card = browser(), registered(house)
    sign_in(client, card.login)
    agree(client)
    publish(house, new_terms)
    assert client.get("/member/").headers["Location"] == "/sign-in/agree/"
    text = client.get("/sign-in/agree/").text
    assert "Terms for members, again" in text
    assert "In force since November 20, 2026" in text
    agree(client)
    assert client.get("/sign-in/cookie/").headers["Location"] == "/member/"


def test_nobody_agrees_to_a_text_that_was_not_on_the_page(house: Cluster, browser: Browser, new_terms: str) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    publish(house, new_terms)
    client.post(TERMS, {"agree": "on", "token": token(secret)})
    assert consent.owed(secret_hash(secret)) == [("member-terms", new_terms)]
    client.post("/sign-in/agree/", {"agree": "on", "token": token(secret)})
    assert consent.owed(secret_hash(secret)) == [("member-terms", new_terms)]


def test_a_text_that_is_missing_is_agreed_to_by_nobody(house: Cluster, browser: Browser, new_terms: str) -> None:
    client, card = browser(), registered(house)
    sign_in(client, card.login)
    publish(house, "2026-11-21")
    try:
        answer = client.get("/sign-in/agree/")
        assert answer.status_code == 403
        assert "Please call us" in answer.text
    finally:
        change(house, "delete from wellkept.consent_document where version = '2026-11-21'")


def test_without_the_tick_nothing_is_agreed(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    answer = client.post(TERMS, {"token": token(secret)})
    assert answer.status_code == 400
    assert "Please tick “I have read this and agree”." in answer.text
    assert client.get(TERMS).headers["Location"] == "/sign-in/agree/"
    assert consent.owed(secret_hash(secret)) == [("member-terms", NOW)]


def test_another_session_s_form_agrees_to_nothing(house: Cluster, browser: Browser) -> None:
    client, card, other = browser(), registered(house), registered(house)
    foreign = sign_in(browser(), other.login)
    secret = sign_in(client, card.login)
    for sent in (token(foreign), "", token(secret)[:-1], "é"):
        answer = client.post(TERMS, {"agree": "on", "token": sent})
        assert answer.status_code == 403
        assert "another session" in answer.text
    for kind in ("cross-site", "same-site", "none"):
        headers = {"sec-fetch-site": kind}
        assert client.post(TERMS, {"agree": "on", "token": token(secret)}, headers=headers).status_code == 403
    assert consent.owed(secret_hash(secret)) == [("member-terms", NOW)]


def test_another_audience_s_text_is_no_agreement(house: Cluster, browser: Browser) -> None:
    client = browser()
    secret = sign_in(client, staff("nurse"))
    assert not consent.acknowledge(secret_hash(secret), name="member-terms", version=NOW, language="en")
    assert not consent.acknowledge(secret_hash(secret), name="nurse-agreement", version="2020-01-01", language="en")
    assert consent.owed(secret_hash(secret)) == [("nurse-agreement", "2026-11-01")]


def test_a_stranger_agrees_to_nothing(browser: Browser) -> None:
    client = browser()
    assert client.get("/sign-in/agree/").headers["Location"] == "/sign-in/"
    client.cookies[COOKIE] = "a secret somebody planted"
    answer = client.post(TERMS, {"agree": "on", "token": token("a secret somebody planted")})
    assert answer.headers["Location"] == "/sign-in/"


def test_texts_come_in_the_order_of_their_names(
    house: Cluster, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[Document] = []
    for need in ("zeal", "manners"):
        path = tmp_path / f"member-{need}-{NEW}.md"
        path.write_text(f"# About {need}\n\nBe so.\n")
        texts.append(document(path))
        put = (
            "insert into wellkept.consent_document (name, version, audience, need, effective)"
            " values (%s, %s, 'member', %s, now())"
        )
        change(house, put, f"member-{need}", NEW, need)
    monkeypatch.setattr(READ, lambda pack: (*documents(pack), *texts))
    try:
        client, card = browser(), registered(house)
        secret = secret_hash(sign_in(client, card.login))
        assert [name for name, _ in consent.owed(secret)] == ["member-manners", "member-terms", "member-zeal"]
        assert "2 more texts follow." in client.get("/sign-in/agree/").text
        agree(client)
        assert consent.owed(secret) == []
    finally:
        change(house, "delete from wellkept.consent_document where version = %s", NEW)
