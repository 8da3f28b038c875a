"""An invitation to work here, by its pages: alike for every code that does not work, and two factors first."""

import re
import time
from uuid import uuid4

import pytest
from django.test import Client

from tests.accounts.people import PASSWORD, ask, invitation
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import COOKIE
from wellkept.access import queries as access
from wellkept.accounts import actions, hashes, totp
from wellkept.web.entrance import throttle
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database
PAGE = "/sign-in/staff/"


def told(code: str, login: str, password: str = PASSWORD) -> dict[str, str]:
    return {"code": code, "login": login, "password": password}


def name() -> str:
    return f"staff-{uuid4().hex[:10]}"


def post(client: Client, path: str, form: dict[str, str]) -> str:
    answer = client.post(path, form | {"token": token(client.cookies[COOKIE].value)})
    return str(answer.headers.get("Location", answer.status_code))


def test_a_newcomer_sets_up_a_second_factor_and_nothing_opens_before(browser: Browser) -> None:
    client, login = browser(), name()
    made = client.post(PAGE, told(invitation("representative", login), login))
    assert "Your account is made" in made.text
    client.post("/sign-in/", {"login": login, "password": PASSWORD})
    assert client.get("/sign-in/cookie/").headers["Location"] == "/sign-in/staff/second/"
    assert "Nothing is open yet" in client.get("/sign-in/staff/second/").text
    for path in ("/desk/", "/desk/find/", "/privacy/", "/operations/", "/staff/", "/member/"):
        assert client.get(path).status_code == 403, path
    assert post(client, "/account/ways/app/", {}) == "/account/ways/app/"
    page = client.get("/account/ways/app/").text
    found = re.search(r"secret=([A-Z2-7]{32})", page)
    secret = found[1] if found else "".join(re.findall(r"\b[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}\b", page)[0].split())
    step = int(time.time()) // totp.SECONDS
    assert post(client, "/account/ways/app/", {"code": totp.code(secret, step)}) == "/account/ways/"
    assert client.get("/sign-in/cookie/").headers["Location"] == "/sign-in/staff/second/"
    client.post("/sign-out/", {"token": token(client.cookies[COOKIE].value)})
    client = browser()
    assert client.post("/sign-in/", {"login": login, "password": PASSWORD}).headers["Location"] == "/sign-in/second/"
    assert post(client, "/sign-in/second/", {"code": totp.code(secret, step + 1)}) == "/sign-in/cookie/"
    assert client.get("/sign-in/staff/second/").headers["Location"] == "/desk/"
    who = access.who(actions.secret_hash(client.cookies[COOKIE].value))
    assert who
    assert who.role == "representative"


def test_every_code_that_does_not_work_gets_the_same_page(browser: Browser) -> None:
    login, other = name(), name()
    code, used = invitation("nurse", login), invitation("nurse", other)
    assert browser().post(PAGE, told(used, other)).status_code == 200
    pages = []
    for word in (told("7KQ2-M0XD-9RTA", login), told(used, other), told(code, other), told("", login) | {"code": "--"}):
        answer = browser().post(PAGE, word)
        assert answer.status_code == 400
        pages.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(set(pages)) == 1


def test_a_weak_password_uses_no_code_up_and_what_was_typed_stays(house: Cluster, browser: Browser) -> None:
    login = name()
    code = invitation("nurse", login)
    for weak in ("short", login * 3, "password password"):
        answer = browser().post(PAGE, told(code, login, weak))
        assert answer.status_code == 400
        assert f'value="{login}"' in answer.text
    assert ask(house, "select tries from wellkept.accounts_staffcode where login = %s", hashes.login(login)) == [(0,)]
    assert browser().post(PAGE, told(code, login)).status_code == 200


def test_too_many_tries_from_one_network_wait(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle.CODES, "limit", 2)
    answers = [browser().post(PAGE, told("7KQ2-M0XD-9RTA", name())) for _ in range(3)]
    assert [one.status_code for one in answers] == [400, 400, 429]
    assert answers[-1].headers["Retry-After"] == "3600"


def test_a_form_from_elsewhere_makes_no_account(browser: Browser) -> None:
    login = name()
    code = invitation("nurse", login)
    answer = browser().post(PAGE, told(code, login), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert browser().post(PAGE, told(code, login)).status_code == 200


def test_a_stranger_is_sent_to_sign_in(browser: Browser) -> None:
    assert browser().get("/sign-in/staff/second/").headers["Location"] == "/sign-in/"
