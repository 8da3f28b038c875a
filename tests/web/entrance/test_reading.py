"""The policy that stood at each sign-in is kept and shown; whoever has not read the one in force is asked to (U-37)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.accounts.people import ask, registered, staff
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import COOKIE, agree, sign_in
from wellkept.accounts import visits
from wellkept.accounts.actions import secret_hash
from wellkept.policy import packs
from wellkept.web.shell import unread
from wellkept.web.shell.visitor import token

pytestmark = pytest.mark.database

OLD, NEW = "2026-11-01", "2026-11-22"
SESSIONS = "/account/"
Live = Callable[[date], None]


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Live:
    """Lets it be a day, for sign-ins and for pages."""

    def on(day: date) -> None:
        monkeypatch.setattr(packs, "today", lambda _pack: day)
        unread._READ.clear()

    return on


def arrive(browser: Browser, login: str) -> Client:
    """Somebody who has signed in and agreed to what binds them."""
    client = browser()
    sign_in(client, login, to=AGREE if login not in AGREED else "/member/")
    agree(client)
    AGREED.add(login)
    return client


AGREE = "/sign-in/agree/"
AGREED: set[str] = set()


def say_read(client: Client, version: str) -> int:
    answer = client.post(f"/sign-in/read/{version}/", {"token": token(client.cookies[COOKIE].value)})
    return answer.status_code


def test_signing_in_across_a_change_of_version_keeps_and_shows_both(
    house: Cluster, browser: Browser, live: Live
) -> None:
    card = registered(house)
    live(date(2026, 11, 10))
    before = arrive(browser, card.login)
    assert f"version {OLD}" in before.get(SESSIONS).text
    live(date(2026, 11, 23))
    after = arrive(browser, card.login)
    page = after.get(SESSIONS).text
    assert page.count(f"version {OLD}</a>") == page.count(f"version {NEW}</a>") == 1
    assert f'href="/policy/versions/{OLD}/"' in page
    assert page.index(f"Version {NEW}</a>") < page.index(f"Version {OLD}</a>")
    after.post("/sign-out/", {"token": token(after.cookies[COOKIE].value)})
    assert f"Version {NEW}</a>" in before.get(SESSIONS).text
    kept = ask(
        house,
        "select reason from wellkept.ledger_entry where kind = 'signed in' and %s = any(subjects) order by id",
        card.person,
    )
    assert kept == [(f"policy {OLD}",), (f"policy {NEW}",)]


def test_the_notice_stands_until_its_reader_says_so_and_comes_back_with_a_new_version(
    house: Cluster, browser: Browser, live: Live
) -> None:
    card = registered(house)
    live(date(2026, 11, 10))
    client = arrive(browser, card.login)
    assert all("Please read our privacy policy" in client.get(path).text for path in (SESSIONS, "/member/privacy/"))
    assert say_read(client, OLD) == 302
    for _again in range(2):
        assert "I have read it" not in client.get(SESSIONS).text
    live(date(2026, 11, 23))
    page = client.get(SESSIONS).text
    assert "Our privacy policy has changed since you read it" in page
    assert f'href="/policy/compare/{OLD}/{NEW}/"' in page
    assert page.count('class="notice"') == 1
    assert say_read(client, NEW) == 302
    elsewhere = arrive(browser, card.login)
    assert "I have read it" not in elsewhere.get(SESSIONS).text
    assert "You said that you read it" in elsewhere.get(SESSIONS).text


@pytest.mark.parametrize(
    ("role", "home"),
    [("representative", "/desk/"), ("privacy_officer", "/privacy/"), ("administrator", "/operations/")],
)
def test_every_door_of_staff_asks_too_and_remembers(browser: Browser, live: Live, role: str, home: str) -> None:
    live(date(2026, 11, 23))
    client = arrive(browser, staff(role))
    assert "Please read our privacy policy" in client.get(home).text
    answer = client.post(f"/sign-in/read/{NEW}/", {"token": token(client.cookies[COOKIE].value)})
    assert answer.headers["Location"] == home
    assert "Please read our privacy policy" not in client.get(home).text
    page = client.get("/sign-in/policy/").text
    assert "You said that you read it" in page
    assert f'href="{home}"' in page


def test_it_takes_the_session_its_token_and_the_version_in_force(house: Cluster, browser: Browser, live: Live) -> None:
    live(date(2026, 11, 23))
    client = arrive(browser, registered(house).login)
    secret = secret_hash(client.cookies[COOKIE].value)
    assert say_read(client, OLD) == 404
    assert client.post(f"/sign-in/read/{NEW}/", {"token": "another"}).status_code == 403
    assert client.get(f"/sign-in/read/{NEW}/").headers["Location"] == "/member/"
    assert all(one.read is None for one in visits.met(secret))
    nobody = browser()
    assert nobody.post(f"/sign-in/read/{NEW}/").headers["Location"] == "/sign-in/"
    assert nobody.get("/sign-in/policy/").headers["Location"] == "/sign-in/"
    assert visits.say_read(b"no such session", version=NEW) is False
    assert visits.met(b"no such session") == ()


def test_a_public_page_asks_nothing_of_whoever_reads_it(house: Cluster, browser: Browser, live: Live) -> None:
    live(date(2026, 11, 23))
    client = arrive(browser, registered(house).login)
    assert "I have read it" not in client.get("/policy/").text


def test_a_page_is_shown_where_nobody_can_say_what_was_read(
    house: Cluster, browser: Browser, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    live(date(2026, 11, 23))
    client = arrive(browser, registered(house).login)

    def lost(_secret: bytes) -> None:
        raise OperationalError

    monkeypatch.setattr(visits, "met", lost)
    assert client.get("/member/privacy/").status_code == 200


def test_a_process_remembers_so_many_sessions_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "MOST", 2)
    unread._READ.clear()
    for secret in (b"1", b"2", b"3"):
        unread._remember(secret, NEW)
    assert [unread._known(secret, NEW) for secret in (b"1", b"2", b"3")] == [False, True, True]
    assert not unread._known(b"3", OLD)
    unread._READ.clear()
