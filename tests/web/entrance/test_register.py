"""Registration: age first, equal answers, nothing kept, one account a code (U-05, U-14, P-15, R-13)."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.accounts.people import BORN, PASSWORD, ask, issued, registered
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser
from tests.web.entrance.forms import born, code, sign_in, who
from wellkept.web.entrance.register import years
from wellkept.web.entrance.throttle import ASKS, CODES

pytestmark = pytest.mark.database
CHILD = date(2018, 5, 6)


def waiting(house: Cluster) -> int:
    return len(ask(house, "select 1 from wellkept.accounts_registration"))


def fields(page: str) -> list[str]:
    """The names of what the page's own form asks for, hidden or not."""
    form = page.partition('<form class="form"')[2].partition("</form>")[0]
    return re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', form)


def test_the_birth_date_is_asked_first_and_alone(browser: Browser) -> None:
    client = browser()
    assert fields(client.get("/register/").text) == ["birth_date_month", "birth_date_day", "birth_date_year"]
    assert client.get("/register/member/").headers["Location"] == "/register/"


def test_the_next_pages_show_the_birth_date_again_and_hide_nothing(browser: Browser) -> None:
    client = browser()
    which = client.post("/register/", born(BORN)).text
    page = client.post("/register/which/", born(BORN) | {"audience": "member"}).text
    assert fields(which) == [*born(BORN), *["audience"] * 3]
    assert fields(page) == [
        *born(BORN),
        "first_name",
        "last_name",
        "member_number",
        "group_number",
        "email",
        "publications",
    ]
    for one in (which, page):
        assert 'value="1986"' in one
        assert 'type="hidden"' not in one


def test_each_page_says_why_it_asks(browser: Browser) -> None:
    client = browser()
    pages = [client.get(where).text for where in ("/register/", "/register/code/", "/sign-in/")]
    for page in [*pages, client.post("/register/", born(BORN)).text]:
        assert "Why we ask" in page


@pytest.mark.parametrize("path", ["/register/", "/register/member/", "/register/code/"])
@pytest.mark.parametrize("filled_in", ["all of it", "the birth date alone"])
def test_a_child_ends_every_path_and_leaves_nothing(
    house: Cluster, browser: Browser, path: str, filled_in: str
) -> None:
    client, before = browser(), waiting(house)
    told = who(CHILD) | {"code": "0000-0000-0000", "login": "canary-child", "password": PASSWORD}
    page = client.post(path, told if filled_in == "all of it" else born(CHILD))
    assert page.status_code == 200
    assert "You cannot register here" in page.text
    assert "anary" not in page.text
    assert "2018" not in page.text
    assert waiting(house) == before
    assert {name: cookie.value for name, cookie in client.cookies.items()} == {"closed_here": "1"}
    cookie = client.cookies["closed_here"]
    assert (cookie["max-age"], cookie["expires"], cookie["path"], cookie["httponly"]) == ("", "", "/", True)


@pytest.mark.parametrize("path", ["/register/", "/register/member/", "/register/code/"])
def test_it_stays_closed_for_another_birth_date(house: Cluster, browser: Browser, path: str) -> None:
    client, before = browser(), waiting(house)
    client.post("/register/", born(CHILD))
    for answer in (client.get(path), client.post(path, who(BORN) | code(issued(house)))):
        assert "You cannot register here" in answer.text
    assert waiting(house) == before


def test_thirteen_is_old_enough_on_the_birthday_and_not_the_day_before() -> None:
    assert years(date(2010, 3, 5), date(2023, 3, 4)) == 12
    assert years(date(2010, 3, 5), date(2023, 3, 5)) == 13
    assert years(date(2012, 2, 29), date(2025, 2, 28)) == 12
    assert years(date(2012, 2, 29), date(2025, 3, 1)) == 13


def test_everybody_gets_the_same_bytes(house: Cluster, browser: Browser) -> None:
    registered(house)
    bodies, before = set(), waiting(house)
    asked = [who(BORN), who(BORN), who(BORN, member_number="M-1"), who(BORN, first_name="王", last_name="小明")]
    for told in asked:
        answer = browser().post("/register/member/", told)
        bodies.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))
    assert len(bodies) == 1
    assert waiting(house) == before + len(asked)


def test_nothing_typed_lies_open_anywhere(house: Cluster, browser: Browser) -> None:
    browser().post("/register/member/", who(BORN))
    kept = repr(ask(house, "select * from wellkept.accounts_registration"))
    assert not re.search(r"(?i)canary|quillfeather|1986-04-28", kept)


@pytest.mark.parametrize("name", ["first_name", "last_name", "member_number", "group_number"])
@pytest.mark.parametrize("value", ["", "  ", "--", "\u200b"])
def test_it_asks_again_for_what_holds_nothing(house: Cluster, browser: Browser, name: str, value: str) -> None:
    before = waiting(house)
    page = browser().post("/register/member/", who(BORN, **{name: value}))
    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert waiting(house) == before


def test_a_code_of_any_kind_that_does_not_fit_gets_the_same_answer(house: Cluster, browser: Browser) -> None:
    used, other, expired = registered(house), issued(house), issued(house, life="-1 day")
    login = issued(house).login
    tries = [
        code(used, login=login),
        code(expired, login=login),
        code(other, login=login, birth_date_year="1987"),
        code(other, login=login, code="0000-0000-0000"),
    ]
    bodies = set()
    for told in tries:
        answer = browser().post("/register/code/", told)
        text = answer.text.replace(told["code"], "CODE").replace(f'value="{told["birth_date_year"]}"', "YEAR")
        bodies.add((answer.status_code, text))
    assert len(bodies) == 1
    assert "open nothing" in bodies.pop()[1]


def test_a_code_opens_an_account_and_the_password_never_comes_back(house: Cluster, browser: Browser) -> None:
    client, card = browser(), issued(house)
    weak = client.post("/register/code/", code(card, password="password1234567"))
    assert weak.status_code == 400
    assert "guessed soon" in weak.text
    assert "password1234567" not in weak.text
    assert card.code in weak.text
    assert "You are registered" in client.post("/register/code/", code(card)).text
    sign_in(client, card.login)


@pytest.mark.parametrize("password", ["Lakes Benefit Services", "04281986 04281986", "wellkept wellkept"])
def test_it_refuses_a_password_made_of_known_words(house: Cluster, browser: Browser, password: str) -> None:
    assert "guessed soon" in browser().post("/register/code/", code(issued(house), password=password)).text


def test_it_refuses_a_password_that_is_the_sign_in_name(house: Cluster, browser: Browser) -> None:
    told = code(issued(house), login="zyxomaphleguranti", password="zyxomaphleguranti")
    assert "guessed soon" in browser().post("/register/code/", told).text


def test_a_taken_name_is_said_beside_its_field(house: Cluster, browser: Browser) -> None:
    taken, card = registered(house), issued(house)
    page = browser().post("/register/code/", code(card, login=taken.login)).text
    assert '<a href="#id_login">Somebody else signs in with that name.' in page


@pytest.mark.parametrize(("path", "limit"), [("/register/member/", ASKS.limit), ("/register/code/", CODES.limit)])
def test_too_many_tries_are_slowed_in_plain_words(
    house: Cluster, browser: Browser, path: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = ASKS if path == "/register/member/" else CODES
    monkeypatch.setattr(counted, "limit", 1)
    client, told, before = browser(), who(BORN) | code(issued(house)) | {"code": "0000-0000-0000"}, waiting(house)
    assert client.post(path, told).status_code in {200, 400}
    answer = client.post(path, told)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "Too many tries came from your network. Please wait an hour, or call us." in answer.text
    assert waiting(house) <= before + 1
    assert limit == 100


def test_somebody_signed_in_reads_that_they_are_registered(house: Cluster, browser: Browser) -> None:
    client, card, before = browser(), registered(house), waiting(house)
    sign_in(client, card.login)
    for path in ("/register/", "/register/member/", "/register/code/"):
        assert "You are registered already" in client.get(path).text
        assert "You are registered already" in client.post(path, who(BORN)).text
    assert waiting(house) == before
    assert 'href="/member/"' in client.get("/register/").text


def test_no_answer_of_the_entrance_is_kept_by_a_browser(browser: Browser) -> None:
    client: Client = browser()
    for path in ("/register/", "/register/code/", "/sign-in/", "/sign-in/cookie/"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert client.post("/register/member/", who(BORN)).headers["Cache-Control"] == "no-store"
