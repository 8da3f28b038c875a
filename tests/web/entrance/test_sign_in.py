"""Signing in: one cookie, one home for each role, the same words for every no (P-20, P-21, U-23, R-10)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.people import PASSWORD, change, registered, staff
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import COOKIE, agree, sign_in
from wellkept.access import queries as access
from wellkept.accounts import actions
from wellkept.accounts.actions import secret_hash
from wellkept.web.entrance.throttle import PASSWORDS
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database
WRONG = "eight herons mend the fence"


def test_nothing_tells_names_apart(house: Cluster, browser: Browser) -> None:
    known, closed, spent = registered(house), registered(house), registered(house)
    change(house, "update wellkept.accounts_account set closed_at = now() where person_id = %s", closed.person)
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", spent.person)
    unknown = "z" * len(known.login)
    tries = [(unknown, WRONG), (known.login, WRONG), (closed.login, PASSWORD), (spent.login, PASSWORD)]
    answers = set()
    for login, password in tries:
        answer = browser().post("/sign-in/", {"login": login, "password": password})
        headers = tuple(sorted(answer.headers.items()))
        answers.add((answer.status_code, answer.text.replace(login, "LOGIN"), headers, tuple(answer.cookies)))
    assert len(answers) == 1
    assert answers.pop()[0] == 400


def test_the_password_never_comes_back_and_the_name_does(house: Cluster, browser: Browser) -> None:
    page = browser().post("/sign-in/", {"login": "somebody", "password": WRONG}).text
    assert WRONG not in page
    assert 'value="somebody"' in page


def test_every_password_field_is_masked_and_takes_a_paste(browser: Browser) -> None:
    client = browser()
    for path, autocomplete in (("/sign-in/", "current-password"), ("/register/code/", "new-password")):
        field = client.get(path).text.split('name="password"')[0].rsplit("<input", 1)[1]
        rest = client.get(path).text.split('name="password"')[1].split(">")[0]
        assert 'type="password"' in field + rest
        assert f'autocomplete="{autocomplete}"' in field + rest
        assert "maxlength" not in field + rest
        assert "<script>" not in client.get(path).text


def test_a_password_longer_than_any_is_refused_and_not_cut(house: Cluster, browser: Browser) -> None:
    long = ("otters paint the seventh barn " * 7)[:200]
    from tests.accounts.people import issued, redeem

    card = issued(house)
    assert redeem(card, password=long) == "yes"
    answer = browser().post("/sign-in/", {"login": card.login, "password": long + "x"})
    assert answer.status_code == 400
    assert "at most 200 characters" in answer.text
    sign_in(browser(), card.login, long)


def test_a_new_secret_comes_with_each_sign_in_and_the_old_one_ends(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    client.cookies[COOKIE] = "a secret somebody planted"
    first = sign_in(client, card.login)
    assert first != "a secret somebody planted"
    second = sign_in(client, card.login)
    assert second != first
    assert access.who(secret_hash(first)) is None
    assert access.who(secret_hash(second))


def test_the_cookie_is_random_and_the_only_one(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    assert list(client.cookies) == [COOKIE]
    assert len(secret) == 43
    for known in (card.login, str(card.person), card.person.hex, card.code):
        assert known not in secret
    cookie = client.cookies[COOKIE]
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == ("/", True, "Lax", "")


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    answer = client.post("/sign-in/", {"login": card.login, "password": PASSWORD}, secure=True)
    cookie = answer.cookies["__Host-umr_session"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert "Strict-Transport-Security" in answer.headers
    assert client.get("/sign-in/cookie/", secure=True).headers["Location"] == "/sign-in/agree/"


def test_a_browser_without_the_cookie_reads_why_it_is_needed(browser: Browser) -> None:
    page = browser().get("/sign-in/cookie/")
    assert page.status_code == 403
    assert "That is your right." in page.text


@pytest.mark.parametrize(
    ("role", "home"),
    [("representative", "/desk/"), ("privacy_officer", "/privacy/"), ("nurse", "/"), ("administrator", "/operations/")],
)
def test_staff_lands_at_its_own_door(browser: Browser, role: str, home: str) -> None:
    client = browser()
    sign_in(client, staff(role), to="/sign-in/agree/")
    agree(client)
    assert client.get("/sign-in/cookie/").headers["Location"] == home


def test_a_member_lands_at_their_own_door_and_sign_in_leads_there(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    sign_in(client, card.login)
    agree(client)
    assert client.get("/sign-in/cookie/").headers["Location"] == "/member/"
    assert client.get("/sign-in/").headers["Location"] == "/sign-in/cookie/"


@pytest.mark.parametrize("query", ["?next=https://elsewhere.example/", "?next=/privacy/", "?ended"])
def test_no_address_leads_anywhere_else(house: Cluster, browser: Browser, query: str) -> None:
    client, card = browser(), registered(house)
    assert "elsewhere" not in client.get(f"/sign-in/{query}").text
    answer = client.post(
        f"/sign-in/{query}", {"login": card.login, "password": PASSWORD, "next": "//elsewhere.example"}
    )
    assert answer.headers["Location"] == "/sign-in/cookie/"


@pytest.mark.parametrize("late", ["seen = now() - interval '61 minutes'", "expires = now()"])
def test_after_a_time_out_the_page_says_what_happened_and_the_browser_stays_known(
    house: Cluster, browser: Browser, late: str
) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    change(house, f"update wellkept.accounts_session set {late} where secret_hash = %s", secret_hash(secret))
    assert client.get("/member/").headers["Location"] == "/sign-in/"
    assert client.get("/sign-in/cookie/").headers["Location"] == "/sign-in/"
    page = client.get("/sign-in/")
    assert "A sign-in ends after 60 minutes without use. It ends after 24 hours in any case." in page.text
    assert COOKIE not in page.cookies
    sign_in(client, card.login)
    assert access.who(secret_hash(secret)) is None


def test_after_it_was_ended_the_page_says_so_once_and_takes_the_cookie_back(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    actions.sign_out(secret_hash(sign_in(client, card.login)))
    page = client.get("/sign-in/")
    assert "You are signed out" in page.text
    assert page.cookies[COOKIE]["max-age"] == 0
    assert "You are signed out" not in client.get("/sign-in/").text


def test_signing_out_ends_it_everywhere(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    secret = sign_in(client, card.login)
    assert client.get("/sign-out/").headers["Location"] == "/"
    assert access.who(secret_hash(secret))
    answer = client.post("/sign-out/", {"token": token(secret)})
    assert "You are signed out" in answer.text
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert access.who(secret_hash(secret)) is None
    thief = browser()
    thief.cookies[COOKIE] = secret
    assert thief.get("/member/").headers["Location"] == "/sign-in/"


def test_no_get_begins_a_session(house: Cluster, browser: Browser) -> None:
    client, card = browser(), registered(house)
    client.get("/sign-in/", {"login": card.login, "password": PASSWORD})
    assert COOKIE not in client.cookies


def test_too_many_tries_from_a_network_are_slowed_for_an_hour(
    house: Cluster, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PASSWORDS, "limit", 2)
    now = timezone.now()
    monkeypatch.setattr("wellkept.web.entrance.throttle.timezone", Clock(now))
    client, card = browser(), registered(house)
    told = {"login": card.login, "password": WRONG}
    assert [client.post("/sign-in/", told).status_code for _ in range(3)] == [400, 400, 429]
    slowed = client.post("/sign-in/", {"login": card.login, "password": PASSWORD})
    assert slowed.status_code == 429
    assert "Please wait an hour, or call us." in slowed.text
    monkeypatch.setattr("wellkept.web.entrance.throttle.timezone", Clock(now + timedelta(minutes=61)))
    sign_in(client, card.login)


class Clock:
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


FOREIGN = [
    {},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {"referer": "https://elsewhere.example/sign-in/"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/sign-in/", "/sign-out/", "/register/", "/register/who/", "/register/code/"])
def test_a_form_from_elsewhere_does_nothing(
    house: Cluster, browser: Browser, path: str, headers: dict[str, str]
) -> None:
    card = registered(house)
    answer = Client(headers=headers).post(path, {"login": card.login, "password": PASSWORD})
    assert answer.status_code == 403
    assert answer.cookies == {}
