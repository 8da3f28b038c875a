"""The second way by the pages: nothing opens before it, and the cookie changes with it (R-10, P-20, P-21)."""

import pytest
from django.test import Client

from tests.accounts.device import Device
from tests.accounts.people import PASSWORD, Card, ask, change, registered
from tests.accounts.test_closed import sent
from tests.accounts.test_passkeys import owned
from tests.accounts.ways import App, with_app, with_codes
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import COOKIE, agree, sign_in
from wellkept.access import queries as access
from wellkept.accounts.actions import secret_hash
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database
SHUT = ["/member/", "/account/", "/account/ways/", "/sign-in/agree/", "/sign-in/cookie/", "/sign-in/again/"]


def half_in(client: Client, card: Card) -> str:
    """By name and password; returns what the cookie holds."""
    answer = client.post("/sign-in/", {"login": card.login, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/second/")
    return client.cookies[COOKIE].value


def options(client: Client, purpose: str) -> str:
    answer = client.post(f"/sign-in/passkey/{purpose}/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def test_halfway_in_nothing_opens(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    app = with_app(house, card)
    half = half_in(client, card)
    for path in SHUT:
        assert client.get(path).headers["Location"].startswith("/sign-in/"), path
    page = client.get("/sign-in/second/")
    assert "Nothing is open yet" in page.text
    assert "Sign out" not in page.text
    answer = client.post("/sign-in/second/", {"code": app.code()})
    assert answer.headers["Location"] == "/sign-in/cookie/"
    assert client.cookies[COOKIE].value != half
    assert client.get("/sign-in/cookie/").headers["Location"] == "/sign-in/agree/"
    assert client.get("/sign-in/second/").headers["Location"] == "/sign-in/cookie/"


def test_the_cookie_is_still_the_only_one_and_has_no_lifetime(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    with_app(house, card)
    half = half_in(client, card)
    cookie = client.cookies[COOKIE]
    assert list(client.cookies) == [COOKIE]
    assert (cookie["max-age"], cookie["expires"], len(half)) == ("", "", 43)


def test_whoever_planted_the_cookie_of_a_half_made_sign_in_gets_nothing(house: Cluster, browser: Browser) -> None:
    victim, attacker, card = browser(), browser(), registered(house)
    app = with_app(house, card)
    attacker.post("/sign-in/", {"login": registered(house).login, "password": PASSWORD})
    planted = attacker.cookies[COOKIE].value
    victim.cookies[COOKIE] = planted
    half = half_in(victim, card)
    victim.post("/sign-in/second/", {"code": app.code()})
    for secret in (planted, half):
        attacker.cookies[COOKIE] = secret
        assert attacker.get("/member/").headers["Location"] == "/sign-in/"


def test_wrong_codes_say_so_and_after_five_it_begins_again(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    app = with_app(house, card)
    half_in(client, card)
    for _ in range(4):
        page = client.post("/sign-in/second/", {"code": "AAAA-BBBB-CCCC-DDDD"})
        assert (page.status_code, "This code does not work." in page.text) == (400, True)
    assert client.post("/sign-in/second/", {"code": "AAAA-BBBB-CCCC-DDDD"}).headers["Location"] == "/sign-in/"
    assert client.post("/sign-in/second/", {"code": app.code()}).headers["Location"] == "/sign-in/"


def test_a_browser_without_the_cookie_reads_why_it_is_needed(browser: Browser) -> None:
    assert browser().get("/sign-in/second/").status_code == 403
    assert browser().get("/sign-in/mailed/code/").status_code == 403


def test_a_recovery_code_completes_it(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    with_app(house, card)
    code = with_codes(house, card)[3]
    half_in(client, card)
    assert "Use one of your recovery codes." in client.get("/sign-in/second/").text
    assert client.post("/sign-in/second/", {"code": code}).headers["Location"] == "/sign-in/cookie/"


def test_a_passkey_completes_it(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    device = on_the_test_host(owned_here(card))
    half_in(client, card)
    said = device.signed(options(client, "second"))
    answer = client.post("/sign-in/second/passkey/", {"credential": said})
    assert answer.headers["Location"] == "/sign-in/cookie/"


def owned_here(card: Card) -> Device:
    """A device with a passkey for the host that these browsers call."""
    return owned(card)


def on_the_test_host(device: Device) -> Device:
    device.origin, device.host = "http://testserver", "testserver"
    return device


def test_a_passkey_signs_in_alone_and_once(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    device = on_the_test_host(owned_here(card))
    said = device.signed(options(client, "sign-in"))
    answer = client.post("/sign-in/passkey/", {"credential": said})
    assert answer.headers["Location"] == "/sign-in/cookie/"
    agree(client)
    again = browser().post("/sign-in/passkey/", {"credential": said})
    assert (again.status_code, "This passkey did not sign you in." in again.text) == (400, True)


@pytest.mark.parametrize("purpose", ["second", "again", "add", "nothing"])
def test_a_stranger_gets_no_number_for_what_is_not_theirs(browser: Browser, purpose: str) -> None:
    assert browser().post(f"/sign-in/passkey/{purpose}/").status_code in (403, 404)


def test_another_site_asks_for_no_number(house: Cluster) -> None:
    assert Client(headers={"sec-fetch-site": "cross-site"}).post("/sign-in/passkey/sign-in/").status_code == 403


def test_pages_with_passkeys_may_ask_for_them_and_no_other_page_may(browser: Browser) -> None:
    client = browser()
    assert "publickey-credentials-get=(self)" in client.get("/sign-in/").headers["Permissions-Policy"]
    assert "publickey-credentials-get=()" in client.get("/sign-in/mailed/").headers["Permissions-Policy"]
    assert "script-src 'self'" in client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "unsafe" not in client.get("/sign-in/").headers["Content-Security-Policy"]


def test_a_code_by_mail_opens_a_closed_password(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", card.person)
    assert client.post("/sign-in/", {"login": card.login, "password": PASSWORD}).status_code == 400
    assert client.post("/sign-in/mailed/", {"login": card.login}).headers["Location"] == "/sign-in/mailed/code/"
    wrong = client.post("/sign-in/mailed/code/", {"code": "AAAA-AAAA-AAAA", "password": PASSWORD})
    assert (wrong.status_code, "You have five tries." in wrong.text) == (400, True)
    told = {"code": sent(house, card), "password": PASSWORD}
    assert client.post("/sign-in/mailed/code/", told).headers["Location"] == "/sign-in/cookie/"
    assert client.get("/sign-in/mailed/code/").headers["Location"] == "/sign-in/cookie/"


def test_asking_for_a_code_answers_alike_for_every_name(house: Cluster, browser: Browser) -> None:
    card = registered(house)
    answers, pages = set(), set()
    for login in (card.login, "z" * len(card.login)):
        client = browser()
        first = client.post("/sign-in/mailed/", {"login": login})
        second = client.get(first.headers["Location"])
        wrong = client.post("/sign-in/mailed/code/", {"code": "AAAA-AAAA-AAAA", "password": PASSWORD})
        kept = client.cookies[COOKIE]
        answers.add((first.status_code, first.headers["Location"], len(kept.value), kept["max-age"]))
        pages.add(tuple(page.text.replace(token(kept.value), "TOKEN") for page in (second, wrong)))
    assert (len(answers), len(pages)) == (1, 1)


def test_a_session_that_ran_out_lets_its_browser_try_a_closed_password(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    out = "update wellkept.accounts_session set expires = now() where secret_hash = %s"
    change(house, out, secret_hash(secret))
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", card.person)
    assert "You are signed out" in client.get("/sign-in/").text
    assert browser().post("/sign-in/", {"login": card.login, "password": PASSWORD}).status_code == 400
    assert client.post("/sign-in/", {"login": card.login, "password": PASSWORD}).status_code == 302


def test_it_asks_again_and_goes_on_under_a_new_secret(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    agree(client)
    late = "update wellkept.accounts_session set proved_at = now() - interval '16 minutes' where secret_hash = %s"
    change(house, late, secret_hash(secret))
    asked = client.post("/account/ways/app/", {"token": token(secret)}).headers["Location"]
    assert asked == "/sign-in/again/?to=account-ways"
    page = client.get(asked)
    assert "Then you go on to: Ways to sign in." in page.text
    wrong = client.post(asked, {"word": "eight herons mend the fence", "token": token(secret)})
    assert (wrong.status_code, "This does not show that it is you." in wrong.text) == (400, True)
    answer = client.post(asked, {"word": PASSWORD, "token": token(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/ways/")
    new = client.cookies[COOKIE].value
    assert access.who(secret_hash(secret)) is None
    assert access.who(secret_hash(new))
    assert client.post("/account/ways/app/", {"token": token(new)}).headers["Location"] == "/account/ways/app/"


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "/desk/", "sign-out", "nothing"])
def test_asking_again_leads_to_no_page_but_those_listed(house: Cluster, browser: Browser, to: str) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    assert "elsewhere" not in client.get("/sign-in/again/", {"to": to}).text
    answer = client.post(f"/sign-in/again/?to={to}", {"word": PASSWORD, "token": token(secret)})
    assert answer.headers["Location"] == "/member/"


def test_asking_again_has_twenty_tries(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    change(house, "update wellkept.accounts_session set tries = 20 where secret_hash = %s", secret_hash(secret))
    assert client.post("/sign-in/again/", {"word": PASSWORD, "token": token(secret)}).status_code == 400


def test_asking_again_takes_the_app_s_code_once_and_the_session_s_own_passkey(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    app = with_app(house, card)
    half_in(client, card)
    used = app.code()
    client.post("/sign-in/second/", {"code": used})
    secret = client.cookies[COOKIE].value
    again = {"word": used, "token": token(secret)}
    assert client.post("/sign-in/again/", again).status_code == 400
    later = {"word": app.code(later=1), "token": token(secret)}
    assert client.post("/sign-in/again/", later).status_code == 302


def test_a_passkey_shows_again_who_it_is(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    device = on_the_test_host(owned(card, secret=secret_hash(secret)))
    said = device.signed(options(client, "again"))
    assert client.post("/sign-in/again/passkey/", {"credential": said, "token": "wrong"}).status_code == 403
    answer = client.post("/sign-in/again/passkey/?to=account-ways", {"credential": said, "token": token(secret)})
    assert answer.headers["Location"] == "/account/ways/"


def test_every_page_to_come_back_to_is_there() -> None:
    from wellkept.web.shell import proving

    assert all(str(proving.back(name)).startswith("/") for name in proving.RETURNS)


def test_the_app_s_code_of_another_account_shows_nothing(house: Cluster, browser: Browser) -> None:
    client, card, other = browser(), registered(house), registered(house)
    theirs = with_app(house, other)
    secret = sign_in(client, card.login)
    with_app(house, card)
    assert client.post("/sign-in/again/", {"word": theirs.code(), "token": token(secret)}).status_code == 400
    tries = "select tries from wellkept.accounts_session where secret_hash = %s"
    assert ask(house, tries, secret_hash(secret)) == [(1,)]


def test_signing_out_halfway_ends_it(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    app: App = with_app(house, card)
    half = half_in(client, card)
    client.post("/sign-out/")
    client.cookies[COOKIE] = half
    assert client.post("/sign-in/second/", {"code": app.code()}).headers["Location"] == "/sign-in/"
