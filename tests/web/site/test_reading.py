"""Choices of reading: a closed list, one cookie that may be refused, and nothing else that could stand in it."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.conftest import OPEN, Visit
from wellkept.policy import packs
from wellkept.web.shell import preferences
from wellkept.web.shell.preferences import CONTRAST, TEXT, Choices, possible

WITH = (
    *OPEN[:2],
    "wellkept.web.shell.kept_pages.KeptPages",
    *OPEN[2:7],
    "wellkept.web.shell.preferences.Preferences",
    *OPEN[7:],
)
OWN = {"sec-fetch-site": "same-origin"}
NAME = "umr_preferences"
VERSION = packs.named("umr").versions[-1].version
FREE = (
    "", "large", "large.more", "huge.more.none", "large.more.none.x", "LARGE.more.none", " large.more.none",
    "large.more.2001-01-01", f"large.more.{packs.named('umr').versions[0].version}", "visitor-17",
    "normal.normal.none0", "large.more.none; x=1", "x" * 4000, "large.more.none\u00a0", "<script>",
)  # fmt: skip


@pytest.fixture
def client(visit: Visit, settings: Settings) -> Client:
    found = visit("umr")
    settings.MIDDLEWARE = WITH
    return found


def choose(client: Client, **chosen: str) -> int:
    return client.post("/preferences/", {"text": "normal", "contrast": "normal", **chosen}, headers=OWN).status_code


def root(page: str) -> str:
    found = re.search(r"<html [^>]*>", page)
    assert found
    return found[0]


@pytest.mark.parametrize("text", TEXT)
@pytest.mark.parametrize("contrast", CONTRAST)
def test_each_choice_is_kept_and_followed_on_every_page(client: Client, text: str, contrast: str) -> None:
    assert choose(client, text=text, contrast=contrast) == 303
    for path in ("/", "/policy/", "/no-such-page/", "/sign-in/", "/preferences/"):
        page = root(client.get(path).text)
        assert (f"text-{text}" in page) == (text != "normal")
        assert (f"contrast-{contrast}" in page) == (contrast != "normal")
    kept = client.cookies[NAME]
    assert kept.value == ("" if (text, contrast) == ("normal", "normal") else f"{text}.{contrast}.none")


def test_over_tls_the_cookie_is_bound_and_hidden_and_lasts_a_year(client: Client) -> None:
    chosen = {"text": "large", "contrast": "more"}
    answer = client.post("/preferences/", chosen, headers=OWN, secure=True)
    (cookie,) = answer.cookies.values()
    assert cookie.key == f"__Host-{NAME}"
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
    assert (cookie["domain"], cookie["max-age"]) == ("", 31_536_000)


def test_no_page_sets_it_before_somebody_chose(client: Client) -> None:
    for path in ("/", "/preferences/", "/preferences/saved/"):
        assert not client.get(path).cookies


@pytest.mark.parametrize("value", FREE, ids=range(len(FREE)))
def test_any_other_value_is_dropped(client: Client, value: str) -> None:
    client.cookies[NAME] = value
    answer = client.get("/terms/")
    assert root(answer.text) == '<html lang="en">'
    assert answer.cookies[NAME]["max-age"] == 0
    assert "ETag" not in answer.headers
    assert value == "" or value not in answer.text.partition("<main")[2] or value == "large"


@pytest.mark.parametrize("chosen", [{"text": "huge"}, {"contrast": "visitor-17"}, {"text": ""}])
def test_a_form_with_another_answer_changes_nothing(client: Client, chosen: dict[str, str]) -> None:
    assert choose(client, **chosen) == 400
    assert not client.cookies


def test_another_site_cannot_choose(client: Client) -> None:
    assert client.post("/preferences/", {"text": "large", "contrast": "more"}).status_code == 403
    assert not client.cookies


def test_the_list_is_closed_and_short() -> None:
    every = possible((VERSION,))
    assert len(every) == len(TEXT) * len(CONTRAST) * 2
    assert all(re.fullmatch(r"(normal|large|larger)\.(normal|more)\.(none|\d{4}-\d\d-\d\d)", one) for one in every)
    assert every[Choices().written] == Choices()


def test_the_announcement_can_be_put_away_for_that_version_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced = "Our privacy policy has a new version"
    assert announced in client.get("/terms/").text
    assert 'href="/preferences/#id_notice"' in client.get("/terms/").text
    assert choose(client, notice="on") == 303
    assert client.cookies[NAME].value == f"normal.normal.{VERSION}"
    assert announced not in client.get("/terms/").text
    assert announced in Client().get("/terms/").text
    monkeypatch.setattr(preferences, "announced", lambda: (VERSION, "2001-01-01"))
    client.cookies[NAME] = "normal.normal.2001-01-01"
    assert announced in client.get("/terms/").text


def test_refusing_the_cookie_costs_nothing(client: Client) -> None:
    assert choose(client, text="larger") == 303
    client.cookies.clear()
    assert "did not keep our cookie" in client.get("/preferences/saved/").text
    client.cookies[NAME] = "larger.normal.none"
    assert "Your browser keeps your choices" in client.get("/preferences/saved/").text


def test_where_the_operator_promises_no_such_cookie_there_is_none(visit: Visit, settings: Settings) -> None:
    client = visit("pwer")
    settings.MIDDLEWARE = WITH
    page = client.get("/preferences/")
    assert page.status_code == 200
    assert "<form" not in page.text
    assert "press Ctrl and +" in page.text
    assert client.post("/preferences/", {"text": "large", "contrast": "more"}, headers=OWN).status_code == 404
    client.cookies["pwer_preferences"] = "large.more.none"
    answer = client.get("/terms/")
    assert root(answer.text) == '<html lang="en">'
    assert not answer.cookies
    assert "Put this notice away" not in answer.text
    assert 'href="/preferences/"' not in answer.text


def test_it_works_signed_in_too(client: Client) -> None:
    client.cookies["umr_session"] = "x" * 43
    assert choose(client, text="large") == 303
    assert "text-large" in root(client.get("/terms/").text)
