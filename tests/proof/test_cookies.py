"""The tries against the cookie hold on a sound house, and find a second one, a lasting one, and one that was kept."""

import pytest

from tests.proof.conftest import Without, failed
from tests.proof.test_site import WRITTEN
from wellkept.proof.ground import Ground
from wellkept.proof.probes import cookies

pytestmark = pytest.mark.database
SECOND = """
from wellkept.web.entrance import arrivals
inner = arrivals.remember
def second(request, response, secret):
    inner(request, response, secret)
    response.set_cookie("seen", "1")
arrivals.remember = second
"""
LASTING = """
from wellkept.web.entrance import arrivals
from wellkept.web.shell.visitor import cookie_name
def lasting(request, response, secret):
    response.set_cookie(cookie_name(request), secret, max_age=3600, samesite="Lax")
arrivals.remember = lasting
"""


def test_the_session_cookie_is_the_only_one(ground: Ground) -> None:
    assert failed(cookies.the_session_cookie_is_the_only_one, ground) == []


def test_it_finds_a_second_cookie(without: Without) -> None:
    with without(after=SECOND) as ground:
        assert failed(cookies.the_session_cookie_is_the_only_one, ground) == ["Find a second cookie"]


def test_it_finds_a_cookie_that_lasts(without: Without) -> None:
    with without(after=LASTING) as ground:
        assert failed(cookies.the_session_cookie_is_the_only_one, ground) == ["Keep it longer than the visit"]


def test_foreign_cookies_are_never_kept(ground: Ground) -> None:
    assert failed(cookies.foreign_cookies_are_never_kept, ground) == []


def test_it_finds_a_foreign_cookie_that_was_kept(without: Without) -> None:
    with without(after=WRITTEN) as ground:
        assert failed(cookies.foreign_cookies_are_never_kept, ground) == ["Find a cookie of others"]
        (ground.state / "umr" / "visits").unlink()
