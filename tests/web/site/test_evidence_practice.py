"""The practice `evidence`: shown to everybody, to whoever signed in, or to auditors; nothing that is kept leaks it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import account, session
from tests.cluster import Cluster
from wellkept.policy import controls, packs
from wellkept.proof import queries
from wellkept.web.shell import serving

PLACES = ("/policy/u-27/", "/how-we-keep-it/", "/policy/u-27/broken/", "/policy/", "/")
KEEPER = controls.house()["phone-beside-mail"].sentence
ROLES = ("member", "representative", "auditor", "privacy_officer")
Ask = Callable[[str], Client]


@pytest.fixture
def ask(django: None, house: Cluster, settings: Settings, tmp_path: Path) -> Ask:
    """The browser of somebody in a role; "" is a visitor. Pages pass through every middleware there is."""
    settings.WELLKEPT_STATE, settings.STATIC_ROOT = house.state, tmp_path
    secrets = {}
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        for role in ROLES:
            secrets[role] = str(uuid4())
            who = account(connection, role=role, person=None, actor=f"{role} R.")
            session(connection, who, role=role, person=None, actor=f"{role} R.", secret=secrets[role])
        connection.commit()

    def of(role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role:
            client.cookies["umr_session"] = secrets[role]
        return client

    return of


@pytest.fixture
def practise(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the practice."""
    pack = packs.named("umr")
    queries.KEPT.clear()

    def to(value: str) -> None:
        changed = replace(pack, practices={**pack.practices, "evidence": value})
        monkeypatch.setattr(serving, "pack", lambda: changed)
        monkeypatch.setattr(serving, "original", lambda: changed, raising=False)

    return to


def shows(client: Client) -> bool:
    """Whether evidence is shown: on each page of it, in the data, and at the foot."""
    pages = [client.get(place) for place in PLACES]
    assert {page.status_code for page in pages} == {200}
    data = client.get("/how-we-keep-it/promises.json").json()["promises"]
    seen = [
        KEEPER in pages[0].text,
        '<th scope="row">' in pages[1].text,
        "How this promise is kept" in pages[2].text,
        '<p class="standing"><span class="tag' in pages[3].text,
        "Where our promises stand" in pages[4].text,
        bool(data),
    ]
    assert seen in ([True] * len(seen), [False] * len(seen))
    return seen[0]


@pytest.mark.parametrize(
    ("value", "those"),
    [
        ("public", {"", *ROLES}),
        ("members", set(ROLES)),
        ("auditors", {"auditor", "privacy_officer"}),
    ],
)
def test_it_is_shown_to_those_the_practice_names_and_to_nobody_else(
    ask: Ask, practise: Callable[[str], None], value: str, those: set[str]
) -> None:
    practise(value)
    clients = {role: ask(role) for role in ("", *ROLES)}
    assert {role for role, client in clients.items() if shows(client)} == those
    # Asked again after those who may have been: nothing that was kept for one is shown to another.
    assert {role for role, client in clients.items() if shows(client)} == those


def test_what_only_some_may_see_is_kept_nowhere(ask: Ask, practise: Callable[[str], None]) -> None:
    practise("members")
    page = ask("member").get("/how-we-keep-it/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "member R." in page.text
    assert 'action="/sign-out/"' in page.text
    assert ask("").get("/how-we-keep-it/").headers["Cache-Control"] != "no-store"


def test_a_session_that_ended_sees_what_a_visitor_sees(ask: Ask, practise: Callable[[str], None]) -> None:
    practise("members")
    client = ask("")
    client.cookies["umr_session"] = "nobody"
    assert not shows(client)
    assert "shown to those who have signed in" in client.get("/policy/u-27/").text


def test_an_auditor_s_page_says_who_may_see_it(ask: Ask, practise: Callable[[str], None]) -> None:
    practise("auditors")
    assert "shown to auditors who have signed in" in ask("member").get("/policy/u-27/").text
