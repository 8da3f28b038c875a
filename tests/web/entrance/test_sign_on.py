"""Coming in by the operator's own sign-on: bound by an invitation, in the browser that set out, and never by itself."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import requests
from django.test import Client

from tests.accounts.people import PASSWORD, ask, change, invitation, staff, typed
from tests.cluster import Cluster
from tests.exchange.openid.mocked import User, mocked
from tests.exchange.openid.provider import CLIENT, Provider, running, signed
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import COOKIE
from wellkept.access import queries as access
from wellkept.accounts import actions, hashes, visits
from wellkept.exchange.openid import provider, tokens
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database
FAILED = "/sign-in/openid/failed/"
BACK = "/sign-in/openid/back/"


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Provider]:
    provider.forget()
    with running() as found:
        configured(monkeypatch, tmp_path, found.base)
        yield found
    provider.forget()


def configured(monkeypatch: pytest.MonkeyPatch, folder: Path, issuer: str) -> None:
    (folder / "client").write_text("a secret\n")
    for name, value in {
        "ISSUER": issuer,
        "CLIENT_ID": CLIENT,
        "CLIENT_SECRET": str(folder / "client"),
        "NAME": "Harbor ID",
        "SECOND": "mfa",
    }.items():
        monkeypatch.setenv(f"WELLKEPT_OIDC_{name}", value)


def sent(client: Client, path: str = "/sign-in/openid/") -> dict[str, str]:
    """Set out, and what the sign-on reads of it."""
    address = client.get(path).headers["Location"]
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(client: Client, asked: dict[str, str], **other: str) -> str:
    """The return of a browser, and where it is sent then."""
    return str(client.get(BACK, {"code": "a code", "state": asked["state"]} | other).headers["Location"])


def same(word: str, _claims: dict[str, Any]) -> object:
    return word


def arrive(client: Client, there: Provider, subject: str, **claims: object) -> str:
    """There and back, as somebody."""
    asked = sent(client)
    there.nonce = asked["nonce"]
    there.token = lambda _claims: signed(there.claims(sub=subject, **claims))
    return come_back(client, asked)


def bound(client: Client, there: Provider, subject: str, role: str = "nurse", **claims: object) -> str:
    """Use an invitation by the sign-on; returns the sign-in name."""
    login = f"staff-{uuid4().hex[:10]}"
    form = {"code": invitation(role, login), "login": login}
    page = client.post("/sign-in/staff/sign-on/", form)
    assert "/sign-in/openid/on/" in page.text
    asked = sent(client, "/sign-in/openid/on/")
    there.nonce = asked["nonce"]
    there.token = lambda _claims: signed(there.claims(sub=subject, **claims))
    come_back(client, asked)
    return login


def who(client: Client) -> str:
    found = access.who(actions.secret_hash(client.cookies[COOKIE].value)) if COOKIE in client.cookies else None
    return found.role if found else ""


def test_an_invitation_binds_it_once_and_from_then_on_it_leads_in(browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    bound(client, there, subject, amr=["mfa"])
    assert who(client) == "nurse"
    again = browser()
    assert arrive(again, there, subject, amr=["mfa"]) == "/sign-in/cookie/"
    assert again.get("/sign-in/cookie/").headers["Location"] == "/sign-in/agree/"
    assert who(again) == "nurse"


def test_whoever_was_not_invited_gets_no_account_whatever_is_said_of_them(
    house: Cluster, browser: Browser, there: Provider
) -> None:
    count = "select count(*) from wellkept.accounts_account"
    before, client = ask(house, count), browser()
    claims = {"amr": ["mfa"], "roles": ["administrator"], "email": "a@example.org", "groups": ["wellkept"]}
    assert arrive(client, there, uuid4().hex, **claims) == FAILED
    assert (who(client), ask(house, count)) == ("", before)
    assert "Nobody comes in by it who was not." in client.get(FAILED).text


def test_the_role_is_the_invitation_s_and_capitals_tell_subjects_apart(browser: Browser, there: Provider) -> None:
    client, subject = browser(), f"a{uuid4().hex}"
    bound(client, there, subject, amr=["mfa"], roles=["administrator"])
    assert who(client) == "nurse"
    assert arrive(browser(), there, subject.upper(), amr=["mfa"]) == FAILED


def test_where_it_saw_no_second_factor_ours_is_asked_for(house: Cluster, browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    bound(client, there, subject)
    assert who(client) == "newcomer"
    assert client.get("/sign-in/cookie/").headers["Location"] == "/sign-in/staff/second/"
    login, other = staff("nurse"), uuid4().hex
    put = (
        "insert into wellkept.accounts_openid (named, account_id, bound_at)"
        " select %s, id, now() from wellkept.accounts_account where login = %s"
    )
    change(house, put, hashes.openid(there.base, other), hashes.login(login))
    second = browser()
    assert arrive(second, there, other) == "/sign-in/second/"
    assert who(second) == ""
    secret = second.cookies[COOKIE].value
    second.post("/sign-in/second/", {"code": typed(login), "token": token(secret)})
    assert who(second) == "nurse"
    method = "select method from wellkept.accounts_session where secret_hash = %s"
    opened = actions.secret_hash(second.cookies[COOKIE].value)
    assert ask(house, method, opened) == [("staff sign-on+authenticator",)]


def test_a_return_counts_once_and_in_the_browser_that_set_out_alone(browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    bound(client, there, subject, amr=["mfa"])
    victim, attacker = browser(), browser()
    asked = sent(attacker)
    there.nonce = asked["nonce"]
    there.token = lambda _claims: signed(there.claims(sub=subject, amr=["mfa"]))
    assert come_back(victim, asked) == FAILED
    sent(victim)
    assert come_back(victim, asked) == FAILED
    assert who(victim) == ""
    assert come_back(attacker, asked) == "/sign-in/cookie/"
    replay = browser()
    replay.cookies[COOKIE] = "a secret somebody planted"
    assert come_back(replay, asked) == FAILED
    fixed = browser()
    asked = sent(fixed)
    planted = fixed.cookies[COOKIE].value
    there.nonce = asked["nonce"]
    there.token = lambda _claims: signed(there.claims(sub=subject, amr=["mfa"]))
    assert come_back(fixed, asked) == "/sign-in/cookie/"
    assert fixed.cookies[COOKIE].value != planted
    fixed.cookies[COOKIE] = planted
    assert (who(fixed), come_back(fixed, asked)) == ("", FAILED)


def test_ten_minutes_are_all_it_has(house: Cluster, browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    bound(client, there, subject, amr=["mfa"])
    late = browser()
    asked = sent(late)
    there.nonce = asked["nonce"]
    change(house, "update wellkept.accounts_openidway set began = now() - interval '11 minutes'")
    assert come_back(late, asked) == FAILED


def test_nothing_it_says_leads_elsewhere_and_no_code_stays_in_an_address(browser: Browser, there: Provider) -> None:
    client = browser()
    asked = sent(client)
    there.nonce = asked["nonce"]
    assert asked["redirect_uri"].endswith(BACK)
    others = {"next": "https://evil.example", "to": "//evil.example", "redirect_uri": "https://evil.example"}
    assert come_back(client, asked, **others) == FAILED
    host = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    assert client.get("/sign-in/openid/", headers=host).status_code == 400
    page = client.get(FAILED, {"code": "a code", "state": asked["state"]})
    assert "a code" not in page.text
    assert asked["state"] not in page.text


def test_a_guessed_invitation_binds_nothing_and_five_wrong_names_close_it(
    house: Cluster, browser: Browser, there: Provider
) -> None:
    login, subject = f"staff-{uuid4().hex[:10]}", uuid4().hex
    code = invitation("nurse", login)
    for name in ["wrong name"] * 5 + [login]:
        client = browser()
        client.post("/sign-in/staff/sign-on/", {"code": code, "login": name})
        asked = sent(client, "/sign-in/openid/on/")
        there.nonce = asked["nonce"]
        there.token = lambda _claims: signed(there.claims(sub=subject, amr=["mfa"]))
        assert come_back(client, asked) == FAILED
    assert ask(house, "select 1 from wellkept.accounts_account where login = %s", hashes.login(login)) == []


def test_one_sign_on_is_one_account_s(house: Cluster, browser: Browser, there: Provider) -> None:
    first, subject = browser(), uuid4().hex
    bound(first, there, subject, amr=["mfa"])
    second = browser()
    login = bound(second, there, subject, amr=["mfa"])
    assert who(second) == ""
    assert ask(house, "select 1 from wellkept.accounts_account where login = %s", hashes.login(login)) == []


def test_a_removed_person_comes_in_no_more(house: Cluster, browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    login = bound(client, there, subject, amr=["mfa"])
    change(house, "update wellkept.accounts_account set closed_at = now() where login = %s", hashes.login(login))
    assert who(client) == ""
    assert arrive(browser(), there, subject, amr=["mfa"]) == FAILED


def test_a_sign_out_there_ends_the_session_here_once(browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    bound(client, there, subject, amr=["mfa"])
    event: dict[str, Any] = {
        "events": {tokens.LOGOUT: {}},
        "jti": uuid4().hex,
        "nonce": None,
        "exp": None,
        "sub": subject,
    }
    machine = Client(headers={"sec-fetch-site": "cross-site"})
    out, word = "/sign-in/openid/out/", signed(there.claims(**event))
    assert machine.post(out, {"logout_token": word[:-3] + "AAA"}).status_code == 400
    assert who(client) == "nurse"
    assert machine.post(out, {"logout_token": word}).status_code == 200
    assert who(client) == ""
    again = browser()
    arrive(again, there, subject, amr=["mfa"])
    assert machine.post(out, {"logout_token": word}).status_code == 200
    assert who(again) == "nurse"
    assert machine.get(out).status_code == 400


def test_what_lies_in_the_database_opens_nothing(house: Cluster, browser: Browser, there: Provider) -> None:
    client = browser()
    asked = sent(client)
    (row,) = ask(house, "select secret_hash from wellkept.accounts_openidway order by began desc limit 1")
    kept = bytes(row[0])  # type: ignore[call-overload]
    assert kept == actions.secret_hash(client.cookies[COOKIE].value)
    assert asked["state"] not in kept.hex()
    assert asked["nonce"] not in kept.hex()


def test_where_none_is_named_no_page_speaks_of_it(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELLKEPT_OIDC_ISSUER", raising=False)
    client = browser()
    assert "/sign-in/openid/" not in client.get("/sign-in/").text
    assert client.get("/sign-in/openid/").headers["Location"] == FAILED
    assert client.get("/sign-in/staff/sign-on/").headers["Location"] == "/sign-in/staff/"
    assert client.post("/sign-in/openid/out/", {"logout_token": "x"}).status_code == 400


def test_where_one_is_named_the_page_offers_it(browser: Browser, there: Provider) -> None:
    assert "Staff: sign in with Harbor ID" in browser().get("/sign-in/").text
    assert there.asked == []


def test_a_sign_on_that_is_away_or_over_plain_http_lets_nobody_in(
    browser: Browser, there: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.document["issuer"] = "https://elsewhere.example"
    assert browser().get("/sign-in/openid/").headers["Location"] == FAILED
    monkeypatch.setenv("WELLKEPT_OIDC_ISSUER", "http://login.example.org")
    client = browser()
    assert client.get("/sign-in/openid/").headers["Location"] == FAILED
    assert "Staff: sign in with" not in client.get("/sign-in/").text


def test_a_signed_in_browser_sets_out_nowhere(browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    bound(client, there, subject, amr=["mfa"])
    for path in ("/sign-in/openid/", "/sign-in/openid/on/", "/sign-in/staff/sign-on/"):
        assert urlsplit(client.get(path).headers["Location"]).netloc == ""
    assert who(client) == "nurse"


def test_a_provider_that_others_wrote_leads_in(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    subject = f"nell-{uuid4().hex[:8]}"
    provider.forget()
    with mocked([User(sub=subject, claims={"amr": ["mfa", "pwd"]})]) as base:
        configured(monkeypatch, tmp_path, base)
        login = f"staff-{uuid4().hex[:10]}"
        client = browser()
        client.post("/sign-in/staff/sign-on/", {"code": invitation("nurse", login), "login": login})
        there = client.get("/sign-in/openid/on/").headers["Location"]
        answer = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=5)
        query = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
        assert client.get(BACK, query).headers["Location"] == "/sign-in/cookie/"
        assert who(client) == "nurse"
    provider.forget()
    assert actions.sign_in(login=login, password=PASSWORD) is None


def test_whoever_came_by_it_shows_there_again_who_they_are(house: Cluster, browser: Browser, there: Provider) -> None:
    client, subject = browser(), uuid4().hex
    bound(client, there, subject, amr=["mfa"])
    before = client.cookies[COOKIE].value
    late = "update wellkept.accounts_session set proved_at = now() - interval '1 hour' where secret_hash = %s"
    change(house, late, actions.secret_hash(before))
    asked = sent(client, "/sign-in/openid/again/")
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    there.nonce = asked["nonce"]
    now = int(time.time())
    others: tuple[dict[str, Any], ...] = (
        {"sub": subject},
        {"sub": subject, "auth_time": now - 3600},
        {"sub": "another", "auth_time": now},
    )
    for claims in others:
        word = signed(there.claims(**claims))
        there.token = partial(same, word)
        assert come_back(client, asked) == FAILED
        assert client.cookies[COOKIE].value == before
        sent(client, "/sign-in/openid/again/")
    there.token = lambda _claims: signed(there.claims(sub=subject, auth_time=now))
    assert come_back(client, asked).startswith("/")
    after = client.cookies[COOKIE].value
    assert after != before
    assert visits.proved(actions.secret_hash(after), minutes=15)
    assert browser().get("/sign-in/openid/again/").headers["Location"] == "/sign-in/"
