"""Closing one's own account on its page: said first, meant twice, and nothing opens afterwards."""

from datetime import timedelta

import pytest

from tests.accounts.people import change, registered, staff
from tests.cluster import Cluster
from tests.web.entrance.conftest import Browser, browser
from tests.web.entrance.forms import COOKIE, agree, sign_in
from tests.web.member.conftest import Visit, visit, world
from tests.web.member.world import World
from wellkept.accounts.actions import secret_hash
from wellkept.policy import packs
from wellkept.web.shell.visitor import token

__all__ = ["browser", "visit", "world"]
pytestmark = pytest.mark.database
HERE = "/account/close/"


def test_a_stranger_is_sent_to_sign_in(browser: Browser) -> None:
    answer = browser().get(HERE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")


def test_it_closes_when_it_is_meant_and_not_before(house: Cluster, browser: Browser) -> None:
    card, client = registered(house), browser()
    sign_in(client, card.login)
    agree(client)
    assert "It closes at once" in client.get(HERE).text
    own = token(client.cookies[COOKIE].value)
    assert client.post(HERE, {"token": own}).status_code == 400
    assert client.get("/account/").status_code == 200
    done = client.post(HERE, {"token": own, "sure": "on"})
    assert "Your account is closed" in done.text
    assert "policy-unread" not in done.text
    assert client.get("/account/").status_code == 302
    again = browser().post("/sign-in/", {"login": card.login, "password": "seven otters paint the barn"})
    assert again.status_code == 400


def test_an_old_sign_in_asks_again_first(house: Cluster, browser: Browser) -> None:
    card, client = registered(house), browser()
    sign_in(client, card.login)
    agree(client)
    late = "update wellkept.accounts_session set proved_at = now() - interval '1 hour' where secret_hash = %s"
    change(house, late, secret_hash(client.cookies[COOKIE].value))
    assert client.get(HERE).headers["Location"] == "/sign-in/again/?to=account-close"


def test_staff_are_told_who_ends_their_account(browser: Browser) -> None:
    client = browser()
    sign_in(client, staff("representative"))
    assert "access administration" in client.get(HERE).text


def test_home_says_when_coverage_ended_and_when_the_account_closes(house: Cluster, visit: Visit, world: World) -> None:
    today = packs.today(packs.named("umr"))
    maria = world.people["maria"]
    change(
        house,
        "update wellkept.benefits_coverage set ends_on = %s where person_id = %s",
        today - timedelta(days=9),
        maria,
    )
    try:
        assert "Your coverage ended on" in visit("maria").get("/member/").text
        change(
            house,
            "insert into wellkept.accounts_ending (account_id, covered_until, closes_on, told_at)"
            " select id, %s, %s, now() from wellkept.accounts_account where person_id = %s and closed_at is null",
            today, today + timedelta(days=50), maria,
        )  # fmt: skip
        assert "Your account closes on" in visit("maria").get("/member/").text
    finally:
        change(house, "update wellkept.benefits_coverage set ends_on = null where person_id = %s", maria)
        change(house, "delete from wellkept.accounts_ending")
    assert "Your coverage ended on" not in visit("maria").get("/member/").text
