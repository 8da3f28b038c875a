"""Adds what this process has counted to the totals: every two seconds while there is something, and when it ends.

What could not be added waits and is added once (each addition has a number). A process that is killed loses what it
counted since its last addition; its row of ``statistics_run`` stays, and so it is counted among the lost.
"""

import atexit
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final
from uuid import UUID, uuid4

import orjson
from django.db import DataError, Error, connection

from wellkept.statistics import counters
from wellkept.statistics.counters import Count, Counters

SECONDS: Final = 2
IDLE: Final = 60
"""After how many seconds without anything to add a process says that it still counts."""

_LOG: Final = logging.getLogger("wellkept.statistics")
_ADD: Final = "select wellkept.statistics_add(%s, %s, %s, %s, %s, %s)"


class Adder:
    """What adds the counts of one process, one addition after the other."""

    def __init__(self, counted: Counters) -> None:
        self.counted = counted
        self.run: UUID = uuid4()
        self.number = 0
        self.waiting: list[Count] = []
        self.said = 0.0
        self.lock = threading.Lock()
        self.stopped = threading.Event()

    def add(self, *, ended: bool = False) -> bool:
        """Add what was counted; whether the database took it. ``ended`` says that nothing more will come."""
        with self.lock:
            if not self.waiting:
                self.waiting = self.counted.take()
                self.number += 1
            if not (self.waiting or ended or time.monotonic() - self.said >= IDLE):
                return True
            try:
                self._write(self.waiting, ended=ended)
            except DataError:
                self._write_what_fits(ended=ended)
            except Error as error:
                _LOG.warning("counts wait: %s", type(error).__name__)
                return False
            finally:
                connection.close()
            self.waiting, self.said = [], time.monotonic()
            return True

    def _write(self, counts: Sequence[Count], *, ended: bool) -> None:
        rows = orjson.dumps([asdict(one) for one in counts]).decode()
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [self.run, self.number, SECONDS, ended, self.counted.zone.key, rows])

    def _write_what_fits(self, *, ended: bool) -> None:
        """Add one by one, leaving out what the database takes for no total: a count of a day long over."""
        refused = 0
        for one in self.waiting:
            try:
                self._write([one], ended=ended)
            except DataError:
                refused += 1
            self.number += 1
        _LOG.warning("%d counts were refused", refused)

    def forever(self) -> None:
        """Add again and again until stopped."""
        while not self.stopped.wait(SECONDS):
            self.add()

    def end(self) -> None:
        """Add what is left, and say that this process ended."""
        self.stopped.set()
        if not (self.add() and self.add(ended=True)):
            _LOG.warning("the last counts of this process are lost")


def begin() -> Adder | None:
    """Add from now on what this process counts; None where the pack counts nothing. Called once a process."""
    if counters.counted() == "none":
        return None
    adder = Adder(counters.ours())
    threading.Thread(target=adder.forever, name="statistics", daemon=True).start()
    atexit.register(adder.end)
    return adder
