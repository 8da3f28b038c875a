"""The pages for a forgotten password: one answer for every name, and a link that shows the reminder alone (P-09)."""

import re

import pytest

from tests.accounts.people import BORN, PASSWORD, ask, change, registered
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import COOKIE, agree, sign_in
from wellkept.accounts import recovery
from wellkept.accounts.actions import secret_hash
from wellkept.web.entrance import recover

pytestmark = pytest.mark.database
NEW = "nine herons cross the creek"
SECRET = "/account/recovery/"
HERE = "/sign-in/forgotten/"


@pytest.fixture
def by_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """This operator lets people back in as the other one does."""
    monkeypatch.setattr(recovery, "way", lambda _pack: "secret")
    for counted in (recover.ASKED, recover.TRIED):
        monkeypatch.setattr(counted, "_began", None)


def linked(house: Cluster, login: str) -> str:
    """The page of a link, made as the worker makes it."""
    ((account,),) = ask(house, "select id from wellkept.accounts_account where login = %s", hashed(login))
    made = "A" * 42 + "z"
    change(house, "delete from wellkept.accounts_recoverylink")
    change(house, "select wellkept.accounts_link(%s, %s)", account, recovery.token_hash(made))
    return f"{HERE}{made}/"


def hashed(login: str) -> bytes:
    from wellkept.accounts import hashes

    return hashes.login(login)


def filled(response: str, *, password: str = NEW) -> dict[str, str]:
    day = {"birth_date_month": str(BORN.month), "birth_date_day": str(BORN.day), "birth_date_year": str(BORN.year)}
    return {"response": response, "password": password, **day}


def test_an_operator_of_codes_says_how_a_code_is_had(browser: Browser) -> None:
    client = browser()
    page = client.get(HERE).text
    assert "A new access code lets you back in" in page
    assert client.post(HERE, {"login": "somebody"}).status_code == 200
    assert client.get(f"{HERE}{'A' * 43}/").status_code == 410


def test_where_codes_lead_back_the_sign_in_names_no_link(browser: Browser) -> None:
    assert f'href="{HERE}"' not in browser().get("/sign-in/").text


@pytest.mark.usefixtures("by_secret")
def test_the_sign_in_leads_to_the_link_and_the_page_says_where_no_mail_goes_out(browser: Browser) -> None:
    assert f'href="{HERE}"' in browser().get("/sign-in/").text
    assert "We send no e-mail from here" in browser().get(HERE).text


@pytest.mark.usefixtures("by_secret")
def test_every_name_gets_the_same_answer_and_one_row(house: Cluster, browser: Browser) -> None:
    card = registered(house)
    change(house, "delete from wellkept.accounts_recoveryasked")
    answers = set()
    for name in (card.login, "z" * len(card.login)):
        answer = browser().post(HERE, {"login": name})
        answers.add((answer.status_code, answer.text, tuple(sorted(answer.headers.items())), tuple(answer.cookies)))
    assert len(answers) == 1
    assert ask(house, "select count(*) from wellkept.accounts_recoveryasked") == [(2,)]


@pytest.mark.usefixtures("by_secret")
def test_a_response_is_made_shown_once_and_lets_its_holder_back_in(house: Cluster, browser: Browser) -> None:
    card, client = registered(house), browser()
    sign_in(client, card.login, PASSWORD)
    agree(client)
    page = client.get(SECRET).text
    day = {"birth_date_month": str(BORN.month), "birth_date_day": str(BORN.day), "birth_date_year": str(BORN.year)}
    made = client.post(SECRET, {"prompt": "in the canary drawer", "token": token_of(page), **day}).text
    (response,) = re.findall(r"<code>([0-9A-Z-]{14})</code>", made)
    assert response not in client.get(SECRET).text
    path = linked(house, card.login)
    away = browser()
    assert "in the canary drawer" in away.get(path).text
    wrong = away.post(path, filled("0000-0000-0000"))
    assert wrong.status_code == 400
    assert "0000-0000-0000" in wrong.text
    assert NEW not in wrong.text
    right = away.post(path, filled(response))
    assert "Your new password works" in right.text
    assert not right.cookies
    assert client.get("/member/").status_code != 200
    assert away.post(path, filled(response)).status_code == 410


@pytest.mark.usefixtures("by_secret")
def test_a_stranger_makes_no_response(browser: Browser) -> None:
    answer = browser().get(SECRET)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.usefixtures("by_secret")
def test_an_old_proof_of_presence_asks_again_first(house: Cluster, browser: Browser) -> None:
    card, client = registered(house), browser()
    sign_in(client, card.login, PASSWORD)
    agree(client)
    late = "update wellkept.accounts_session set proved_at = now() - interval '1 hour' where secret_hash = %s"
    change(house, late, secret_hash(client.cookies[COOKIE].value))
    answer = client.get(SECRET)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/again/")


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page)
    return found[1] if found else ""
