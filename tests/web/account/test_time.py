"""Each page of a sign-in says when it ends, and its reader can stretch it; no page does by itself (WCAG 2.2, 2.2.1)."""

import re

import pytest
from django.test import Client

from tests.accounts.people import ask, change
from tests.cluster import Cluster
from tests.web.account.holders import Holder, member, of_role
from tests.web.entrance.conftest import browser  # noqa: F401  (a fixture)
from wellkept.web.shell.visitor import token

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("browser")]
HERE = "/account/time/"
JSON = {"accept": "application/json"}


def seen(house: Cluster, holder: Holder, minutes: int) -> None:
    change(
        house,
        "update wellkept.accounts_session set seen = now() - make_interval(mins => %s) where secret_hash = %s",
        minutes,
        holder.digest,
    )


def left(answer: str) -> tuple[int, int]:
    found = re.search(r'data-unused="(\d+)" data-whole="(\d+)" data-lead="(\d+)"', answer)
    assert found
    assert int(found[3]) >= 20
    return int(found[1]), int(found[2])


def test_a_page_says_when_the_sign_in_ends_without_a_script_too(house: Cluster) -> None:
    holder = member(house)
    page = holder.get("/member/")
    unused, whole = left(page)
    assert 3500 < unused <= 3600
    assert unused < whole <= 86400
    assert re.search(r"Your sign-in here ends at \d+:\d\d (am|pm) if you do nothing", page)


def test_looking_how_long_it_lasts_is_no_use_and_asking_to_stay_is(house: Cluster) -> None:
    holder = member(house)
    seen(house, holder, 50)
    for _ in range(3):
        told = holder.client.get(HERE, headers=JSON).json()
    assert 590 < told["unused"] <= 600
    answer = holder.client.post(HERE, {"token": token(holder.secret)}, headers=JSON)
    assert answer.json()["unused"] > 3590
    assert holder.client.get(HERE, headers=JSON).json()["unused"] > 3590


def test_nobody_else_stretches_it(house: Cluster) -> None:
    holder = member(house)
    seen(house, holder, 50)
    assert holder.client.post(HERE, {}, headers=JSON).status_code == 403
    foreign = {**JSON, "sec-fetch-site": "cross-site"}
    assert holder.client.post(HERE, {"token": token(holder.secret)}, headers=foreign).status_code == 403
    assert holder.client.get(HERE, headers=JSON).json()["unused"] <= 600


def test_one_that_has_ended_is_not_brought_back(house: Cluster) -> None:
    holder = member(house)
    seen(house, holder, 61)
    for answer in (holder.client.get(HERE, headers=JSON), holder.post(HERE)):
        assert answer.headers["Location"] == "/sign-in/"
    assert Client().get(HERE, headers=JSON).headers["Location"] == "/sign-in/"
    assert holder.client.get("/member/").status_code == 302


def test_no_stretching_goes_beyond_the_whole(house: Cluster) -> None:
    holder = member(house)
    change(
        house,
        "update wellkept.accounts_session set expires = now() + interval '4 minutes' where secret_hash = %s",
        holder.digest,
    )
    assert "in any case" in holder.get("/member/")
    holder.post(HERE)
    ((whole,),) = ask(
        house,
        "select extract(epoch from expires - now()) from wellkept.accounts_session where secret_hash = %s",
        holder.digest,
    )
    assert float(str(whole)) <= 240


def test_it_may_be_stretched_without_a_script(house: Cluster) -> None:
    holder = member(house)
    seen(house, holder, 50)
    assert holder.post(HERE).headers["Location"] == "/account/"
    assert holder.client.get(HERE, headers=JSON).json()["unused"] > 3590


def test_a_page_that_stands_open_asks_nothing_and_warns_of_nothing(house: Cluster) -> None:
    assert "lasting" not in member(house).get("/help/")


@pytest.mark.parametrize("role", ["provider", "representative"])
def test_every_audience_is_warned(house: Cluster, role: str) -> None:
    assert left(of_role(house, role).get("/account/").text)[0] > 3000
