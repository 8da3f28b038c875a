"""One's own ways to sign in: shown to their owner, changed only after a fresh proof, and told as events (R-10)."""

import pytest

from tests.accounts.device import Device
from tests.accounts.people import Card, ask, change, registered, staff
from tests.accounts.ways import App
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import agree, sign_in
from wellkept.accounts.actions import secret_hash
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database
HOST, ORIGIN = "testserver", "http://testserver"
WAYS = "/account/ways/"


def events(house: Cluster, card: Card) -> list[object]:
    noted = (
        "select e.kind from wellkept.accounts_event e join wellkept.accounts_account a on a.id = e.account_id"
        " where a.person_id = %s and e.kind not in ('registered', 'signed in', 'terms agreed') order by e.at"
    )
    return [row[0] for row in ask(house, noted, card.person)]


def test_an_app_is_set_up_with_its_first_code_and_removed(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    mine = {"token": token(sign_in(client, card.login))}
    agree(client)
    assert client.get(f"{WAYS}app/").headers["Location"] == WAYS
    assert client.post(f"{WAYS}app/", mine).headers["Location"] == f"{WAYS}app/"
    page = client.get(f"{WAYS}app/")
    assert page.headers["Cache-Control"] == "no-store"
    app = App(page.text.split("<code>")[1].split("</code>")[0].replace(" ", ""))
    assert f"secret={app.secret}" in page.text
    wrong = client.post(f"{WAYS}app/", mine | {"code": "12"})
    assert (wrong.status_code, app.secret[:4] in wrong.text) == (400, True)
    assert client.post(f"{WAYS}app/", mine | {"code": app.code()}).headers["Location"] == WAYS
    assert client.get(f"{WAYS}app/").headers["Location"] == WAYS
    shown = client.get(WAYS).text
    assert app.secret not in shown
    assert "You have no recovery codes" in shown
    assert "will not sign you in" in client.get(f"{WAYS}app/remove/").text
    assert client.post(f"{WAYS}app/remove/", mine).headers["Location"] == WAYS
    assert events(house, card) == ["authenticator added", "authenticator removed"]


def test_recovery_codes_are_shown_once(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    mine = {"token": token(sign_in(client, card.login))}
    agree(client)
    assert "Add a passkey or an authenticator app first." in client.post(f"{WAYS}codes/", mine).text
    client.post(f"{WAYS}app/", mine)
    secret = client.get(f"{WAYS}app/").text.split("<code>")[1].split("</code>")[0].replace(" ", "")
    client.post(f"{WAYS}app/", mine | {"code": App(secret).code()})
    page = client.post(f"{WAYS}codes/", mine)
    codes = [part.split("</code>")[0] for part in page.text.split("<code>")[1:]]
    assert (len(set(codes)), page.headers["Cache-Control"]) == (10, "no-store")
    for path in (f"{WAYS}codes/", WAYS):
        assert not any(code in client.get(path).text for code in codes)
    assert "10 of 10" in client.get(WAYS).text
    assert events(house, card) == ["authenticator added", "recovery codes made"]


def test_a_passkey_is_added_named_and_removed(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    mine = {"token": token(sign_in(client, card.login))}
    agree(client)
    options = client.post(f"{WAYS}passkeys/options/", mine)
    assert options.headers["Content-Type"] == "application/json"
    assert card.login not in options.text
    assert str(card.person) not in options.text
    told = mine | {"label": "<b>Blue key</b>", "credential": Device(HOST, ORIGIN).made(options.text)}
    assert client.post(f"{WAYS}passkeys/", told).headers["Location"] == WAYS
    page = client.get(WAYS).text
    assert "&lt;b&gt;Blue key&lt;/b&gt;" in page
    assert client.post(f"{WAYS}passkeys/", told).status_code == 400
    number = next(part.split("/")[0] for part in page.split("/account/ways/passkeys/") if len(part.split("/")[0]) == 36)
    renamed = client.post(f"{WAYS}passkeys/{number}/", mine | {"label": "Grey key"})
    assert renamed.headers["Location"] == WAYS
    assert "Grey key" in client.get(f"{WAYS}passkeys/{number}/remove/").text
    assert client.post(f"{WAYS}passkeys/{number}/remove/", mine).headers["Location"] == WAYS
    assert client.get(f"{WAYS}passkeys/{number}/").status_code == 404
    assert events(house, card) == ["passkey added", "passkey removed"]


def test_a_passkey_of_somebody_else_is_not_there(house: Cluster, browser: Browser) -> None:
    one, other = browser(), browser()
    mine = {"token": token(sign_in(one, registered(house).login))}
    theirs = {"token": token(sign_in(other, registered(house).login))}
    agree(one)
    agree(other)
    made = Device(HOST, ORIGIN).made(one.post(f"{WAYS}passkeys/options/", mine).text)
    one.post(f"{WAYS}passkeys/", mine | {"label": "Mine", "credential": made})
    page = one.get(WAYS).text
    number = next(part.split("/")[0] for part in page.split("/account/ways/passkeys/") if len(part.split("/")[0]) == 36)
    for path in (f"{WAYS}passkeys/{number}/", f"{WAYS}passkeys/{number}/remove/"):
        assert other.get(path).status_code == 404
        assert other.post(path, theirs | {"label": "Theirs"}).status_code == 404
    assert "Mine" in one.get(WAYS).text


CHANGES = ["app/", "app/remove/", "codes/", "passkeys/", "passkeys/options/"]


@pytest.mark.parametrize("path", CHANGES)
def test_every_change_asks_again_first(house: Cluster, browser: Browser, path: str) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    agree(client)
    late = "update wellkept.accounts_session set proved_at = now() - interval '16 minutes' where secret_hash = %s"
    change(house, late, secret_hash(secret))
    answer = client.post(f"{WAYS}{path}", {"token": token(secret)})
    assert answer.headers["Location"] == "/sign-in/again/?to=account-ways"
    assert "Show that it is me" in client.get(WAYS).text


@pytest.mark.parametrize("path", CHANGES)
def test_a_form_without_the_session_s_token_changes_nothing(house: Cluster, browser: Browser, path: str) -> None:
    client = browser()
    sign_in(client, registered(house).login)
    assert client.post(f"{WAYS}{path}", {"token": "x", "label": "x", "credential": "{}"}).status_code == 403


@pytest.mark.parametrize("path", ["", *CHANGES])
def test_a_stranger_is_sent_to_the_sign_in(browser: Browser, path: str) -> None:
    assert browser().get(f"{WAYS}{path}").headers["Location"] == "/sign-in/"


def test_staff_uses_the_same_pages(house: Cluster, browser: Browser) -> None:
    client = browser()
    sign_in(client, staff("representative"))
    agree(client)
    assert "Ways to sign in" in client.get(WAYS).text
