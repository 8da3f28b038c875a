"""Two rounds of tries do not run at once: each would take the other's visits for its own."""

import threading
import time

import pytest

from tests.cluster import Cluster
from wellkept.cli import proof

pytestmark = pytest.mark.database


def test_a_round_waits_for_another(house: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    monkeypatch.setattr(time, "sleep", lambda _seconds: asked.set())
    with house.connect("umr", "proof", autocommit=True) as second:
        with house.connect("umr", "proof", autocommit=True) as first:
            proof.alone(first)
            waiting = threading.Thread(target=proof.alone, args=[second])
            waiting.start()
            assert asked.wait(10)
            assert waiting.is_alive()
        waiting.join(10)
        assert not waiting.is_alive()


def test_rounds_of_two_operators_do_not_wait_for_each_other(house: Cluster) -> None:
    with (
        house.connect("umr", "proof", autocommit=True) as one,
        house.connect("pwer", "proof", autocommit=True) as other,
    ):
        proof.alone(one)
        proof.alone(other)
