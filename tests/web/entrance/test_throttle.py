"""Tries are counted by network, for an hour, under a key that is forgotten with the count."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from wellkept.web.entrance import throttle
from wellkept.web.entrance.throttle import Throttle, caller, network_of

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(throttle, "timezone", clock)
    return clock


def of(address: str, *, claimed: str = "") -> HttpRequest:
    request = RequestFactory().get("/")
    request.META.update({"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": claimed})
    return request


def test_it_allows_so_many_an_hour_and_then_again(clock: Clock) -> None:
    counted = Throttle(limit=3)
    assert [counted.allows(of("192.0.2.1")) for _ in range(4)] == [True, True, True, False]
    clock.moment = START + timedelta(minutes=59, seconds=59)
    assert not counted.allows(of("192.0.2.1"))
    clock.moment = START + timedelta(hours=1)
    assert counted.allows(of("192.0.2.1"))


def test_another_network_is_not_slowed(clock: Clock) -> None:
    counted = Throttle(limit=1)
    assert counted.allows(of("192.0.2.1"))
    assert not counted.allows(of("192.0.2.1"))
    assert counted.allows(of("192.0.2.2"))


def test_one_house_with_many_addresses_of_version_6_is_one(clock: Clock) -> None:
    counted = Throttle(limit=1)
    assert counted.allows(of("2001:db8:1:2::1"))
    assert not counted.allows(of("2001:db8:1:2:ffff:ffff:ffff:ffff"))
    assert counted.allows(of("2001:db8:1:3::1"))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_it_names_the_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_what_a_caller_claims_is_ignored_but_from_the_proxy_we_trust(monkeypatch: pytest.MonkeyPatch) -> None:
    claimed = "203.0.113.9, 198.51.100.7"
    assert caller(of("192.0.2.1", claimed=claimed)) == "192.0.2.1"
    monkeypatch.setenv("WELLKEPT_TRUSTED_PROXY", "192.0.2.1")
    assert caller(of("192.0.2.1", claimed=claimed)) == "198.51.100.7"
    assert caller(of("192.0.2.2", claimed=claimed)) == "192.0.2.2"


def test_it_keeps_no_address_and_no_key_beyond_the_hour(clock: Clock) -> None:
    counted = Throttle(limit=9)
    counted.allows(of("192.0.2.1"))
    first, known = counted._key, set(counted._tries)
    assert "192.0.2.1" not in repr(vars(counted))
    clock.moment = START + timedelta(hours=1)
    counted.allows(of("192.0.2.1"))
    assert counted._key != first
    assert known.isdisjoint(counted._tries)
    assert len(counted._tries) == 1
