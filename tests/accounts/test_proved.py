"""Showing again that it is you: within minutes of the last time, by one's own session alone (R-10)."""

import pytest

from tests.accounts.people import change, entered, registered
from tests.cluster import Cluster
from wellkept.accounts import visits
from wellkept.accounts.actions import secret_hash

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]


@pytest.mark.parametrize(("minutes", "proved"), [(14, True), (15, False), (600, False)])
def test_it_counts_for_fifteen_minutes(house: Cluster, minutes: int, *, proved: bool) -> None:
    secret = secret_hash(entered(registered(house).login))
    earlier = (
        "update wellkept.accounts_session set proved_at = now() - make_interval(mins => %s) where secret_hash = %s"
    )
    change(house, earlier, minutes, secret)
    assert visits.proved(secret, minutes=15) is proved


@pytest.mark.parametrize("late", ["seen = now() - interval '61 minutes'", "expires = now()"])
def test_a_session_that_ended_proves_nothing(house: Cluster, late: str) -> None:
    secret = secret_hash(entered(registered(house).login))
    change(house, f"update wellkept.accounts_session set {late} where secret_hash = %s", secret)
    assert not visits.proved(secret, minutes=15)


def test_nobody_has_proved_anything() -> None:
    assert not visits.proved(secret_hash("a secret nobody was given"), minutes=15)
